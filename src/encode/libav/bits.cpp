#include "encode/libav/bits.hpp"

#include <algorithm>
#include <bit>

namespace convreel::encode::libav {

unsigned BitReader::bits(int count) {
  unsigned value = 0;
  for (; count > 0; --count, ++at_) {
    const std::size_t byte = at_ / 8;
    value = value << 1 | (byte < bytes_.size() ? bytes_[byte] >> (7 - at_ % 8) & 1u : 0u);
  }
  return value;
}

unsigned BitReader::ue() {
  int zeros = 0;
  while (zeros < 31 && !overrun() && !flag()) ++zeros;
  return (1u << zeros) - 1 + bits(zeros);
}

int BitReader::se() {
  const unsigned code = ue();
  const int size = static_cast<int>((code + 1) / 2);
  return code % 2 ? size : -size;
}

void BitWriter::bits(unsigned value, int count) {
  while (count-- > 0) {
    if (aligned()) bytes_.push_back(0);
    bytes_.back() = static_cast<std::uint8_t>(bytes_.back() | (value >> count & 1u) << (7 - at_ % 8));
    ++at_;
  }
}

void BitWriter::ue(unsigned value) {
  const int width = static_cast<int>(std::bit_width(value + 1));
  bits(0, width - 1);
  bits(value + 1, width);
}

void BitWriter::se(int value) {
  ue(value > 0 ? 2 * static_cast<unsigned>(value) - 1 : 2 * static_cast<unsigned>(-value));
}

unsigned BitWriter::copy(BitReader& in, int count) {
  const unsigned value = in.bits(count);
  bits(value, count);
  return value;
}

unsigned BitWriter::copy_ue(BitReader& in) {
  const unsigned value = in.ue();
  ue(value);
  return value;
}

void BitWriter::copy_rest(BitReader& in) {
  while (in.left() > 0) copy(in, static_cast<int>(std::min<std::size_t>(in.left(), 8)));
}

Bytes BitWriter::take_unit() {
  while (!bytes_.empty() && bytes_.back() == 0) bytes_.pop_back();
  return take();
}

void replace_bits(Bytes& bytes, std::size_t place, unsigned value, int count) {
  while (count-- > 0) {
    std::uint8_t& byte = bytes.at(place / 8);
    const unsigned mask = 0x80u >> place % 8;
    byte = static_cast<std::uint8_t>(value >> count & 1u ? byte | mask : byte & ~mask);
    ++place;
  }
}

}  // namespace convreel::encode::libav
