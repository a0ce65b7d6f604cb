#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/error.hpp"
#include "base/text.hpp"
#include "job/values.hpp"

namespace convreel::job {

namespace {

constexpr auto& kPaddingNames = numerics::kPaddingRuleNames;

/// Every part as a number of at least `least`; empty when one is no number at all.
std::optional<Sizes> read_all(std::string_view name, std::string_view text, char separator, std::int64_t least) {
  constexpr std::string_view kDecimals = "0123456789";
  Sizes numbers;
  for (std::string_view part : base::split(text, separator)) {
    part = base::trim(part);
    const std::string_view digits = part.starts_with('-') ? part.substr(1) : part;
    if (digits.empty() || digits.find_first_not_of(kDecimals) != std::string_view::npos) return std::nullopt;
    numbers.push_back(read_whole(name, part, {least}));
  }
  return numbers;
}

/// "(3, 5)" and "[3, 5]", as Python writes them, without their brackets.
std::string_view unbracketed(std::string_view text) {
  const bool bracketed =
      text.size() >= 2 && ((text.front() == '(' && text.back() == ')') || (text.front() == '[' && text.back() == ']'));
  if (!bracketed) return text;
  text = base::trim(text.substr(1, text.size() - 2));
  return base::trim(text.ends_with(',') ? text.substr(0, text.size() - 1) : text);  // (3,) has one entry
}

}  // namespace

Sizes read_sizes(std::string_view name, std::string_view text, std::int64_t least) {
  const std::string_view inside = unbracketed(text);
  const auto sizes = read_all(name, inside, inside.find(',') == inside.npos ? 'x' : ',', least);
  if (!sizes || sizes->size() > numerics::kAxes) reject(name, "one number or [DEPTHx]ROWSxCOLUMNS", text);
  return *sizes;
}

std::string print_sizes(const Sizes& sizes) { return fmt::format("{}", fmt::join(sizes, "x")); }

std::span<const std::string_view> padding_names() { return kPaddingNames; }

PaddingSpec read_padding(std::string_view name, std::string_view text) {
  std::string word = base::lower(text);
  std::replace(word.begin(), word.end(), '_', '-');
  for (std::size_t i = 0; i < kPaddingNames.size(); ++i)
    if (word == kPaddingNames[i]) return {static_cast<numerics::PaddingRule>(i), {}, {}};
  const std::string_view inside = unbracketed(text);
  const bool listed = inside.find(',') != std::string_view::npos;
  const auto numbers = read_all(name, inside, listed ? ',' : 'x', 0);
  // In brackets one number an axis, as Python means it; without them, or with more numbers, the sides.
  const bool axes = !listed || inside.size() < text.size();
  if (numbers && axes && numbers->size() <= numerics::kAxes) return {{}, *numbers, {}};
  const bool sides = numbers && numbers->size() % 2 == 0 && numbers->size() <= 2 * numerics::kAxes;
  if (listed && sides) return {{}, {}, *numbers};
  const auto near = base::nearest(word, kPaddingNames);
  reject(
      name,
      "N, [DEPTHx]ROWSxCOLUMNS, TOP,BOTTOM,LEFT,RIGHT (1-D: BEFORE,AFTER; 3-D: FRONT,BACK before them), same, valid, "
      "full, same-upper, same-lower or causal",
      text, near ? fmt::format("did you mean {}?", *near) : std::string{});
}

std::string print_padding(const PaddingSpec& padding) {
  if (padding.name) return std::string(kPaddingNames[static_cast<std::size_t>(*padding.name)]);
  if (!padding.sides.empty()) return fmt::format("{}", fmt::join(padding.sides, ","));
  return print_sizes(padding.symmetric);
}

}  // namespace convreel::job
