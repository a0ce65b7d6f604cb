// What a person wrote, nothing decided. One member an option, here or in Show; fields.cpp has a row for each.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/limits.hpp"
#include "job/show.hpp"
#include "numerics/padding_rule.hpp"

namespace convreel::job {

/// Numbers an axis as written: one for every axis, or depth before rows before columns.
using Sizes = std::vector<std::int64_t>;

/// Padding as written: a name, one number an axis, or top,bottom,left,right (1-D: before,after; 3-D: front,back
/// before them).
struct PaddingSpec {
  std::optional<numerics::PaddingRule> name;
  Sizes symmetric;
  std::vector<std::int64_t> sides;
  bool operator==(const PaddingSpec&) const = default;
};

struct LayerName {
  numerics::LayerKind kind = numerics::LayerKind::conv;
  int dims = 2;
  bool operator==(const LayerName&) const = default;
};

struct JobSpec {
  std::optional<std::string> name;
  // Layer
  std::optional<LayerName> layer;
  /// Two to four layers side by side instead, each as one would write it after `convreel`: "conv2d -s 2".
  std::vector<std::string> compare;
  /// Layers one after the other instead, each as stack_layers() gives it: "Conv2d(1, 1, 3) --kernel-values sobel-x".
  std::vector<std::string> stack;
  /// A part of an ONNX model instead: the file, "NAME", "N" or "A..B", and what of it is kept.
  std::optional<std::string> model, model_part, channels, crop;
  std::optional<Sizes> input_size, kernel_size, stride, dilation, output_padding, output_size;
  std::optional<PaddingSpec> padding;
  std::optional<std::int64_t> in_channels, out_channels, groups, divisor_override;
  std::optional<numerics::Rules> rules;
  std::optional<numerics::PaddingMode> padding_mode;
  std::optional<bool> ceil_mode, count_include_pad, flip_kernel;
  // Data: SRC strings as in the command line's contract. Paths are relative to the working folder; from_toml() has
  // already put its file's folder before its own.
  std::optional<std::string> input_values, kernel_values, bias, grad_values;
  /// The values were given over a preset's or a file's size, which gives way to theirs.
  bool input_size_yields = false, kernel_size_yields = false;
  Show show;
  std::optional<double> speed;  ///< divides the times of `show`
  // Out
  std::vector<std::string> outputs;  ///< as written after -o
  std::optional<std::string> format;
  std::optional<std::int64_t> still, max_bytes;  ///< of every output that does not say its own
  std::optional<std::size_t> place;              ///< --for: a row of kPlaces
  base::Limits limits;                           ///< of the command line: no file and no preset raises one

  bool operator==(const JobSpec&) const = default;
};

/// `over`'s members where it has them, else `base`'s.
[[nodiscard]] JobSpec merge(const JobSpec& base, const JobSpec& over);

}  // namespace convreel::job
