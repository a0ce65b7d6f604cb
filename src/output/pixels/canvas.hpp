// The picture before, to find what a new one changes.
#pragma once

#include <vector>

#include "base/image.hpp"
#include "output/exporter.hpp"

namespace convreel::output {

class Canvas {
 public:
  Canvas(int width, int height) : width_(width), height_(height) {}
  /// Rectangles, few and small, that hold every pixel that differs from the picture before; the whole picture for the
  /// first. Looks only where the frame says there is damage. Throws Error{run_time} for a frame of another size.
  std::vector<base::PixelRect> changes(const Frame& frame);
  /// The one rectangle around changes(frame).
  base::PixelRect update(const Frame& frame);
  /// The picture given last.
  [[nodiscard]] base::ImageView picture() const { return last_.view(); }
  /// The next picture counts as the first.
  void restart() { empty_ = true; }

 private:
  [[nodiscard]] base::PixelRect change(const base::ImageView& image, const base::PixelRect& where);

  int width_, height_;
  base::Image last_;  ///< has its size from the first picture on
  bool empty_ = true;
};

}  // namespace convreel::output
