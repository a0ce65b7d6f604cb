// One text an axis, said once where rows and columns agree.
#pragma once

#include <fmt/format.h>

#include <string>
#include <vector>

#include "numerics/axis.hpp"
#include "words/sentences.hpp"

namespace convreel::explain {

/// `text_of(axis number)` for each axis in use: the text alone when all are the same, else "rows: ...; columns: ...".
template <class TextOf>
[[nodiscard]] std::string by_axis(const numerics::Layer& layer, TextOf text_of) {
  std::vector<std::string> texts;
  for (int a = numerics::first_axis(layer.dims); a < numerics::kAxes; ++a) texts.push_back(text_of(a));
  bool same = true;
  for (const std::string& text : texts) same = same && text == texts.front();
  if (same) return texts.front();
  std::string joined;
  for (std::size_t n = 0; n < texts.size(); ++n) {
    const int a = numerics::first_axis(layer.dims) + static_cast<int>(n);
    const std::string said = words::say(words::kAxisRemark, {{"axis", numerics::axis_name(a)}, {"remark", texts[n]}});
    joined = n == 0 ? said : words::say(words::kNextStatement, {{"before", joined}, {"next", said}});
  }
  return joined;
}

/// A whole number with a real minus sign.
[[nodiscard]] inline std::string whole(std::int64_t value) {
  return value < 0 ? fmt::format("−{}", -value) : fmt::format("{}", value);
}

}  // namespace convreel::explain
