// Many jobs from one: axes over any row of the option table, multiplied or zipped. A dimension is a list of rows, a row
// sets some options; a sweep is the product of its dimensions, the last one fastest. Knows no file names and no layer.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "job/fields.hpp"
#include "job/job_spec.hpp"

namespace convreel::job {

/// One option of one case, as text for the field's parse().
struct Assignment {
  const Field* field = nullptr;  ///< null for a parameter that only a mapping has
  std::string text;
  std::size_t layer = 0;  ///< of a stack's layer, counted from 1, behind which `option` is written; 0: of the job
  std::string option = {};
  bool operator==(const Assignment&) const = default;
};
using Row = std::vector<Assignment>;

struct Dimension {
  std::vector<Row> rows;
  bool operator==(const Dimension&) const = default;
};

/// "stride=1,2,2x1": commas part the values; inside (), [], {} or quotes they do not, and round brackets around a whole
/// value or quotes around it fall away: "padding=(0,1,0,1),same". Every value is tried. Throws Error{usage}.
[[nodiscard]] Dimension list_axis(std::string_view text, const base::Limits& limits = {});

/// "padding=0..3", "stride=1..9:2", "speed=0.5..2:0.5", "kernel_size=1x1..3x3" (both move); downwards too. The last
/// value is the end only where the step reaches it. Throws Error{usage}.
[[nodiscard]] Dimension range_axis(std::string_view text, const base::Limits& limits = {});

/// The values of an axis named elsewhere (a sweep file): "1..3" is a range, anything else a list.
[[nodiscard]] Dimension axis(std::string_view name, std::string_view values, const base::Limits& limits = {});
[[nodiscard]] Dimension axis(std::string_view name, const std::vector<std::string>& values,
                             const base::Limits& limits = {});

/// All dimensions in step: row n sets what every dimension's row n sets. Throws Error{usage} when their lengths differ.
[[nodiscard]] Dimension zipped(std::span<const Dimension> dimensions);

/// RFC 4180: a heading of option names, then a case a line; an empty cell leaves the option alone. Throws
/// Error{impossible} naming `label` and the line.
[[nodiscard]] Dimension rows_from_csv(std::string_view text, std::string_view label);

/// The number of rows of the product; 1 without dimensions. Throws Error above the limit of cases, and when two
/// dimensions set one option.
[[nodiscard]] std::int64_t case_count(std::span<const Dimension> dimensions, const base::Limits& limits = {});
/// The product's row `index`, 0 .. case_count()-1, set over `base`. A layer given as PyTorch prints it comes first, so
/// that its parameters yield to axes of their own.
[[nodiscard]] JobSpec case_at(const JobSpec& base, std::span<const Dimension> dimensions, std::int64_t index);

/// What the dimensions set, in order, each once: "stride", "2.stride" for a stack's second layer.
[[nodiscard]] std::vector<std::string> swept_names(std::span<const Dimension> dimensions);

/// What is written behind a stack's layer: the value of "2.stride"; empty for other names, and where nothing is.
[[nodiscard]] std::optional<std::string> layer_option(const JobSpec& spec, std::string_view name);

}  // namespace convreel::job
