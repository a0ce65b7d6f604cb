// Text to laid-out lines in the theme's fonts: Pango with hinting and rounded metrics off, so that widths grow in
// proportion to the size. Any script through fallback fonts; broken UTF-8 shows replacement characters.
#pragma once

#include <cstddef>
#include <string>

#include "paint/owners.hpp"
#include "scene/item.hpp"
#include "theme/theme.hpp"

namespace convreel::paint {

/// A text in one weight and size. Sizes and widths in pixels.
struct Word {
  std::string text;
  scene::Weight weight = scene::Weight::regular;
  bool heading = false;
  double font = 0;
  double limit = 0;  ///< shortened with an ellipsis at the end beyond this width; 0: never

  bool operator==(const Word&) const = default;
};

struct WordHash {
  std::size_t operator()(const Word& word) const;
};

/// Uses the calling thread's own Pango font map, so that one shaper serves several threads.
class Shaper {
 public:
  explicit Shaper(const theme::Fonts& fonts);

  /// One line, whatever the text holds.
  [[nodiscard]] Owned<PangoLayout> layout(const Word& word) const;
  [[nodiscard]] double advance(const Word& word) const;
  /// Height of a capital letter as a share of the font size.
  [[nodiscard]] double cap_height(bool heading) const;

 private:
  Owned<PangoFontDescription> sans_, heading_;
  Owned<PangoAttrList> tabular_;
  Owned<cairo_font_options_t> options_;
};

/// The layout's only line.
[[nodiscard]] PangoLayoutLine* line_of(PangoLayout* layout);

}  // namespace convreel::paint
