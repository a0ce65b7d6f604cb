// The NAL units of an H.264 stream: their bytes are escaped where they would look like the start of another one.
#pragma once

#include <span>
#include <vector>

#include "encode/libav/bits.hpp"

namespace convreel::encode::libav {

/// The NAL units of a stream with start codes, without these.
[[nodiscard]] std::vector<std::span<const std::uint8_t>> nal_units(std::span<const std::uint8_t> stream);
[[nodiscard]] Bytes unescaped(std::span<const std::uint8_t> nal);
/// Appends a start code and the unit, escaped.
void append_nal(Bytes& stream, std::span<const std::uint8_t> nal);

/// nal_unit_type.
[[nodiscard]] inline int nal_type(std::span<const std::uint8_t> nal) { return nal.empty() ? 0 : nal[0] & 31; }

}  // namespace convreel::encode::libav
