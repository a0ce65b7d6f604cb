#include "cli/terminal_line.hpp"

#include <fmt/format.h>

#include "base/text.hpp"

namespace convreel::cli {

std::size_t width(const Line& line) {
  std::size_t sum = 0;
  for (const Run& run : line) sum += base::utf8_length(run.text);
  return sum;
}

Line clipped(Line line, std::size_t columns) {
  std::size_t left = width(line);
  if (left <= columns || columns == 0) return line;
  while (left > columns - 1) {
    std::string& text = line.back().text;
    const std::size_t length = base::utf8_length(text);
    if (left - length >= columns - 1) {
      line.pop_back();
      left -= length;
      continue;
    }
    while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0) == 0x80) text.pop_back();
    if (!text.empty()) text.pop_back();
    --left;
  }
  line.push_back({"…", ""});
  return line;
}

std::string to_text(const Line& line, bool colour) {
  std::string text;
  for (const Run& run : line)
    text += colour && !run.look.empty() ? fmt::format("\x1b[{}m{}\x1b[0m", run.look, run.text) : run.text;
  if (!colour) text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

}  // namespace convreel::cli
