// Text to glyphs in the theme's fonts. All text is shaped at one reference size and scaled when drawn: hinting
// and rounded metrics are off, so nothing changes but the cost, for fontconfig searches anew for every size (2 ms
// each). Any script through fallback fonts; broken UTF-8 shows replacement characters.
#pragma once

#include "paint/owners.hpp"
#include "paint/shaped_text.hpp"
#include "paint/word.hpp"
#include "theme/theme.hpp"

namespace convreel::paint {

/// Uses the calling thread's own Pango font map, so that one shaper serves several threads.
class Shaper {
 public:
  explicit Shaper(const theme::Fonts& fonts);

  /// One line, whatever the text holds, at the reference size: to be drawn scaled by scale_of(word).
  [[nodiscard]] ShapedText shaped(const Word& word) const;
  [[nodiscard]] double advance(const Word& word) const;
  /// Height of a capital letter as a share of the font size.
  [[nodiscard]] double cap_height(bool heading) const;

 private:
  [[nodiscard]] Owned<PangoContext> context(const Word& word) const;

  Owned<PangoFontDescription> sans_, heading_;
  Owned<cairo_font_options_t> options_;
};

/// From the reference size to the word's.
[[nodiscard]] double scale_of(const Word& word);

}  // namespace convreel::paint
