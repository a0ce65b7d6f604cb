// H.264's bits: numbers of fixed and of variable length, and the bytes of a NAL unit, which are escaped where they
// would look like the start of another one.
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

/// The NAL units of a stream with start codes, without these.
[[nodiscard]] std::vector<std::span<const std::uint8_t>> nal_units(std::span<const std::uint8_t> stream);
[[nodiscard]] Bytes unescaped(std::span<const std::uint8_t> nal);
/// Appends a start code and the unit, escaped.
void append_nal(Bytes& stream, std::span<const std::uint8_t> nal);

/// nal_unit_type.
[[nodiscard]] inline int nal_type(std::span<const std::uint8_t> nal) { return nal.empty() ? 0 : nal[0] & 31; }

}  // namespace convreel::encode::libav
