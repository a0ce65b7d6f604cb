// A line of text as glyphs. Made with Pango's itemizing and shaping rather than with its layouts: a layout asks every
// font for its metrics, for which Pango matches a further font pattern and shapes sample texts, a third of a start.
#pragma once

#include <string>
#include <vector>

#include "paint/owners.hpp"

namespace convreel::paint {

/// Pango draws nothing in a font that is not open, or takes the next one, and says so to nobody who could act. Throws
/// Error{missing}.
void demand_opened(PangoFont* font);

/// Runs of one font and direction side by side, from the left; the baseline is at y = 0. All sizes in Pango's units at
/// the size of the font that it was shaped with.
class ShapedText {
 public:
  /// `text` is valid UTF-8 and holds no line break; `features` covers it in OpenType features and may be null.
  ShapedText(PangoContext* context, std::string text, PangoAttrList* features);

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] int width() const { return width_; }
  /// What is inked; empty for blanks.
  [[nodiscard]] PangoRectangle ink() const;
  /// True when no font has a glyph for one of its characters, or the font that has it cannot be opened.
  [[nodiscard]] bool lacks_glyphs() const;
  /// Adds the outlines to the current path, from (0, 0) on. Throws Error{missing} where a font cannot be opened, as
  /// show() does.
  void add_path(cairo_t* context) const;
  /// Draws it as text, which a PDF keeps as such, from (0, 0) on.
  void show(cairo_t* context) const;

 private:
  struct Run {
    Owned<PangoItem> item;
    Owned<PangoGlyphString> glyphs;
    int x = 0;
  };

  std::string text_;
  std::vector<Run> runs_;
  int width_ = 0;
};

}  // namespace convreel::paint
