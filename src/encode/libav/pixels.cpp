#include "encode/libav/pixels.hpp"

extern "C" {
#include <libavutil/pixdesc.h>
}

#include "encode/libav/words.hpp"

namespace convreel::encode::libav {

namespace {

constexpr int kExact = SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT | SWS_BITEXACT;
constexpr int kUnit = 1 << 16;  // swscale's 1.0 for contrast and saturation

Scaler make_scaler(int width, int height, AVPixelFormat from, int to_width, int to_height, AVPixelFormat to,
                   int flags) {
  Scaler scaler(sws_getContext(width, height, from, to_width, to_height, to, flags, nullptr, nullptr, nullptr));
  if (!scaler) fail(AVERROR(EINVAL), "swscale cannot convert these pixels");
  return scaler;
}

void set_ranges(SwsContext& scaler, int from_matrix, bool from_full, int to_matrix, bool to_full) {
  sws_setColorspaceDetails(&scaler, sws_getCoefficients(from_matrix), from_full, sws_getCoefficients(to_matrix),
                           to_full, 0, kUnit, kUnit);
}

std::uint32_t multiplied(std::uint32_t pixel) {
  const std::uint32_t alpha = pixel >> 24;
  if (alpha == 255) return pixel;
  const auto channel = [&](int shift) { return ((pixel >> shift & 255) * alpha + 127) / 255 << shift; };
  return alpha << 24 | channel(16) | channel(8) | channel(0);
}

/// What a frame's YUV means when it does not say: a still is JPEG's BT.601, a video of ours says it.
int matrix_of(const AVFrame& frame) { return frame.colorspace == AVCOL_SPC_BT709 ? SWS_CS_ITU709 : SWS_CS_DEFAULT; }

bool full_range(const AVFrame& frame) { return frame.color_range == AVCOL_RANGE_JPEG; }

/// Conversions among these must not take the way through YUV that setting a matrix would open.
bool is_rgb(AVPixelFormat format) {
  return av_pix_fmt_desc_get(format)->flags & (AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL);
}

}  // namespace

bool has_alpha(AVPixelFormat format) {
  const AVPixFmtDescriptor* description = av_pix_fmt_desc_get(format);
  return description && (description->flags & (AV_PIX_FMT_FLAG_ALPHA | AV_PIX_FMT_FLAG_PAL));
}

Scaler scaler_from_ours(int width, int height, AVPixelFormat to) {
  Scaler scaler = make_scaler(width, height, has_alpha(to) ? AV_PIX_FMT_RGB32 : AV_PIX_FMT_0RGB32, width, height, to,
                              SWS_BICUBIC | kExact);
  if (!is_rgb(to)) set_ranges(*scaler, SWS_CS_ITU709, true, SWS_CS_ITU709, false);
  return scaler;
}

std::uint32_t straight(std::uint32_t premultiplied) {
  const std::uint32_t alpha = premultiplied >> 24;
  if (alpha == 255) return premultiplied;
  if (alpha == 0) return 0;
  const auto channel = [&](int shift) {
    const std::uint32_t value = ((premultiplied >> shift & 255) * 255 + alpha / 2) / alpha;
    return (value > 255 ? 255 : value) << shift;
  };
  return alpha << 24 | channel(16) | channel(8) | channel(0);
}

base::Image to_image(const AVFrame& frame) {
  const auto format = static_cast<AVPixelFormat>(frame.format);
  base::Image image(frame.width, frame.height);
  const Scaler scaler = make_scaler(frame.width, frame.height, format, frame.width, frame.height, AV_PIX_FMT_RGB32,
                                    SWS_BICUBIC | kExact | SWS_FULL_CHR_H_INP);
  if (!is_rgb(format)) set_ranges(*scaler, matrix_of(frame), full_range(frame), SWS_CS_ITU709, true);
  auto* rows = reinterpret_cast<std::uint8_t*>(image.pixels.data());
  const int stride = frame.width * 4;
  checked(sws_scale(scaler.get(), frame.data, frame.linesize, 0, frame.height, &rows, &stride), "colour conversion");
  if (has_alpha(format))
    for (std::uint32_t& pixel : image.pixels) pixel = multiplied(pixel);
  else
    for (std::uint32_t& pixel : image.pixels) pixel |= 0xFF000000u;
  return image;
}

base::Image resized(const base::ImageView& image, int width, int height) {
  const bool shrinking = width < image.width || height < image.height;
  const Scaler scaler = make_scaler(image.width, image.height, AV_PIX_FMT_RGB32, width, height, AV_PIX_FMT_RGB32,
                                    (shrinking ? SWS_AREA : SWS_BILINEAR) | kExact);
  base::Image result(width, height);
  const auto* from = reinterpret_cast<const std::uint8_t*>(image.pixels);
  auto* to = reinterpret_cast<std::uint8_t*>(result.pixels.data());
  const int from_stride = static_cast<int>(image.stride) * 4, to_stride = width * 4;
  checked(sws_scale(scaler.get(), &from, &from_stride, 0, image.height, &to, &to_stride), "resizing");
  return result;
}

}  // namespace convreel::encode::libav
