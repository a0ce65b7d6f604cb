// Text and bytes into arrays: a matrix typed on the command line, .npy, .csv, .json. Every input is hostile until read:
// at most `limit` values are kept, and sizes are checked before memory is taken. NaN and infinities are allowed.
// All throw Error{impossible} naming `label`, the line or byte, and what was expected.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "data/array.hpp"

namespace convreel::data {

/// "1 2; 3 4": numbers by spaces or commas, rows by ';' or line breaks, depth slices by ';;', channels by '|', outer
/// kernels by '||'; lines without numbers are no rows. Text that begins with '[' is JSON. With two spatial axes the
/// shape is [cols], [rows, cols], [channels, rows, cols] or [outer, channels, rows, cols]; with three it has the slices
/// before the rows as soon as slices or channels are written; with one, ';' and '|' both separate channels and the rows
/// axis falls away.
[[nodiscard]] Array from_inline(std::string_view text, int dims, std::string_view label, std::int64_t limit);

/// NumPy's format, versions 1 to 3: bool, signed and unsigned integers, half, float and double, either byte order,
/// C or Fortran order (numpy.lib.format).
[[nodiscard]] Array from_npy(std::span<const std::uint8_t> bytes, std::string_view label, std::int64_t limit);

/// RFC 4180 with numbers only: shape [lines, columns]. Empty lines are skipped.
[[nodiscard]] Array from_csv(std::string_view text, std::string_view label, std::int64_t limit);

/// Nested arrays of numbers. NaN, Infinity and -Infinity are read bare, as Python writes them, or as strings.
[[nodiscard]] Array from_json(std::string_view text, std::string_view label, std::int64_t limit);

}  // namespace convreel::data
