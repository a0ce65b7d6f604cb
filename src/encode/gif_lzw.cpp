#include "encode/gif_lzw.hpp"

#include <algorithm>
#include <array>
#include <memory>

#include "encode/run_trie.hpp"

namespace convreel::encode {

namespace {

constexpr int kWidest = 12;  // bits a code
/// Codes of a dictionary from which on a new one is tried beside it; all four found by trying on animations of ours.
constexpr int kTryFrom = 2700;
constexpr std::int64_t kGiveUp = 1500;   // bits that the new one may fall behind before it is begun again further on
constexpr std::int64_t kTakeOver = 200;  // bits that it must be ahead
constexpr std::size_t kAtOnce = 2;       // strings followed side by side

using Place = RunTrie::Place;

/// Where in the runs a coder stands.
struct Position {
  std::size_t run = 0;
  std::uint32_t within = 0;
  std::uint64_t pixel = 0;
};

/// Codes the pixels from a fresh dictionary on, string by string.
class Coder {
 public:
  explicit Coder(const GifPixels& pixels) : pixels_(pixels) {}

  void begin(const Position& where) {
    where_ = where;
    trie_.reset(1 << pixels_.code_size);
    next_ = (1 << pixels_.code_size) + 2;
    width_ = pixels_.code_size + 1;
    before_ = {};
    bits_ = 0;
    codes_.clear();
  }

  /// The longest string that the dictionary holds.
  void code_one() {
    const bool tried = foretell();
    const Found found = longest();
    const std::uint8_t first = found.first;
    if (tried && first != first_before_) trie_.take_back();
    if (before_.row >= 0 && next_ < RunTrie::kCodes) {
      if (!trie_.knows(before_, first)) trie_.add(before_, first, next_);
      ++next_;
    }
    bits_ += width_;
    codes_.push_back(static_cast<std::uint16_t>(trie_.code(found.place)));
    if (next_ == 1 << width_ && width_ < kWidest) ++width_;
    before_ = found.place;
    first_before_ = first;
  }

  [[nodiscard]] bool done() const { return where_.run == pixels_.runs.size(); }
  [[nodiscard]] const Position& where() const { return where_; }
  [[nodiscard]] int known() const { return next_; }
  [[nodiscard]] int width() const { return width_; }
  [[nodiscard]] std::int64_t bits() const { return bits_; }
  [[nodiscard]] const std::vector<std::uint16_t>& codes() const { return codes_; }

 private:
  struct Found {
    Place place;
    std::uint8_t first = 0;
  };
  /// The strings that fit so far, all equally long.
  struct Front {
    std::array<Found, kAtOnce> found;
    std::size_t size = 0;
  };

  /// The decoder learns the string before and the first pixel of this one only now, and may already need it: where this
  /// one begins as that one did. True when the dictionary was given it beforehand.
  bool foretell() {
    const GifRun& run = pixels_.runs[where_.run];
    const bool possible = run.colour == first_before_ || (run.clear && pixels_.transparent == first_before_);
    if (before_.row < 0 || next_ >= RunTrie::kCodes || !possible || trie_.knows(before_, first_before_)) return false;
    trie_.add(before_, first_before_, next_);
    return true;
  }

  Found longest() {
    Front front{{}, 1};
    for (bool empty = true;; empty = false) {
      const GifRun& run = pixels_.runs[where_.run];
      const std::uint32_t left = run.length - where_.within;
      Front next;
      Found best = front.found[0];
      std::uint32_t most = 0;
      const auto go = [&](const Found& from, std::uint8_t colour) {
        std::uint32_t steps = 0;
        const Found one{trie_.follow(from.place, colour, left, steps), empty ? colour : from.first};
        if (steps == left && next.size < kAtOnce) next.found[next.size++] = one;
        if (steps > most) best = one, most = steps;
      };
      for (std::size_t n = 0; n < front.size && next.size < kAtOnce; ++n) {
        if (run.clear) go(front.found[n], static_cast<std::uint8_t>(pixels_.transparent));
        if (!run.clear || run.colour != pixels_.transparent) go(front.found[n], run.colour);
      }
      where_.pixel += most;
      where_.within += most;
      if (next.size == 0) return best;
      where_ = {where_.run + 1, 0, where_.pixel};
      if (done()) return next.found[0];
      front = next;
    }
  }

  const GifPixels& pixels_;
  RunTrie trie_;
  Position where_;
  int next_ = 0, width_ = 0;
  Place before_;  ///< the string coded last
  std::uint8_t first_before_ = 0;
  std::int64_t bits_ = 0;
  std::vector<std::uint16_t> codes_;
};

/// Codes with the dictionaries begun anew where that is cheaper; each part is one dictionary's codes.
class Parts {
 public:
  explicit Parts(const GifPixels& pixels)
      : held_(std::make_unique<Coder>(pixels)), fresh_(std::make_unique<Coder>(pixels)) {
    held_->begin({});
    while (!held_->done()) {
      held_->code_one();
      if (!held_->done()) compare();
    }
    parts_.push_back(held_->codes());
  }
  [[nodiscard]] const std::vector<std::vector<std::uint16_t>>& parts() const { return parts_; }

 private:
  void compare() {
    if (!trying_) {
      if (held_->known() >= kTryFrom) begin_fresh();
      return;
    }
    while (fresh_->where().pixel < held_->where().pixel) fresh_->code_one();
    const std::int64_t held = held_->bits() - bits_at_, fresh = fresh_->bits() + held_->width();
    if (fresh < held - kTakeOver) return take_over();
    if (fresh > held + kGiveUp || fresh_->known() == RunTrie::kCodes) begin_fresh();
  }

  void begin_fresh() {
    trying_ = true;
    fresh_->begin(held_->where());
    bits_at_ = held_->bits();
    codes_at_ = held_->codes().size();
  }

  void take_over() {
    parts_.emplace_back(held_->codes().begin(), held_->codes().begin() + static_cast<std::ptrdiff_t>(codes_at_));
    std::swap(held_, fresh_);
    trying_ = false;
  }

  std::unique_ptr<Coder> held_, fresh_;
  bool trying_ = false;
  std::int64_t bits_at_ = 0;  ///< of the held coder when the fresh one began
  std::size_t codes_at_ = 0;  ///< likewise
  std::vector<std::vector<std::uint16_t>> parts_;
};

/// Codes to bytes, least significant bits first, in blocks of at most 255 bytes with their length before them.
class Blocks {
 public:
  explicit Blocks(int code_size) : bytes_{static_cast<std::uint8_t>(code_size)} {}

  void put(int code, int width) {
    waiting_ |= static_cast<std::uint32_t>(code) << bits_;
    for (bits_ += width; bits_ >= 8; bits_ -= 8) put_byte();
  }
  std::vector<std::uint8_t> finish() {
    if (bits_ > 0) put_byte();
    bytes_.push_back(0);
    bytes_.shrink_to_fit();  // thousands of images wait for the file's end
    return std::move(bytes_);
  }

 private:
  void put_byte() {
    if (length_at_ == 0 || bytes_[length_at_] == 255) {
      length_at_ = bytes_.size();
      bytes_.push_back(0);
    }
    bytes_.push_back(static_cast<std::uint8_t>(waiting_));
    waiting_ >>= 8;
    ++bytes_[length_at_];
  }

  std::vector<std::uint8_t> bytes_;
  std::size_t length_at_ = 0;
  std::uint32_t waiting_ = 0;
  int bits_ = 0;
};

}  // namespace

int gif_code_size(int largest) {
  int size = 2;
  while (1 << size <= largest) ++size;
  return size;
}

std::vector<std::uint8_t> gif_image_data(const GifPixels& pixels) {
  const Parts coded(pixels);
  const int restart = 1 << pixels.code_size;
  Blocks blocks(pixels.code_size);
  int width = pixels.code_size + 1;
  for (const std::vector<std::uint16_t>& part : coded.parts()) {
    blocks.put(restart, width);
    width = pixels.code_size + 1;
    int next = restart + 2;
    bool first = true;
    for (const std::uint16_t code : part) {
      blocks.put(code, width);
      if (!first && next < RunTrie::kCodes) ++next;
      first = false;
      if (next == 1 << width && width < kWidest) ++width;
    }
  }
  blocks.put(restart + 1, width);
  return blocks.finish();
}

}  // namespace convreel::encode
