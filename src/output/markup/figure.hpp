// Scene items as SVG: one group an item, its role as a class, what the painter draws of it inside. Knows no time and no
// file.
#pragma once

#include <string>
#include <string_view>

#include "output/markup/plane.hpp"
#include "paint/item_painter.hpp"
#include "scene/scene.hpp"
#include "theme/theme.hpp"

namespace convreel::output {

/// An item drawn: what stands inside its group, with (0, 0) at `at`. Two items that look alike have equal bodies,
/// wherever they stand.
struct Figure {
  std::string classes;  ///< "input", "input veiled"
  std::string body;
  double opacity = 1;
  scene::Point at;
};

class Markup {
 public:
  /// `theme` outlives this.
  Markup(const theme::Theme& theme, MarkupText text) : plane_(theme, text), painter_(theme, snap_, plane_) {}

  [[nodiscard]] Figure figure(const scene::Item& item);
  /// What all figures so far are coloured by.
  [[nodiscard]] ClassesUsed& used() { return plane_.used(); }

 private:
  paint::Snap snap_{1, 0, 0};
  MarkupPlane plane_;
  paint::ItemPainter painter_;
};

/// The id of an item inside a document, "scope-output.0.2.1", characters that ids must not have left out.
[[nodiscard]] std::string element_id(std::string_view scope, std::string_view item_id);

}  // namespace convreel::output
