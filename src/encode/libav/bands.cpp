#include "encode/libav/bands.hpp"

extern "C" {
#include <libavutil/imgutils.h>
#include <libavutil/pixdesc.h>
}

#include <algorithm>
#include <array>

#include "encode/libav/pixels.hpp"
#include "encode/libav/words.hpp"

namespace convreel::encode::libav {

namespace {

constexpr int kRows = 64;
/// Rows above and below that chroma at half height is made of: swscale's bicubic filter reaches three and four rows
/// far.
constexpr int kMargin = 4;

Frame make_picture(int width, int height, AVPixelFormat format) {
  Frame frame = make_frame();
  frame->format = format;
  frame->width = width;
  frame->height = height;
  checked(av_frame_get_buffer(frame.get(), 0), "no memory for a frame");
  return frame;
}

using Planes = std::array<std::uint8_t*, 4>;

/// The planes from that row on.
Planes rows_from(const AVFrame& frame, int row) {
  const int halving = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(frame.format))->log2_chroma_h;
  Planes planes{};
  for (std::size_t p = 0; p < planes.size(); ++p)
    if (frame.data[p])
      planes[p] = frame.data[p] + std::ptrdiff_t{frame.linesize[p]} * (p == 1 || p == 2 ? row >> halving : row);
  return planes;
}

void copy_rows(AVFrame& to, int to_row, const AVFrame& from, int from_row, int rows) {
  Planes into = rows_from(to, to_row), out_of = rows_from(from, from_row);
  av_image_copy(into.data(), to.linesize, const_cast<const std::uint8_t**>(out_of.data()), from.linesize,
                static_cast<AVPixelFormat>(to.format), to.width, rows);
}

}  // namespace

/// A picture of an odd height is one band: windows begin at even rows, where chroma rows begin.
ToBands::ToBands(int width, int height, AVPixelFormat format)
    : width_(width),
      height_(height),
      format_(format),
      rows_(height % 2 == 0 ? std::min(kRows, height) : height),
      window_(std::min(rows_ + 2 * kMargin, height)),
      scaler_(scaler_from_ours(width, window_, format)),
      converted_(make_picture(width, window_, format)),
      bands_(static_cast<std::size_t>((height + rows_ - 1) / rows_)),
      stale_(bands_.size()) {}

const std::vector<Band>& ToBands::operator()(const base::ImageView& image,
                                             const std::vector<base::PixelRect>* changed) {
  stale_.assign(bands_.size(), !changed || !bands_.front());
  if (changed)
    for (const base::PixelRect& rect : *changed) mark(base::intersected(rect, {0, 0, width_, height_}));
  for (std::size_t n = 0; n < bands_.size(); ++n)
    if (stale_[n]) bands_[n] = convert(image, static_cast<int>(n) * rows_);
  return bands_;
}

void ToBands::mark(const base::PixelRect& rect) {
  if (rect.empty()) return;
  const int first = std::max(rect.y - kMargin, 0), last = std::min(rect.y + rect.height - 1 + kMargin, height_ - 1);
  for (int n = first / rows_; n <= last / rows_; ++n) stale_[static_cast<std::size_t>(n)] = true;
}

Band ToBands::convert(const base::ImageView& image, int top) {
  const int first = std::clamp(top - kMargin, 0, height_ - window_);
  const bool alpha = has_alpha(format_);
  const auto* rows = reinterpret_cast<const std::uint8_t*>(alpha ? straight_rows(image, first) : image.row(first));
  const int stride = static_cast<int>(alpha ? width_ : image.stride) * 4;
  checked(sws_scale(scaler_.get(), &rows, &stride, 0, window_, converted_->data, converted_->linesize),
          "colour conversion");
  Frame band = make_picture(width_, std::min(rows_, height_ - top), format_);
  copy_rows(*band, 0, *converted_, top - first, band->height);
  return {band.release(), Release{}};
}

const std::uint32_t* ToBands::straight_rows(const base::ImageView& image, int first) {
  if (straight_.pixels.empty()) straight_ = base::Image(width_, window_);
  std::uint32_t* to = straight_.pixels.data();
  for (int y = first; y < first + window_; ++y) to = std::transform(image.row(y), image.row(y) + width_, to, &straight);
  return straight_.pixels.data();
}

AVFrame& Assembled::show(const std::vector<Band>& bands) {
  if (!frame_) {
    int height = 0;
    for (const Band& band : bands) height += band->height;
    frame_ = make_picture(bands.front()->width, height, static_cast<AVPixelFormat>(bands.front()->format));
    shown_.resize(bands.size());
  }
  checked(av_frame_make_writable(frame_.get()), "no memory for a frame");
  int row = 0;
  for (std::size_t n = 0; n < bands.size(); row += bands[n++]->height)
    if (bands[n] != shown_[n]) copy_rows(*frame_, row, *bands[n], 0, bands[n]->height);
  shown_ = bands;
  return *frame_;
}

std::int64_t bytes_of_new(const std::vector<Band>& bands, const std::vector<Band>& before) {
  std::int64_t bytes = 0;
  for (std::size_t n = 0; n < bands.size(); ++n)
    if (before.empty() || bands[n] != before[n])
      bytes +=
          av_image_get_buffer_size(static_cast<AVPixelFormat>(bands[n]->format), bands[n]->width, bands[n]->height, 1);
  return bytes;
}

}  // namespace convreel::encode::libav
