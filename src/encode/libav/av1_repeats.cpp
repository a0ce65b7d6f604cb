#include "encode/libav/av1_repeats.hpp"

#include <algorithm>
#include <bit>
#include <optional>

namespace convreel::encode::libav {

namespace {

using Choice = Av1Form::Choice;

enum ObuType : unsigned { kSequenceHeader = 1, kTemporalDelimiter = 2, kFrameHeader = 3, kFrame = 6 };
enum FrameType : unsigned { kKey = 0, kIntraOnly = 2, kSwitch = 3 };

/// Of the AV1 specification's open_bitstream_unit() (5.3).
struct Obu {
  unsigned type = 0;
  std::span<const std::uint8_t> payload;
};

std::size_t leb128(BitReader& bits) {
  std::size_t value = 0;
  for (int n = 0; n < 8; ++n) {
    const bool more = bits.flag();
    value |= static_cast<std::size_t>(bits.bits(7)) << 7 * n;
    if (!more) break;
  }
  return value;
}

/// The first unit of `stream`, which then begins behind it. Nothing at its end, and where it is not well formed.
std::optional<Obu> next_obu(std::span<const std::uint8_t>& stream) {
  BitReader bits(stream);
  static_cast<void>(bits.flag());  // obu_forbidden_bit
  Obu obu{bits.bits(4), {}};
  const bool extended = bits.flag(), sized = bits.flag();
  static_cast<void>(bits.flag());  // obu_reserved_1bit
  if (extended) static_cast<void>(bits.bits(8));
  const std::size_t size = sized ? leb128(bits) : bits.left() / 8;
  if (bits.overrun() || size > bits.left() / 8) return std::nullopt;
  obu.payload = stream.subspan(bits.place() / 8, size);
  stream = stream.subspan(bits.place() / 8 + size);
  return obu;
}

/// False: with a model of the decoder's buffers, of which every frame header tells.
bool skip_times(BitReader& bits) {
  if (!bits.flag()) return true;     // timing_info_present_flag
  static_cast<void>(bits.bits(64));  // num_units_in_display_tick, time_scale
  if (bits.flag()) static_cast<void>(bits.ue());
  return !bits.flag();  // decoder_model_info_present_flag
}

void skip_operating_points(BitReader& bits) {
  const bool delays = bits.flag();  // initial_display_delay_present_flag
  const unsigned points = bits.bits(5) + 1;
  for (unsigned n = 0; n < points; ++n) {
    static_cast<void>(bits.bits(12));                            // operating_point_idc
    if (bits.bits(5) > 7) static_cast<void>(bits.flag());        // seq_level_idx, seq_tier
    if (delays && bits.flag()) static_cast<void>(bits.bits(4));  // initial_display_delay_minus_1
  }
}

void skip_size(BitReader& bits) {
  const int across = static_cast<int>(bits.bits(4)) + 1, down = static_cast<int>(bits.bits(4)) + 1;
  static_cast<void>(bits.bits(across + down));
}

Choice read_choice(BitReader& bits) {
  if (bits.flag()) return Choice::each_frame;
  return bits.flag() ? Choice::yes : Choice::no;
}

/// sequence_header_obu() (5.5.1). Nothing: of a kind whose frames tell more than we read.
std::optional<Av1Form> read_sequence(std::span<const std::uint8_t> payload) {
  BitReader bits(payload);
  Av1Form form;
  static_cast<void>(bits.bits(3));  // seq_profile
  static_cast<void>(bits.flag());   // still_picture
  if (bits.flag()) return {};       // reduced_still_picture_header
  if (!skip_times(bits)) return {};
  skip_operating_points(bits);
  skip_size(bits);
  if (bits.flag()) return {};        // frame_id_numbers_present_flag
  static_cast<void>(bits.bits(7));   // from use_128x128_superblock to enable_dual_filter
  const bool ordered = bits.flag();  // enable_order_hint
  if (ordered) static_cast<void>(bits.bits(2));
  form.screen_content = read_choice(bits);
  if (form.screen_content != Choice::no) form.whole_motion = read_choice(bits);
  if (ordered) form.order_bits = static_cast<int>(bits.bits(3)) + 1;
  return bits.overrun() ? std::nullopt : std::optional(form);
}

bool chosen(Choice choice, BitReader& bits) {
  return choice == Choice::each_frame ? bits.flag() : choice == Choice::yes;
}

/// Of uncompressed_header() (5.9.2) what stands up to refresh_frame_flags, as in VP9; 0 for a key frame too.
unsigned kept_by(BitReader& bits, const Av1Form& form) {
  if (bits.flag()) return 1u << bits.bits(3);  // show_existing_frame, frame_to_show_map_idx
  const unsigned type = bits.bits(2);          // frame_type
  if (const bool shown = bits.flag(); !shown) return 0;
  if (type == kKey) return 0;
  if (type == kSwitch) return 0xFF;
  const bool resilient = bits.flag();  // error_resilient_mode
  static_cast<void>(bits.flag());      // disable_cdf_update
  if (chosen(form.screen_content, bits) && form.whole_motion == Choice::each_frame) static_cast<void>(bits.flag());
  static_cast<void>(bits.flag());  // frame_size_override_flag
  static_cast<void>(bits.bits(form.order_bits));
  if (type != kIntraOnly && !resilient) static_cast<void>(bits.bits(3));  // primary_ref_frame
  return bits.bits(8);
}

}  // namespace

/// To the end of the group, and one more, which codes finer what the first has coded.
std::int64_t Av1Repeats::copies(std::int64_t count, std::int64_t before) const {
  const std::int64_t fill = before == 0 ? 1 + group_ : 1 + (group_ - before % group_) % group_;
  return std::min(count, count < fill + group_ ? fill : fill + group_);
}

Packet Av1Repeats::coded(Packet packet) {
  unsigned keepers = 0;
  std::span<const std::uint8_t> stream = bytes_of(*packet);
  while (const auto obu = next_obu(stream)) {
    if (obu->type == kSequenceHeader) {
      const auto form = read_sequence(obu->payload);
      if (!form) refuse_form("SVT-AV1");
      form_ = *form;
    } else if (obu->type == kFrame || obu->type == kFrameHeader) {
      BitReader bits(obu->payload);
      keepers = kept_by(bits, form_);
      if (bits.overrun()) refuse_form("SVT-AV1");
    }
  }
  slot_ = keepers == 0 ? std::nullopt : std::optional(static_cast<unsigned>(std::countr_zero(keepers)));
  return packet;
}

/// A temporal unit: its delimiter, and a frame header, each with its size. The header's payload ends with a bit 1.
Packet Av1Repeats::repeat() {
  constexpr auto header = [](unsigned type) { return static_cast<std::uint8_t>(type << 3 | 2u); };
  const std::uint8_t again[] = {header(kTemporalDelimiter), 0, header(kFrameHeader), 1,
                                static_cast<std::uint8_t>(1u << 7 | *slot_ << 4 | 1u << 3)};
  return packet_of(again);
}

}  // namespace convreel::encode::libav
