// Text and paths as LaTeX, Markdown and URLs want them.
#pragma once

#include <string>
#include <string_view>

namespace convreel::cli {

/// A path as a URL: what a URL cannot hold is escaped; nothing is left that HTML would escape.
[[nodiscard]] std::string url_of(std::string_view path);
/// Text that pdfLaTeX takes anywhere: its special characters escaped, mathematical signs as ASCII.
[[nodiscard]] std::string latex_text(std::string_view text);
/// Text between the brackets of a Markdown picture.
[[nodiscard]] std::string markdown_text(std::string_view text);

}  // namespace convreel::cli
