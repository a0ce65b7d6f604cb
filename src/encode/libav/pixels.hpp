// Our pixels (premultiplied 0xAARRGGBB) to and from libav's frames. RGB meets YUV by BT.709, limited range, said to
// swscale on both ends: it converts by BT.601 unless told.
#pragma once

#include "base/image.hpp"
#include "encode/libav/owners.hpp"

namespace convreel::encode::libav {

[[nodiscard]] bool has_alpha(AVPixelFormat format);

/// From our pixels, their alpha straight where `to` has one, at the same size.
[[nodiscard]] Scaler scaler_from_ours(int width, int height, AVPixelFormat to);

[[nodiscard]] std::uint32_t straight(std::uint32_t premultiplied);

/// Any decoded frame as an image of the same size.
[[nodiscard]] base::Image to_image(const AVFrame& frame);

[[nodiscard]] base::Image resized(const base::ImageView& image, int width, int height);

}  // namespace convreel::encode::libav
