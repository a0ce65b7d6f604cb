#include "encode/libav/h264_repeats.hpp"

#include <array>
#include <cstring>

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

Packet packet_of(const Bytes& stream) {
  Packet packet = make_packet();
  checked(av_new_packet(packet.get(), static_cast<int>(stream.size())), "no memory for a packet");
  std::memcpy(packet->data, stream.data(), stream.size());
  return packet;
}

/// Where a slice's frame_num stands, in bits.
std::size_t number_place(std::span<const std::uint8_t> slice) {
  BitReader bits(slice);
  static_cast<void>(bits.bits(8));
  for (int n = 0; n < 3; ++n) static_cast<void>(bits.ue());  // first_mb_in_slice, slice_type, pic_parameter_set_id
  return bits.place();
}

}  // namespace

H264Repeats::H264Repeats(const H264Form& form) : form_(form) {
  BitWriter bits;
  bits.bits(kReferenceSlice, 8);
  bits.ue(0);  // first_mb_in_slice
  bits.ue(kPredicted);
  bits.ue(0);  // pic_parameter_set_id
  number_at_ = bits.place();
  bits.bits(0, form.number_bits);
  bits.bits(0, 3);  // as many references as told, in their order, and the oldest makes room
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

Packet H264Repeats::renumbered(const AVPacket& packet) {
  const auto units = nal_units({packet.data, static_cast<std::size_t>(packet.size)});
  bool key = false;
  for (const auto nal : units) key = key || nal_type(nal) == kKeySlice;
  number_ = key ? 0 : number_ + 1;
  Bytes stream;
  for (const auto nal : units) {
    Bytes bytes = unescaped(nal);
    if (nal_type(nal) == kSlice) replace_bits(bytes, number_place(bytes), number_, form_.number_bits);
    append_nal(stream, bytes);
  }
  Packet result = packet_of(stream);
  checked(av_packet_copy_props(result.get(), &packet), "no memory for a packet");
  return result;
}

Packet H264Repeats::repeat() {
  replace_bits(skipped_, number_at_, ++number_, form_.number_bits);
  Bytes stream;
  append_nal(stream, skipped_);
  return packet_of(stream);
}

}  // namespace convreel::encode::libav
