#include "cli/axis_words.hpp"

#include <span>

#include "base/text.hpp"
#include "job/fields.hpp"

namespace convreel::cli {

namespace {

/// An axis and how many words it took.
struct Axis {
  std::string text;
  std::size_t words = 0;
};

Axis list_of(std::span<const std::string> rest) {
  if (rest.size() < 2) return {};
  return {rest[0] + "=" + rest[1], 2};
}

Axis range_of(std::span<const std::string> rest) {
  if (rest.size() >= 2 && rest[1].find("..") != std::string::npos) return list_of(rest);
  if (rest.size() < 3 || !base::parse_double(rest[1]) || !base::parse_double(rest[2])) return {};
  return {rest[0] + "=" + rest[1] + ".." + rest[2], 3};
}

/// "stride", and "2.stride" of a stack's second layer, whose names the sweep knows.
bool names_axis(const std::string& word) {
  const std::size_t dot = word.find('.');
  return dot == std::string::npos
             ? job::field_named(word) != nullptr
             : base::parse_int(word.substr(0, dot)).has_value() && word.find('=') == std::string::npos;
}

Axis axis_after(const std::string& flag, std::span<const std::string> rest) {
  if (rest.empty() || !names_axis(rest[0])) return {};
  if (flag == "-L" || flag == "--parameter-list") return list_of(rest);
  if (flag == "-P" || flag == "--parameter-range") return range_of(rest);
  return {};
}

}  // namespace

std::vector<std::string> joined_axes(const std::vector<std::string>& words) {
  std::vector<std::string> joined;
  for (std::size_t i = 0; i < words.size(); ++i) {
    joined.push_back(words[i]);
    const Axis axis = axis_after(words[i], std::span(words).subspan(i + 1));
    if (axis.words > 0) joined.push_back(axis.text);
    i += axis.words;
  }
  return joined;
}

}  // namespace convreel::cli
