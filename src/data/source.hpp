// Where numbers come from: a SRC as written (a matrix, a number, a generator, a named kernel, a file), opened but not
// yet fitted to a layer. Knows no layer, decodes no picture.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/limits.hpp"
#include "data/array.hpp"

namespace convreel::data {

/// What the numbers are for: kernels have names of their own that inputs do not take.
enum class Purpose { input, kernel, bias };

/// The same number everywhere.
struct Number {
  double value = 0;
};
/// ramp, ones, zeros, impulse, checker, gradient, random.
struct Generator {
  std::string name;
  std::uint64_t seed = 0;
};
/// sobel-x, gaussian, ...
struct NamedKernel {
  std::string name;
};
/// "sobel-x || sobel-y || laplacian": a name for every output channel.
struct KernelBank {
  std::vector<NamedKernel> kernels;
};
/// A picture's file, not decoded.
struct Picture {
  std::string label;
  std::vector<std::uint8_t> bytes;
};

/// Arrays bring their own shape, the others take the layer's.
using Source = std::variant<Number, Generator, NamedKernel, KernelBank, Picture, Array>;

/// How `text` is to be read. `label` begins error messages ("--input-values").
struct Request {
  Purpose purpose = Purpose::input;
  int dims = 2;
  std::string_view label;
  base::Limits limits = {};
};

/// Reads what `text` names. Throws Error{usage} for an unknown name (with a near one), Error{impossible} for a file
/// that is missing, too large or broken.
[[nodiscard]] Source open_source(std::string_view text, const Request& request);

/// An ending of a data file. What is no text is told by how it begins, too; one of them is enough.
struct FileKind {
  std::string_view ending, start;
};
[[nodiscard]] std::span<const FileKind> file_kinds();
/// True when `text` ends as a data file does.
[[nodiscard]] bool names_file(std::string_view text);

[[nodiscard]] std::span<const std::string_view> generator_names();
[[nodiscard]] std::span<const std::string_view> kernel_names();

}  // namespace convreel::data
