// Items to shapes and words on a plane: the looks of roles meet the forms of items. Knows no tensor and no frame.
#pragma once

#include <array>
#include <vector>

#include "paint/plane.hpp"
#include "paint/snap.hpp"
#include "paint/text_line.hpp"
#include "scene/item.hpp"
#include "theme/theme.hpp"

namespace convreel::paint {

class ItemPainter {
 public:
  /// `theme` and `plane` outlive the painter.
  ItemPainter(const theme::Theme& theme, Snap snap, Plane& plane) : theme_(theme), snap_(snap), plane_(plane) {}

  void paint(const scene::Item& item);

 private:
  struct Body {
    Shape shape;
    base::PixelRect box;
  };

  void draw(const scene::Item& item);
  void cell(const scene::Item& item);
  void panel(const scene::Item& item);
  void frame(const scene::Item& item);
  void veil(const scene::Item& item);
  void line(const scene::Item& item);
  void polygon(const scene::Item& item);
  void disc(const scene::Item& item);
  void bar(const scene::Item& item);

  void fill_texture_outline(const scene::Item& item, const Body& body);
  void outline(const scene::Item& item, const Body& body);
  void label(const scene::Item& item, const base::PixelRect& box, double margin);
  void cornered_label(const scene::Item& item, const base::PixelRect& slot);
  void words(const TextLine& line, TextPlace place, double middle, bool heading);

  [[nodiscard]] base::PixelRect within_gap(const scene::Item& item, const base::PixelRect& slot) const;
  [[nodiscard]] Shape path(const scene::Item& item, int stroke) const;
  [[nodiscard]] double cap_height(bool heading);

  const theme::Theme& theme_;
  Snap snap_;
  Plane& plane_;
  std::array<double, 2> cap_heights_{};  ///< sans, heading; 0: not measured yet
};

}  // namespace convreel::paint
