#include "views/parts/styled.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace convreel::views {

std::vector<Span> styled(const words::Sentence& sentence, Role plain,
                         const std::vector<std::pair<std::string_view, Span>>& blanks) {
  std::vector<Span> spans;
  std::size_t filled = 0;
  for (const words::Piece& piece : words::pieces(sentence)) {
    if (!piece.blank) {
      spans.push_back({std::string(piece.text), plain});
      continue;
    }
    const auto found = std::ranges::find(blanks, piece.text, &std::pair<std::string_view, Span>::first);
    if (found == blanks.end()) throw std::logic_error("nothing fills a blank of " + std::string(sentence.name));
    spans.push_back(found->second);
    ++filled;
  }
  if (filled < blanks.size()) throw std::logic_error("a filling without a blank in " + std::string(sentence.name));
  return spans;
}

}  // namespace convreel::views
