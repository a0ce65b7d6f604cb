// What to paste, one function a place: LaTeX, HTML, Markdown, or what to click. Every one carries the alt text.
#pragma once

#include <string>

#include "cli/place.hpp"

namespace convreel::cli {

[[nodiscard]] std::string powerpoint_snippet(const Placed&);
[[nodiscard]] std::string keynote_snippet(const Placed&);
[[nodiscard]] std::string google_slides_snippet(const Placed&);
[[nodiscard]] std::string impress_snippet(const Placed&);
[[nodiscard]] std::string beamer_snippet(const Placed&);
[[nodiscard]] std::string revealjs_snippet(const Placed&);
[[nodiscard]] std::string github_snippet(const Placed&);
[[nodiscard]] std::string blog_snippet(const Placed&);

/// A path as a URL: what a URL cannot hold is escaped.
[[nodiscard]] std::string url_of(std::string_view path);
/// Text that pdfLaTeX takes anywhere: its special characters escaped, mathematical signs as ASCII.
[[nodiscard]] std::string latex_text(std::string_view text);
/// Text between the brackets of a Markdown picture.
[[nodiscard]] std::string markdown_text(std::string_view text);

}  // namespace convreel::cli
