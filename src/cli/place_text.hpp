// Text as LaTeX and Markdown want it.
#pragma once

#include <string>
#include <string_view>

namespace convreel::cli {

/// Text that pdfLaTeX takes anywhere: its special characters escaped, mathematical signs as ASCII.
[[nodiscard]] std::string latex_text(std::string_view text);
/// Text between the brackets of a Markdown picture.
[[nodiscard]] std::string markdown_text(std::string_view text);

}  // namespace convreel::cli
