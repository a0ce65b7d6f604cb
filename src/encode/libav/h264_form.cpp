// Which streams H264Repeats can write for: reading sequence and picture parameter sets (ITU-T H.264, 7.3.2.1
// and 7.3.2.2).
#include "encode/libav/h264_repeats.hpp"
#include "encode/libav/h264_units.hpp"

namespace convreel::encode::libav {

namespace {

constexpr int kSequenceParameters = 7, kPictureParameters = 8;

/// Profiles whose parameters tell chroma and depth, of those that encoders of 8 bits use.
bool tells_chroma(unsigned profile) { return profile == 100 || profile == 110 || profile == 122 || profile == 244; }

/// False: not plain.
bool read_chroma(BitReader& bits) {
  const bool separate_planes = bits.ue() == 3 && bits.flag();
  const bool eight_bits = bits.ue() == 0 && bits.ue() == 0;
  static_cast<void>(bits.flag());  // qpprime_y_zero_transform_bypass_flag
  const bool scaling_matrix = bits.flag();
  return eight_bits && !separate_planes && !scaling_matrix;
}

/// What stands before log2_max_frame_num.
bool read_profile(BitReader& bits) {
  const unsigned profile = bits.bits(8);
  static_cast<void>(bits.bits(16));  // constraints and level
  return bits.ue() == 0 && (!tells_chroma(profile) || read_chroma(bits));
}

bool read_sequence(BitReader& bits, H264Form& form) {
  if (!read_profile(bits)) return false;
  form.number_bits = static_cast<int>(bits.ue()) + 4;
  const bool shown_as_coded = bits.ue() == 2;
  const unsigned references = bits.ue();
  static_cast<void>(bits.flag());  // gaps_in_frame_num_value_allowed_flag
  const unsigned across = bits.ue() + 1, down = bits.ue() + 1;
  form.macroblocks = across * down;
  const bool whole_frames = bits.flag();
  return shown_as_coded && references > 0 && whole_frames && form.number_bits <= 16;
}

bool read_picture(BitReader& bits, H264Form& form) {
  if (bits.ue() != 0 || bits.ue() != 0) return false;
  form.arithmetic = bits.flag();
  static_cast<void>(bits.flag());  // bottom_field_pic_order_in_frame_present_flag
  const bool one_group = bits.ue() == 0;
  static_cast<void>(bits.ue());  // num_ref_idx_l0_default_active_minus1
  static_cast<void>(bits.ue());  // of list 1
  const bool weighted = bits.flag();
  static_cast<void>(bits.bits(2));  // weighted_bipred_idc
  form.first_quantiser = 26 + bits.se();
  static_cast<void>(bits.se());  // pic_init_qs_minus26
  static_cast<void>(bits.se());  // chroma_qp_index_offset
  form.deblocking_told = bits.flag();
  static_cast<void>(bits.flag());  // constrained_intra_pred_flag
  const bool redundant = bits.flag();
  return one_group && !weighted && !redundant;
}

Bytes widened_sequence(const Bytes& unit) {
  BitReader before(unit);
  static_cast<void>(before.bits(8));
  static_cast<void>(read_profile(before));
  BitReader in(unit);
  BitWriter out;
  while (in.place() < before.place()) out.copy(in, 1);
  static_cast<void>(in.ue());
  out.ue(kNumberBits - 4);
  out.copy_rest(in);
  return out.take_unit();
}

}  // namespace

Bytes widened(std::span<const std::uint8_t> headers) {
  Bytes stream;
  for (const auto nal : nal_units(headers))
    append_nal(stream, nal_type(nal) == kSequenceParameters ? widened_sequence(unescaped(nal)) : unescaped(nal));
  return stream;
}

std::optional<H264Form> plain_form(std::span<const std::uint8_t> headers) {
  H264Form form;
  int sequences = 0, pictures = 0;
  for (const auto nal : nal_units(headers)) {
    const int type = nal_type(nal);
    if (type != kSequenceParameters && type != kPictureParameters) continue;
    const Bytes payload = unescaped(nal.subspan(1));
    BitReader bits(payload);
    const bool sequence = type == kSequenceParameters;
    ++(sequence ? sequences : pictures);
    if (!(sequence ? read_sequence(bits, form) : read_picture(bits, form)) || bits.overrun()) return std::nullopt;
  }
  return sequences == 1 && pictures == 1 ? std::optional(form) : std::nullopt;
}

}  // namespace convreel::encode::libav
