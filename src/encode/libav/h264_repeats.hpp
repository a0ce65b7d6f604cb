// Pictures of an H.264 stream that repeat the one before, written by us: every macroblock skipped. They decode to
// exactly the same picture, cost forty bytes, and the encoder need not look at them. Pictures count themselves, so that
// those of the encoder get new numbers, and as wide ones as a long stretch needs: references are found by them.
#pragma once

#include <optional>
#include <span>

#include "encode/libav/bits.hpp"
#include "encode/libav/repeats.hpp"

namespace convreel::encode::libav {

/// What a slice needs to know of a stream's sequence and picture parameters.
struct H264Form {
  int number_bits = 4;       ///< of frame_num
  unsigned macroblocks = 0;  ///< in a picture
  bool arithmetic = false;   ///< CABAC; otherwise CAVLC
  int first_quantiser = 26;  ///< which a slice's own is told against
  bool deblocking_told = false;
};

/// Nothing where the stream is not of the plain kind we can write for: whole frames in the order in which they are
/// shown, predicted from those before without weights.
[[nodiscard]] std::optional<H264Form> plain_form(std::span<const std::uint8_t> headers);

/// The parameter sets of a stream whose pictures have numbers of our width.
[[nodiscard]] Bytes widened(std::span<const std::uint8_t> headers);

inline constexpr int kNumberBits = 12;  ///< of frame_num as we write it: more pictures than between two key frames

class H264Repeats final : public Repeats {
 public:
  explicit H264Repeats(const H264Form& form);
  /// With numbers of our width.
  [[nodiscard]] Bytes headers(std::span<const std::uint8_t> headers) const override { return widened(headers); }
  /// With its number in our count.
  [[nodiscard]] Packet coded(Packet packet) override;
  [[nodiscard]] Packet repeat() override;

 private:
  [[nodiscard]] Bytes renumbered(std::span<const std::uint8_t> slice) const;

  H264Form form_;
  Bytes skipped_;              ///< a NAL unit, unescaped
  std::size_t number_at_ = 0;  ///< its frame_num
  unsigned number_ = 0;        ///< of the picture before
};

}  // namespace convreel::encode::libav
