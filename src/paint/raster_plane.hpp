// The plane of pixels: shapes and words become masks once, are kept, and are blended in flat colours.
#pragma once

#include <utility>

#include "paint/lru.hpp"
#include "paint/mask.hpp"
#include "paint/pixels.hpp"
#include "paint/plane.hpp"
#include "paint/shaper.hpp"

namespace convreel::paint {

class RasterPlane final : public Plane {
 public:
  /// `theme` outlives this.
  RasterPlane(const theme::Theme& theme, bool transparent, int levels);

  /// Where the following calls draw. Not owned.
  void draw_on(Pixels& pixels) { pixels_ = &pixels; }
  /// The pixels touched since the last call.
  [[nodiscard]] base::PixelRect take_touched() { return std::exchange(touched_, {}); }

  void clear(const base::PixelRect& box) override;
  void shape(const Shape& shape, int x, int y, const Ink& ink) override;
  void word(const Word& word, int x, int baseline, scene::Role role) override;
  [[nodiscard]] double advance(const Word& word) override;
  [[nodiscard]] double cap_height(bool heading) override { return shaper_.cap_height(heading); }
  void faded(double opacity, const std::function<void()>& draw) override;

 private:
  struct Printed {
    Mask mask;
    double advance = 0;
    std::size_t text_bytes = 0;
    [[nodiscard]] std::size_t bytes() const { return mask.bytes() + text_bytes + 200; }
  };

  [[nodiscard]] const Printed& printed(const Word& word);
  [[nodiscard]] Printed print(const Word& word) const;
  /// True when pixels are to be written; touched_ grows in any case.
  bool touch(const base::PixelRect& box);

  const theme::Theme& theme_;
  Shaper shaper_;
  Steps text_steps_, shape_steps_;
  std::uint32_t background_;
  Lru<Shape, Mask, ShapeHash> shapes_;
  Lru<Word, Printed, WordHash> words_;
  Pixels* pixels_ = nullptr;
  base::PixelRect touched_;
  bool dry_ = false;  ///< only finding out what would be touched
};

}  // namespace convreel::paint
