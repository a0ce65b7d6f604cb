// Our pixels (premultiplied 0xAARRGGBB) to and from libav's frames. RGB meets YUV by BT.709, limited range, said to
// swscale on both ends: it converts by BT.601 unless told.
#pragma once

#include "base/image.hpp"
#include "encode/libav/owners.hpp"

namespace convreel::encode::libav {

/// Fills frames of one size and format. The frames it gives are shared with the encoder, never overwritten.
class ToFrame {
 public:
  ToFrame(int width, int height, AVPixelFormat format);
  [[nodiscard]] Frame operator()(const base::ImageView& image);

 private:
  const std::uint32_t* straight(const base::ImageView& image);

  int width_, height_;
  AVPixelFormat format_;
  bool alpha_;
  Scaler scaler_;
  base::Image unmultiplied_;
};

/// Any decoded frame as an image of the same size.
[[nodiscard]] base::Image to_image(const AVFrame& frame);

[[nodiscard]] base::Image resized(const base::ImageView& image, int width, int height);

}  // namespace convreel::encode::libav
