// A cache that forgets what was asked for longest ago once its values outgrow a budget of bytes.
#pragma once

#include <cstddef>
#include <list>
#include <unordered_map>
#include <utility>

namespace convreel::paint {

/// `Value` has bytes(); `Key` has operator== and a `Hash`.
template <typename Key, typename Value, typename Hash>
class Lru {
 public:
  explicit Lru(std::size_t budget) : budget_(budget) {}

  /// The kept value, or the one that make() gives. The reference holds until the next call.
  template <typename Make>
  const Value& get(const Key& key, Make make) {
    const auto found = entries_.find(key);
    if (found == entries_.end()) return keep(key, make());
    order_.splice(order_.begin(), order_, found->second.place);
    return found->second.value;
  }

  [[nodiscard]] std::size_t bytes() const { return bytes_; }

 private:
  struct Entry {
    Value value;
    typename std::list<const Key*>::iterator place;
  };

  const Value& keep(const Key& key, Value value) {
    bytes_ += value.bytes();
    while (bytes_ > budget_ && !order_.empty()) drop_oldest();
    const auto [entry, added] = entries_.emplace(key, Entry{std::move(value), {}});
    order_.push_front(&entry->first);
    entry->second.place = order_.begin();
    return entry->second.value;
  }

  void drop_oldest() {
    const auto oldest = entries_.find(*order_.back());
    bytes_ -= oldest->second.value.bytes();
    order_.pop_back();
    entries_.erase(oldest);
  }

  std::size_t budget_, bytes_ = 0;
  std::list<const Key*> order_;  // newest first
  std::unordered_map<Key, Entry, Hash> entries_;
};

/// Folds one more value into a hash.
template <typename T>
void fold(std::size_t& hash, const T& value) {
  hash ^= std::hash<T>{}(value) + 0x9e3779b97f4a7c15ULL + (hash << 6) + (hash >> 2);
}

}  // namespace convreel::paint
