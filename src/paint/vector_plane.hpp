// The plane of a Cairo context: every call is drawn at once, as vectors.
#pragma once

#include "paint/plane.hpp"
#include "paint/shaper.hpp"

namespace convreel::paint {

class VectorPlane final : public Plane {
 public:
  /// `theme` outlives this.
  VectorPlane(const theme::Theme& theme, cairo_t* context);

  void clear(const base::PixelRect& box) override;
  void shape(const Shape& shape, int x, int y, const Ink& ink) override;
  void word(const Word& word, int x, int baseline, scene::Role role) override;
  [[nodiscard]] double advance(const Word& word) override { return shaper_.advance(word); }
  [[nodiscard]] double cap_height(bool heading) override { return shaper_.cap_height(heading); }
  void faded(double opacity, const std::function<void()>& draw) override;

 private:
  void source(theme::Colour colour);

  const theme::Theme& theme_;
  Shaper shaper_;
  cairo_t* context_;
};

}  // namespace convreel::paint
