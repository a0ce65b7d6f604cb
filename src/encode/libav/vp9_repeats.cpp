#include "encode/libav/vp9_repeats.hpp"

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

}  // namespace

Packet Vp9Repeats::coded(Packet packet) {
  BitReader bits(bytes_of(*packet));
  const unsigned keepers = kept_by(bits);
  if (keepers == 0 || bits.overrun()) refuse_form("libvpx");
  slot_ = static_cast<unsigned>(std::countr_zero(keepers));
  return packet;
}

Packet Vp9Repeats::repeat() {
  const std::uint8_t again[] = {static_cast<std::uint8_t>(kFrameMarker << 6 | 1u << 3 | slot_)};
  return packet_of(again);
}

}  // namespace convreel::encode::libav
