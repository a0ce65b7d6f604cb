#include "encode/libav/pixels.hpp"

extern "C" {
#include <libavutil/pixdesc.h>
}

#include "encode/libav/words.hpp"

namespace convreel::encode::libav {

namespace {

constexpr int kExact = SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT | SWS_BITEXACT;
constexpr int kUnit = 1 << 16;  // swscale's 1.0 for contrast and saturation

bool has_alpha(AVPixelFormat format) {
  const AVPixFmtDescriptor* description = av_pix_fmt_desc_get(format);
  return description && (description->flags & (AV_PIX_FMT_FLAG_ALPHA | AV_PIX_FMT_FLAG_PAL));
}

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

std::uint32_t divided(std::uint32_t pixel) {
  const std::uint32_t alpha = pixel >> 24;
  if (alpha == 255) return pixel;
  if (alpha == 0) return 0;
  const auto channel = [&](int shift) {
    const std::uint32_t value = ((pixel >> shift & 255) * 255 + alpha / 2) / alpha;
    return (value > 255 ? 255 : value) << shift;
  };
  return alpha << 24 | channel(16) | channel(8) | channel(0);
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

ToFrame::ToFrame(int width, int height, AVPixelFormat format)
    : width_(width),
      height_(height),
      format_(format),
      alpha_(has_alpha(format)),
      scaler_(make_scaler(width, height, alpha_ ? AV_PIX_FMT_RGB32 : AV_PIX_FMT_0RGB32, width, height, format,
                          SWS_BICUBIC | kExact)) {
  if (!is_rgb(format)) set_ranges(*scaler_, SWS_CS_ITU709, true, SWS_CS_ITU709, false);
}

const std::uint32_t* ToFrame::straight(const base::ImageView& image) {
  if (unmultiplied_.pixels.empty()) unmultiplied_ = base::Image(width_, height_);
  std::uint32_t* to = unmultiplied_.pixels.data();
  for (int y = 0; y < height_; ++y)
    for (int x = 0; x < width_; ++x) *to++ = divided(image.row(y)[x]);
  return unmultiplied_.pixels.data();
}

Frame ToFrame::operator()(const base::ImageView& image) {
  Frame frame = make_frame();
  frame->format = format_;
  frame->width = width_;
  frame->height = height_;
  checked(av_frame_get_buffer(frame.get(), 0), "no memory for a frame");
  const auto* rows = reinterpret_cast<const std::uint8_t*>(alpha_ ? straight(image) : image.pixels);
  const int stride = static_cast<int>(alpha_ ? width_ : image.stride) * 4;
  checked(sws_scale(scaler_.get(), &rows, &stride, 0, height_, frame->data, frame->linesize), "colour conversion");
  return frame;
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
