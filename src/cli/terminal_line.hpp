// A line of text with ANSI looks. Knows no picture and no terminal.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace convreel::cli {

/// A stretch of text in one look: the numbers of an ANSI "select graphic rendition" sequence, empty for none.
struct Run {
  std::string text;
  std::string_view look;
};
using Line = std::vector<Run>;

/// Code points; every sign that we draw is one column wide.
[[nodiscard]] std::size_t width(const Line& line);
/// At most `columns` wide; what is cut off shows as "…".
[[nodiscard]] Line clipped(Line line, std::size_t columns);
[[nodiscard]] std::string to_text(const Line& line, bool colour);

}  // namespace convreel::cli
