// Pictures that repeat the one before, written by us: they decode to exactly the same picture, cost a few bytes, and
// the encoder need not look at them.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "encode/libav/bits.hpp"
#include "encode/libav/owners.hpp"

namespace convreel::encode::libav {

/// Of the stream of one encoder, whose packets come in their order.
class Repeats {
 public:
  virtual ~Repeats() = default;
  /// The stream's headers, as the file is to have them.
  [[nodiscard]] virtual Bytes headers(std::span<const std::uint8_t> headers) const {
    return {headers.begin(), headers.end()};
  }
  /// How often the encoder is given a picture that stands for `count` frame times, so that the last copy is worth
  /// repeating; at most `count`. `before` is how many pictures it was given.
  [[nodiscard]] virtual std::int64_t copies([[maybe_unused]] std::int64_t count,
                                            [[maybe_unused]] std::int64_t before) const {
    return 1;
  }
  /// The encoder's next packet, as the file is to have it. Throws Error{run_time} where no repeat could follow it.
  [[nodiscard]] virtual Packet coded(Packet packet) = 0;
  /// Whether a repeat may follow the packet before.
  [[nodiscard]] virtual bool repeatable() const { return true; }
  /// The picture before once more. Without times.
  [[nodiscard]] virtual Packet repeat() = 0;
};

/// Null where the stream is not of a kind that we can write for: every frame is coded then.
[[nodiscard]] std::unique_ptr<Repeats> repeats_of(const AVCodecContext& codec);

[[nodiscard]] inline std::span<const std::uint8_t> bytes_of(const AVPacket& packet) {
  return {packet.data, static_cast<std::size_t>(packet.size)};
}
[[nodiscard]] Packet packet_of(std::span<const std::uint8_t> bytes);

/// Throws Error{run_time}: the encoder's pictures are not as the rest of the stream has it.
[[noreturn]] void refuse_form(std::string_view encoder);

}  // namespace convreel::encode::libav
