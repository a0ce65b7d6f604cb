// The plane of markup: the painter's shapes and words are printed as elements, coloured by their class. One pixel is
// one scene unit.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "job/output.hpp"
#include "output/markup/style.hpp"
#include "paint/outlines.hpp"
#include "paint/plane.hpp"
#include "scene/ruler.hpp"

namespace convreel::output {

using MarkupText = job::SvgText;

class MarkupPlane final : public paint::Plane {
 public:
  /// `theme` outlives this.
  MarkupPlane(const theme::Theme& theme, MarkupText text);

  /// What follows is printed relative to `origin`.
  void begin(scene::Point origin);
  /// The elements since begin().
  [[nodiscard]] std::string end();
  /// What all elements so far are coloured by.
  [[nodiscard]] ClassesUsed& used() { return used_; }

  void clear(const base::PixelRect&) override {}
  void shape(const paint::Shape& shape, int x, int y, const paint::Ink& ink) override;
  void text(const paint::TextLine& line, const paint::TextPlace& place) override;
  void word(const paint::Word& word, int x, int baseline, scene::Role role) override;
  [[nodiscard]] double advance(const paint::Word& word) override;
  [[nodiscard]] double cap_height(bool heading) override { return outlines_.cap_height(heading); }
  /// Groups have their own opacity.
  void faded(double, const std::function<void()>& draw) override { draw(); }

 private:
  struct Drawn {
    paint::Shape shape;
    scene::Point at;
    paint::Ink ink;
  };

  void textured(const Drawn& drawn);
  void stroked(const Drawn& drawn);
  void print_pending();
  [[nodiscard]] bool outlines_pending(const Drawn& edge) const;
  [[nodiscard]] std::string_view note(const paint::Ink& ink, Class name);
  [[nodiscard]] std::string ink_class(scene::Role role);
  [[nodiscard]] std::string shown(const paint::Word& word) const;

  const theme::Theme& theme_;
  MarkupText text_;
  std::unique_ptr<scene::Ruler> ruler_;
  paint::Outlines outlines_;
  ClassesUsed used_;
  scene::Point origin_;
  std::string body_;
  std::optional<Drawn> pending_;  ///< a fill: its outline may come next and be one element with it
};

}  // namespace convreel::output
