// The plane of a Cairo context: every call is drawn at once, as vectors.
#pragma once

#include "paint/plane.hpp"

namespace convreel::paint {

class VectorPlane final : public Plane {
 public:
  VectorPlane(const theme::Theme& theme, cairo_t* context);

  [[nodiscard]] const Shaper& shaper() const { return shaper_; }

  void clear(const base::PixelRect& box) override;
  void rect(const base::PixelRect& box, theme::Colour colour) override;
  void shape(const Shape& shape, int x, int y, theme::Colour colour) override;
  void word(const Word& word, int x, int baseline, theme::Colour colour) override;
  [[nodiscard]] double advance(const Word& word) override { return shaper_.advance(word); }
  void faded(double opacity, const std::function<void()>& draw) override;

 private:
  void source(theme::Colour colour);

  Shaper shaper_;
  theme::Colour background_;
  cairo_t* context_;
};

}  // namespace convreel::paint
