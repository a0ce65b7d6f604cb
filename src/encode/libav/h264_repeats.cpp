#include "encode/libav/h264_repeats.hpp"

#include <array>

#include "encode/libav/h264_units.hpp"
#include "encode/libav/words.hpp"

namespace convreel::encode::libav {

namespace {

constexpr int kSlice = 1, kKeySlice = 5;        // nal_unit_type
constexpr std::uint8_t kReferenceSlice = 0x41;  // nal_ref_idc 2, as x264 says it of its own
constexpr unsigned kPredicted = 5;              // slice_type: P, all of the picture's
constexpr unsigned kLastTable = 2;              // cabac_init_idc ...
constexpr int kCoarsest = 51;                   // ... and quantiser: with these "skipped" begins as likely as it can
constexpr int kFirstState = 44, kLastState = 62;

/// H.264's table 9-44 (rangeTabLPS) from state 44 on.
constexpr std::array<std::array<std::uint16_t, 4>, kLastState - kFirstState + 1> kUnlikely{{{14, 18, 21, 24},
                                                                                            {14, 17, 20, 23},
                                                                                            {13, 16, 19, 22},
                                                                                            {12, 15, 18, 21},
                                                                                            {12, 14, 17, 20},
                                                                                            {11, 14, 16, 19},
                                                                                            {11, 13, 15, 18},
                                                                                            {10, 12, 15, 17},
                                                                                            {10, 12, 14, 16},
                                                                                            {9, 11, 13, 15},
                                                                                            {9, 11, 12, 14},
                                                                                            {8, 10, 12, 14},
                                                                                            {8, 9, 11, 13},
                                                                                            {7, 9, 11, 12},
                                                                                            {7, 9, 10, 12},
                                                                                            {7, 8, 10, 11},
                                                                                            {6, 8, 9, 11},
                                                                                            {6, 7, 9, 10},
                                                                                            {6, 7, 8, 9}}};

/// H.264's arithmetic coder (9.3.4) as far as skipped macroblocks need it: the likelier of two symbols always comes, so
/// that the interval's low end stays where it is until the slice ends.
class SkipCoder {
 public:
  explicit SkipCoder(BitWriter& bits) : bits_(bits) {}

  void skipped() {
    range_ -= kUnlikely[static_cast<std::size_t>(state_ - kFirstState)][range_ >> 6 & 3];
    if (state_ < kLastState) ++state_;
    renormalise();
  }

  void slice_goes_on() {
    range_ -= 2;
    renormalise();
  }

  void slice_ends() {
    low_ = range_ - 2;
    range_ = 2;
    renormalise();
    put(low_ >> 9 & 1);
    bits_.bits((low_ >> 7 & 3) | 1, 2);  // the last bit is also the unit's stop bit
  }

 private:
  void renormalise() {
    for (; range_ < 256; range_ <<= 1, low_ <<= 1) {
      if (low_ < 256) {
        put(0);
      } else if (low_ >= 512) {
        low_ -= 512;
        put(1);
      } else {
        low_ -= 256;
        ++outstanding_;
      }
    }
  }

  void put(unsigned bit) {
    if (!first_) bits_.bits(bit, 1);
    first_ = false;
    for (; outstanding_ > 0; --outstanding_) bits_.bits(1 - bit, 1);
  }

  BitWriter& bits_;
  unsigned low_ = 0, range_ = 510;
  int state_ = kFirstState, outstanding_ = 0;
  bool first_ = true;
};

void write_arithmetic(BitWriter& bits, unsigned macroblocks) {
  while (!bits.aligned()) bits.bits(1, 1);
  SkipCoder coder(bits);
  for (unsigned n = 0; n < macroblocks; ++n) {
    if (n > 0) coder.slice_goes_on();
    coder.skipped();
  }
  coder.slice_ends();
}

/// The rest of a slice after its header: its arithmetic code begins at a byte.
void copy_data(BitReader& in, BitWriter& out, bool arithmetic) {
  if (arithmetic) {
    while (in.place() % 8 != 0) static_cast<void>(in.flag());
    while (!out.aligned()) out.bits(1, 1);
  }
  out.copy_rest(in);
}

}  // namespace

H264Repeats::H264Repeats(const H264Form& form) : form_(form) {
  BitWriter bits;
  bits.bits(kReferenceSlice, 8);
  bits.ue(0);  // first_mb_in_slice
  bits.ue(kPredicted);
  bits.ue(0);  // pic_parameter_set_id
  number_at_ = bits.place();
  bits.bits(0, kNumberBits);
  bits.bits(1, 1);  // so many references, in their order:
  bits.ue(0);       // one
  bits.bits(0, 1);
  bits.bits(1, 1);  // Who makes room is told, as memory_management_control_operation:
  bits.ue(1);       // a short-term reference,
  bits.ue(0);       // the one before, whose place the repeat takes, so that the older ones stay;
  bits.ue(0);       // no more.
  if (form.arithmetic) bits.ue(kLastTable);
  bits.se(kCoarsest - form.first_quantiser);
  if (form.deblocking_told) bits.ue(1);  // none
  if (form.arithmetic) {
    write_arithmetic(bits, form.macroblocks);
  } else {
    bits.ue(form.macroblocks);  // mb_skip_run
    bits.bits(1, 1);            // the unit's stop bit
  }
  skipped_ = bits.take();
}

Packet H264Repeats::coded(Packet packet) {
  const auto units = nal_units(bytes_of(*packet));
  bool key = false;
  for (const auto nal : units) key = key || nal_type(nal) == kKeySlice;
  number_ = key ? 0 : number_ + 1;
  Bytes stream;
  for (const auto nal : units) {
    const bool slice = nal_type(nal) == kSlice || nal_type(nal) == kKeySlice;
    append_nal(stream, slice ? renumbered(unescaped(nal)) : unescaped(nal));
  }
  Packet result = packet_of(stream);
  checked(av_packet_copy_props(result.get(), packet.get()), "no memory for a packet");
  return result;
}

/// ITU-T H.264, 7.3.3: the header once more, with a number of our width.
Bytes H264Repeats::renumbered(std::span<const std::uint8_t> slice) const {
  BitReader in(slice);
  BitWriter out;
  out.copy(in, 8);
  out.copy_ue(in);                                  // first_mb_in_slice
  const bool predicted = out.copy_ue(in) % 5 == 0;  // slice_type
  out.copy_ue(in);                                  // pic_parameter_set_id
  static_cast<void>(in.bits(form_.number_bits));
  out.bits(number_, kNumberBits);
  if (nal_type(slice) == kKeySlice) out.copy_ue(in);  // idr_pic_id
  if (predicted) {
    if (out.copy(in, 1) != 0) out.copy_ue(in);      // num_ref_idx_l0_active_minus1
    if (out.copy(in, 1) != 0) refuse_form("x264");  // ref_pic_list_modification_flag_l0
  }
  if (nal_type(slice) == kKeySlice)
    out.copy(in, 2);              // no_output_of_prior_pics_flag, long_term_reference_flag
  else if (out.copy(in, 1) != 0)  // adaptive_ref_pic_marking_mode_flag
    refuse_form("x264");
  if (form_.arithmetic && predicted) out.copy_ue(in);   // cabac_init_idc
  out.copy_ue(in);                                      // slice_qp_delta
  if (form_.deblocking_told && out.copy_ue(in) != 1) {  // disable_deblocking_filter_idc
    out.copy_ue(in);
    out.copy_ue(in);
  }
  copy_data(in, out, form_.arithmetic);
  return out.take_unit();
}

Packet H264Repeats::repeat() {
  replace_bits(skipped_, number_at_, ++number_, kNumberBits);
  Bytes stream;
  append_nal(stream, skipped_);
  return packet_of(stream);
}

}  // namespace convreel::encode::libav
