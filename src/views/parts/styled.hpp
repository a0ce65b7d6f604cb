// Sentences of the table as they are drawn: what fills a blank keeps a look of its own.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "views/words.hpp"
#include "words/words.hpp"

namespace convreel::views {

/// `plain` is the role of the words around the blanks.
[[nodiscard]] std::vector<Span> styled(const words::Sentence& sentence, Role plain,
                                       const std::vector<std::pair<std::string_view, Span>>& blanks);

}  // namespace convreel::views
