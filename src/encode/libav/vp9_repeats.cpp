#include "encode/libav/vp9_repeats.hpp"

#include <algorithm>
#include <array>
#include <bit>

namespace convreel::encode::libav {

namespace {

constexpr unsigned kFrameMarker = 2;

/// Of the VP9 bitstream specification's uncompressed_header() (6.2) what stands up to refresh_frame_flags: one bit for
/// each reference that takes the picture; 0 where the frame is not shown, or nothing keeps it.
unsigned kept_by(BitReader& bits) {
  if (bits.bits(2) != kFrameMarker) return 0;
  const bool low = bits.flag(), high = bits.flag();
  if (low && high) static_cast<void>(bits.flag());  // reserved_zero
  if (bits.flag()) return 1u << bits.bits(3);       // show_existing_frame, frame_to_show_map_idx
  const bool predicted = bits.flag();               // frame_type
  if (const bool shown = bits.flag(); !shown) return 0;
  const bool resilient = bits.flag();  // error_resilient_mode
  if (!predicted) return 0xFF;
  if (!resilient) static_cast<void>(bits.bits(2));  // reset_frame_context; intra_only is 0 in a frame that is shown
  return bits.bits(8);
}

unsigned slot_of(std::span<const std::uint8_t> frame) {
  BitReader bits(frame);
  const unsigned keepers = kept_by(bits);
  if (keepers == 0 || bits.overrun()) refuse_form("libvpx");
  return static_cast<unsigned>(std::countr_zero(keepers));
}

std::uint8_t shown_again(unsigned slot) { return static_cast<std::uint8_t>(kFrameMarker << 6 | 1u << 3 | slot); }

/// BlockAddID 1, as FFmpeg has it before the bytes of a BlockAdditional.
constexpr std::array<std::uint8_t, 8> kAlpha{0, 0, 0, 0, 0, 0, 0, 1};

std::span<const std::uint8_t> alpha_of(const AVPacket& packet) {
  std::size_t size = 0;
  const auto* bytes = av_packet_get_side_data(&packet, AV_PKT_DATA_MATROSKA_BLOCKADDITIONAL, &size);
  if (!bytes || size <= kAlpha.size() || !std::equal(kAlpha.begin(), kAlpha.end(), bytes)) return {};
  return std::span(bytes, size).subspan(kAlpha.size());
}

void set_alpha(AVPacket& packet, std::uint8_t frame) {
  auto* bytes = av_packet_new_side_data(&packet, AV_PKT_DATA_MATROSKA_BLOCKADDITIONAL, kAlpha.size() + 1);
  if (!bytes) throw std::bad_alloc();
  *std::copy(kAlpha.begin(), kAlpha.end(), bytes) = frame;
}

}  // namespace

Packet Vp9Repeats::coded(Packet packet) {
  slot_ = slot_of(bytes_of(*packet));
  const auto alpha = alpha_of(*packet);
  alpha_ = alpha.empty() ? std::nullopt : std::optional(slot_of(alpha));
  return packet;
}

Packet Vp9Repeats::repeat() {
  Packet packet = packet_of(std::array{shown_again(slot_)});
  if (alpha_) set_alpha(*packet, shown_again(*alpha_));
  return packet;
}

}  // namespace convreel::encode::libav
