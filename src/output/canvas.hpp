// The picture before, to find what a new one changes.
#pragma once

#include "base/image.hpp"
#include "output/exporter.hpp"

namespace convreel::output {

class Canvas {
 public:
  Canvas(int width, int height) : last_(width, height) {}
  /// The smallest rectangle that holds every pixel that differs from the picture before; the whole picture for the
  /// first. Looks only where the frame says there is damage. Throws Error{run_time} for a frame of another size.
  base::PixelRect update(const Frame& frame);
  /// The next picture counts as the first.
  void restart() { empty_ = true; }

 private:
  void widen(base::PixelRect& changed, const base::ImageView& image, const base::PixelRect& where);

  base::Image last_;
  bool empty_ = true;
};

}  // namespace convreel::output
