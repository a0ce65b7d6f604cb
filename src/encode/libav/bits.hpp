// The bits of coded streams, the first one of a byte its highest; and H.264's numbers of variable length.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace convreel::encode::libav {

using Bytes = std::vector<std::uint8_t>;

/// Past the end it reads zeros, and overrun() says so.
class BitReader {
 public:
  explicit BitReader(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}
  [[nodiscard]] unsigned bits(int count);
  [[nodiscard]] bool flag() { return bits(1) != 0; }
  [[nodiscard]] unsigned ue();  ///< Exp-Golomb
  [[nodiscard]] int se();       ///< the same with a sign
  [[nodiscard]] std::size_t place() const { return at_; }
  [[nodiscard]] std::size_t left() const { return overrun() ? 0 : bytes_.size() * 8 - at_; }
  [[nodiscard]] bool overrun() const { return at_ > bytes_.size() * 8; }

 private:
  std::span<const std::uint8_t> bytes_;
  std::size_t at_ = 0;
};

class BitWriter {
 public:
  void bits(unsigned value, int count);
  void ue(unsigned value);
  void se(int value);
  /// From where `in` stands, and what was copied.
  unsigned copy(BitReader& in, int count);
  unsigned copy_ue(BitReader& in);
  void copy_rest(BitReader& in);
  [[nodiscard]] std::size_t place() const { return at_; }
  [[nodiscard]] bool aligned() const { return at_ % 8 == 0; }
  /// The last byte's missing bits are 0.
  [[nodiscard]] Bytes take() { return std::move(bytes_); }
  /// As a NAL unit's: it ends with the byte that has its stop bit.
  [[nodiscard]] Bytes take_unit();

 private:
  Bytes bytes_;
  std::size_t at_ = 0;
};

/// Puts `count` bits in the place of those at bit `place`.
void replace_bits(Bytes& bytes, std::size_t place, unsigned value, int count);

}  // namespace convreel::encode::libav
