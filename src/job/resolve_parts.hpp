// The parts of resolve(), each in a file of its own: numbers are opened, the layer is decided, the numbers are fitted
// to it. Private to this room.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "data/source.hpp"
#include "job/job_spec.hpp"
#include "job/resolve.hpp"
#include "numerics/trace.hpp"

namespace convreel::job {

using Problems = std::vector<base::Problem>;

/// The numbers a person gave. Those that bring a shape have the layer's axes by now.
struct Numbers {
  std::optional<data::Source> input, kernel, bias;
  std::optional<numerics::Map> input_map;      ///< from an array or a picture
  std::optional<numerics::Kernel> kernel_map;  ///< from an array
};

/// Options that this kind of layer does not have, Error{usage} when there are some.
void refuse_foreign_options(const JobSpec& spec, const LayerName& layer);
/// The same where every layer says its own: kStackOptions for "a stack", kModelOptions for "a model".
void refuse_layer_options(const JobSpec& spec, std::string_view what, std::span<const std::string_view> taken);

/// One number an axis; the axes that `dims` leaves out get `unused`. Throws Error{usage} for a wrong count.
[[nodiscard]] numerics::Cell expand(std::string_view name, const Sizes& sizes, const LayerName& layer,
                                    std::int64_t unused);

[[nodiscard]] Numbers open_numbers(const JobSpec& spec, const LayerName& layer, const Tools& tools);

/// All that is no size, no channel and no padding, and what the rules mean where nothing is said.
void decide_settings(const JobSpec& spec, numerics::Layer& layer);
/// Throws Error{impossible} with every contradiction, limit and broken rule.
[[nodiscard]] numerics::Layer decide_layer(const JobSpec& spec, const LayerName& name, const Numbers& numbers);
/// Padding that was given by numbers. Throws Error{usage} for a wrong count.
[[nodiscard]] numerics::Padding padding_sides(const PaddingSpec& padding, const LayerName& layer);
/// Sets padding, and output padding where a rule or a wanted output size asks for it.
void decide_padding(const JobSpec& spec, const LayerName& name, numerics::Layer& layer, Problems& problems);

/// The input of a layer of that kind and number of axes when nothing else is known of it. Throws Error{impossible} for
/// contradictions and limits.
[[nodiscard]] numerics::Map read_input(const JobSpec& spec, numerics::Layer layer, Numbers& numbers);
[[nodiscard]] numerics::Map fitted_input(const numerics::Layer& layer, Numbers& numbers);
[[nodiscard]] numerics::Kernel fitted_kernel(const numerics::Layer& layer, Numbers& numbers);
/// The gradient at the output, of the output's shape; nothing when nobody gave one.
[[nodiscard]] std::optional<numerics::Map> fitted_gradient(const JobSpec& spec, const LayerName& name,
                                                           const numerics::Map& output);
/// Empty, or one number an output channel. Throws Error{impossible} for another count.
[[nodiscard]] std::vector<double> fitted_bias(const numerics::Layer& layer, const Numbers& numbers);

/// The chain of spec.stack. Throws Error{impossible} that names the layers.
[[nodiscard]] Chain resolve_stack(const JobSpec& spec, const Tools& tools);
/// What its layers make of spec's input size, and no value. Throws as resolve_stack() does.
[[nodiscard]] numerics::Shape stack_shape(const JobSpec& spec, const Tools& tools);

[[nodiscard]] Show decide_show(const JobSpec& spec);

/// "2x5x7", "5x7", "5": the axes in use.
[[nodiscard]] std::string size_text(const numerics::Cell& size, int dims);
/// Adds a problem when a map of `planes` times `size` is over the limits, with the memory it would take.
void check_extent(const base::Limits& limits, std::string_view what, std::int64_t planes, const numerics::Cell& size,
                  int dims, Problems& problems);
/// Adds a problem when `number` is over the limit; `subject` says what has that number.
void check_limit(const base::Limits& limits, base::Limit limit, std::int64_t number, const std::string& subject,
                 Problems& problems);
void throw_if_any(base::ErrorKind kind, Problems problems);

}  // namespace convreel::job
