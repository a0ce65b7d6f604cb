// Pictures in an encoder's pixels, in bands of rows: the next picture shares the bands in which nothing changes, so
// that it is converted, kept and handed on for the others only.
#pragma once

#include <memory>
#include <vector>

#include "base/image.hpp"
#include "encode/libav/owners.hpp"

namespace convreel::encode::libav {

/// Never changed once made.
using Band = std::shared_ptr<const AVFrame>;

class ToBands {
 public:
  ToBands(int width, int height, AVPixelFormat format);
  /// All bands of `image`, from the top. Outside of `changed` (null: nowhere) it is the image of the call before.
  [[nodiscard]] const std::vector<Band>& operator()(const base::ImageView& image,
                                                    const std::vector<base::PixelRect>* changed);

 private:
  void mark(const base::PixelRect& rect);
  [[nodiscard]] Band convert(const base::ImageView& image, int top);
  const std::uint32_t* straight_rows(const base::ImageView& image, int first);

  int width_, height_;
  AVPixelFormat format_;
  int rows_;    ///< of a band; the last one may have fewer
  int window_;  ///< rows that are converted for a band
  Scaler scaler_;
  Frame converted_;  ///< the window
  base::Image straight_;
  std::vector<Band> bands_;
  std::vector<bool> stale_;
};

/// Bands put together to a frame for an encoder.
class Assembled {
 public:
  /// Copies what differs from the frame before. The encoder may keep a reference to the frame.
  [[nodiscard]] AVFrame& show(const std::vector<Band>& bands);

 private:
  Frame frame_;
  std::vector<Band> shown_;
};

/// Of the bands that `before` does not share.
[[nodiscard]] std::int64_t bytes_of_new(const std::vector<Band>& bands, const std::vector<Band>& before);

}  // namespace convreel::encode::libav
