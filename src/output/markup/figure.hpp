// Scene items as SVG: one group an item, its role as a class, the same geometry as the painter's at one pixel a scene
// unit. Colours stand in the style sheet only. Knows no time and no file.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "output/markup/shapes.hpp"
#include "output/markup/style.hpp"
#include "paint/outlines.hpp"
#include "paint/painter.hpp"
#include "paint/snap.hpp"
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

enum class MarkupText {
  words,    ///< <text>: can be selected, searched and read out
  outlines  ///< paths: the same everywhere, whatever fonts are there
};

class Markup {
 public:
  /// `theme` outlives this.
  Markup(const theme::Theme& theme, MarkupText text);

  /// Notes the parts it uses.
  [[nodiscard]] Figure figure(const scene::Item& item);
  /// The parts that all figures so far use.
  [[nodiscard]] const PartsUsed& used() const { return used_; }
  [[nodiscard]] PartsUsed& used() { return used_; }

 private:
  /// A figure under work; `width` and `height` are the item's box on whole units, which begins at the figure's place.
  struct Pen {
    Figure figure;
    double width = 0, height = 0;
    bool veiled = false;

    void add(std::string_view element) { figure.body += element; }
  };

  void draw(const scene::Item& item, Pen& pen);
  void cell(const scene::Item& item, Pen& pen);
  void panel(const scene::Item& item, Pen& pen);
  void frame(const scene::Item& item, Pen& pen);
  void veil(const scene::Item& item, Pen& pen);
  void line(const scene::Item& item, Pen& pen);
  void polygon(const scene::Item& item, Pen& pen);
  void disc(const scene::Item& item, Pen& pen);
  void bar(const scene::Item& item, Pen& pen);

  void fill_texture_outline(const scene::Item& item, const Box& box, Pen& pen);
  void texture(const scene::Item& item, const Box& box, Pen& pen);
  void mark(const scene::Item& item, const Box& box, bool path, Pen& pen);
  /// What the points span, relative to `origin`.
  [[nodiscard]] Box around(const scene::Item& item, scene::Point origin) const;
  void outline(const scene::Item& item, const Box& box, bool filled, double width, Pen& pen);
  [[nodiscard]] std::string points(const scene::Item& item, int stroke) const;

  void label(const scene::Item& item, double margin, Pen& pen);
  void cornered_label(const scene::Item& item, Pen& pen);
  struct Place {
    scene::Align align = scene::Align::centre;
    double x = 0, middle = 0;  ///< the line's left, centre or right; its capitals' middle
  };
  void words(const scene::Item& item, const std::vector<scene::Span>& spans, double font, double widest,
             const Place& place, Pen& pen);
  [[nodiscard]] std::string real_text(const scene::Item& item, const struct FittedLine& line, const Place& place,
                                      double baseline);
  [[nodiscard]] std::string outlined_text(const scene::Item& item, const struct FittedLine& line, const Place& place,
                                          double baseline);
  [[nodiscard]] double edge_width(const scene::Item& item, const Box& box) const;

  const theme::Theme& theme_;
  MarkupText text_;
  std::unique_ptr<scene::Ruler> ruler_;
  paint::Outlines outlines_;
  paint::Snap snap_{1, 0, 0};
  PartsUsed used_;
};

/// ` transform="translate(3 4)"`, nothing at the origin; ` opacity="0.5"`, nothing for 1.
[[nodiscard]] std::string translation(scene::Point at);
[[nodiscard]] std::string opacity_attribute(double opacity);

/// The id of an item inside a document, "scope-output.0.2.1", characters that ids must not have left out.
[[nodiscard]] std::string element_id(std::string_view scope, std::string_view item_id);

}  // namespace convreel::output
