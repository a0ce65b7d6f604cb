// What a person may choose or leave to a default, and whether it was chosen.
#pragma once

#include <optional>
#include <utility>
#include <vector>

namespace convreel::job {

/// A value that stands until somebody chooses another.
template <class Value>
class Choice {
 public:
  constexpr Choice(Value usual) : value_(std::move(usual)) {}  // NOLINT: written as `Choice<int> loop = 0`
  Choice& operator=(Value value) {
    value_ = std::move(value);
    chosen_ = true;
    return *this;
  }
  [[nodiscard]] bool chosen() const { return chosen_; }
  const Value& operator*() const { return value_; }
  const Value* operator->() const { return &value_; }
  operator const Value&() const { return value_; }  // NOLINT: read as the value that it is
  friend bool operator==(const Choice& a, const Choice& b) = default;
  friend bool operator==(const Choice& a, const Value& b) { return a.value_ == b; }

 private:
  Value value_;
  bool chosen_ = false;
};

template <class Value>
bool written(const Choice<Value>& member) {
  return member.chosen();
}
template <class Value>
bool written(const std::optional<Value>& member) {
  return member.has_value();
}
template <class Value>
bool written(const std::vector<Value>& member) {
  return !member.empty();
}

}  // namespace convreel::job
