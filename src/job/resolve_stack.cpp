// A stack decided: every layer is given the map that the layer before it made.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "data/fill.hpp"
#include "job/fields.hpp"
#include "job/layer_name.hpp"
#include "job/resolve_parts.hpp"
#include "job/stack.hpp"
#include "numerics/arithmetic.hpp"

namespace convreel::job {

namespace {

using base::Error;
using base::ErrorKind;
using numerics::Mapping;
using numerics::MappingKind;
using numerics::Shape;
using numerics::Stage;

const JobSpec* window_of(const StackLayer& layer) { return std::get_if<JobSpec>(&layer.layer); }
const Mapping* mapping_of(const StackLayer& layer) { return std::get_if<Mapping>(&layer.layer); }

/// "layer 2 (Conv2d)"; counted from 1.
std::string layer_words(std::size_t n, const StackLayer& layer) {
  return fmt::format("layer {} ({})", n + 1, layer.name);
}

std::string giver(std::size_t n) { return n == 0 ? "the input gives" : fmt::format("layer {} gives", n); }

std::string shape_words(const Shape& shape, int dims) {
  if (shape.flat) return fmt::format("{} values in a row", shape.values());
  return fmt::format("{} channel{} of {}", shape.channels, shape.channels == 1 ? "" : "s", size_text(shape.size, dims));
}

/// What went wrong in a layer, with its number, its name and what it was given.
[[noreturn]] void rethrow_of_layer(const Error& error, std::size_t n, const StackLayer& layer, const Shape& given,
                                   int dims) {
  Problems problems = error.problems();
  for (base::Problem& problem : problems) {
    const bool expects = problem.message.starts_with("expects") || problem.message.starts_with("would");
    std::string message = problem.message;
    if (message.starts_with(layer.name + ": ")) message = message.substr(layer.name.size() + 2);
    problem.message = fmt::format("{}{} {}; {} {}", layer_words(n, layer), expects ? "" : ":", message, giver(n),
                                  shape_words(given, dims));
  }
  throw Error(error.kind(), std::move(problems));
}

/// All layers' number of axes, 2 when none has one.
int dims_of(const std::vector<StackLayer>& layers) {
  const StackLayer* first = nullptr;
  for (std::size_t n = 0; n < layers.size(); ++n) {
    if (layers[n].dims == 0) continue;
    if (!first) first = &layers[n];
    if (layers[n].dims != first->dims)
      throw Error(ErrorKind::impossible,
                  fmt::format("{} has {} axes, but {} has {}", layer_words(n, layers[n]), layers[n].dims, first->name,
                              first->dims),
                  "layers of a stack have the same number of axes");
  }
  return first ? first->dims : 2;
}

/// Channels of an input that suit the first layer that expects a number of them.
std::int64_t wanted_channels(const std::vector<StackLayer>& layers, const base::Limits& limits) {
  using numerics::saturating_product;
  std::int64_t per_input = 1, inputs = 1;  // channels there for every `inputs` channels of the input
  for (const StackLayer& layer : layers) {
    const JobSpec* spec = window_of(layer);
    if (layer.channels > 0 || (spec && numerics::row_of(spec->layer->kind).mixes_channels)) {
      const std::int64_t wanted = layer.channels > 0 ? layer.channels : spec->groups.value_or(1);
      return std::max<std::int64_t>(1, saturating_product({wanted, inputs}) / per_input);
    }
    const Mapping* mapping = mapping_of(layer);
    if (!mapping || mapping->kind == MappingKind::flatten) continue;
    if (mapping->factor > limits[base::Limit::axis]) break;
    std::int64_t* scaled = mapping->kind == MappingKind::pixel_shuffle     ? &inputs
                           : mapping->kind == MappingKind::pixel_unshuffle ? &per_input
                                                                           : nullptr;
    if (scaled) *scaled = saturating_product({*scaled, mapping->factor, mapping->factor});
    if (std::max(inputs, per_input) > limits[base::Limit::values]) break;
  }
  return inputs;
}

/// The window layer whose default input a stack has.
LayerName teacher(const std::vector<StackLayer>& layers, int dims) {
  for (const StackLayer& layer : layers)
    if (const JobSpec* spec = window_of(layer)) return *spec->layer;
  return {numerics::LayerKind::conv, dims};
}

numerics::Map stack_input(const JobSpec& spec, const std::vector<StackLayer>& layers, int dims, const Tools& tools) {
  numerics::Map map = chain_input(spec, teacher(layers, dims), wanted_channels(layers, spec.limits), tools);
  // Functions of one value by themselves: numbers on both sides of where they bend.
  const bool functions = std::ranges::all_of(
      layers, [](const StackLayer& layer) { return mapping_of(layer) && numerics::elementwise(*mapping_of(layer)); });
  if (functions && !spec.input_values) data::fill(map, numerics::Sample::signed_numbers);
  return map;
}

/// Where a pool found its maxima, for the MaxUnpool that takes them back.
struct Pooled {
  std::size_t layer = 0;
  Shape input, output;
  std::vector<std::int64_t> sources;  ///< as an unpooling wants them; empty where no values are computed
};

class StackMaker {
 public:
  StackMaker(const std::vector<StackLayer>& layers, int dims, const base::Limits& limits, const Tools& tools)
      : layers_(layers), dims_(dims), limits_(limits), tools_(tools) {}

  std::vector<Stage> make(numerics::Map input) {
    map_ = std::make_shared<const numerics::Map>(std::move(input));
    shape_ = {map_->channels, map_->size};
    each_layer(&StackMaker::add);
    return std::move(stages_);
  }

  /// What the layers make of a shape; no value is computed.
  Shape shape_of(Shape input) {
    shape_ = input;
    each_layer(&StackMaker::pass);
    return shape_;
  }

 private:
  void each_layer(void (StackMaker::*take)(std::size_t)) {
    for (std::size_t n = 0; n < layers_.size(); ++n) {
      try {
        (this->*take)(n);
      } catch (const Error& error) {
        if (told_ || error.kind() == ErrorKind::interrupted) throw;
        rethrow_of_layer(error, n, layers_[n], shape_, dims_);
      }
    }
  }

  void add(std::size_t n) {
    check_channels(n);
    if (const Mapping* mapping = mapping_of(layers_[n])) {
      stages_.emplace_back(placed(n, *mapping), map_);
    } else {
      auto [layer, numbers] = decided(n);
      std::vector<double> bias = fitted_bias(layer, numbers);
      stages_.emplace_back(numerics::Trace(layer, map_, fitted_kernel(layer, numbers), std::move(bias)));
      const numerics::Trace& trace = *stages_.back().trace();
      if (layer.row().picks)
        pools_.push_back({n, shape_, stages_.back().output_shape(), numerics::unpool_sources(trace)});
    }
    map_ = stages_.back().shared_output();
    shape_ = stages_.back().output_shape();
  }

  void pass(std::size_t n) {
    check_channels(n);
    if (const Mapping* mapping = mapping_of(layers_[n])) {
      const Mapping made = placed(n, *mapping);
      shape_ = numerics::row_of(made).output(made);
      return;
    }
    const numerics::Layer layer = decided(n).first;
    const Shape made{layer.out_channels, numerics::geometry(layer).output};
    if (layer.row().picks) pools_.push_back({n, shape_, made, {}});
    shape_ = made;
  }

  /// The window layer over what it is given, and its numbers as they are written.
  std::pair<numerics::Layer, Numbers> decided(std::size_t n) {
    if (shape_.flat) fail(n, fmt::format("expects channels with axes, {} {}", giver(n), shape_words(shape_, dims_)));
    JobSpec spec = *window_of(layers_[n]);
    spec.limits = limits_;
    spec.in_channels = shape_.channels;
    spec.input_size.reset();
    spec.input_size_yields = false;
    refuse_foreign_options(spec, *spec.layer);
    Numbers numbers = open_numbers(spec, *spec.layer, tools_);
    for (int a = numerics::first_axis(dims_); a < numerics::kAxes; ++a)
      spec.input_size = spec.input_size.value_or(Sizes{}), spec.input_size->push_back(shape_.size[a]);
    numerics::Layer layer = decide_layer(spec, *spec.layer, numbers);
    return {std::move(layer), std::move(numbers)};
  }

  void check_channels(std::size_t n) {
    const StackLayer& layer = layers_[n];
    if (layer.channels == 0 || layer.channels == shape_.channels) return;
    const std::string plural = layer.channels == 1 ? "" : "s";
    fail(n, fmt::format("expects {} channel{}, {} {}", layer.channels, plural, giver(n),
                        shape_.flat ? shape_words(shape_, dims_) : std::to_string(shape_.channels)));
  }

  /// The mapping over what it is given.
  Mapping placed(std::size_t n, Mapping mapping) {
    mapping.dims = dims_;
    mapping.input = shape_;
    check_rank(n, mapping);
    if (mapping.kind == MappingKind::max_unpool) take_winners(n, mapping);
    check_volume(mapping);
    return mapping;
  }

  void check_rank(std::size_t n, const Mapping& mapping) {
    const bool moves = mapping.kind != MappingKind::batch_norm && !numerics::elementwise(mapping);
    if (mapping.kind == MappingKind::linear) {
      if (!shape_.flat)
        fail(n, fmt::format("expects values in a row, {} {}", giver(n), shape_words(shape_, dims_)),
             "put Flatten() before it");
      if (shape_.channels != mapping.in_features)
        fail(n, fmt::format("expects {} values, {} {}", mapping.in_features, giver(n), shape_.channels));
    } else if (shape_.flat && moves && mapping.kind != MappingKind::flatten) {
      fail(n, fmt::format("expects channels with axes, {} {}", giver(n), shape_words(shape_, dims_)));
    }
    const bool shuffles = mapping.kind == MappingKind::pixel_shuffle || mapping.kind == MappingKind::pixel_unshuffle;
    if (shuffles && dims_ != 2)
      fail(n, "needs rows and columns, and this stack has " + std::to_string(dims_) + " axes");
  }

  /// The nearest pool whose places nobody has taken yet, as brackets close.
  void take_winners(std::size_t n, Mapping& mapping) {
    if (pools_.empty()) fail(n, "needs the places of a MaxPool before it, and there is none left");
    const Pooled pooled = std::move(pools_.back());
    pools_.pop_back();
    const std::string pool = layer_words(pooled.layer, layers_[pooled.layer]);
    if (pooled.output != shape_)
      fail(n, fmt::format("expects the {} that {} gave, {} {}", shape_words(pooled.output, dims_), pool, giver(n),
                          shape_words(shape_, dims_)));
    check_unpooled(n, mapping, pooled, pool);
    mapping.unpooled = pooled.input.size;
    mapping.sources = pooled.sources;
  }

  /// PyTorch lets the output be less than a stride larger or smaller than its formula says.
  void check_unpooled(std::size_t n, const Mapping& mapping, const Pooled& pooled, const std::string& pool) {
    for (int a = numerics::first_axis(dims_); a < numerics::kAxes; ++a) {
      const std::int64_t usual =
          (shape_.size[a] - 1) * mapping.stride[a] - mapping.padding[a].sum() + mapping.kernel[a];
      if (std::abs(usual - pooled.input.size[a]) >= std::max<std::int64_t>(1, mapping.stride[a]))
        fail(n,
             fmt::format("would give {} along {}, but {} read {}", usual, a == numerics::kAxes - 1 ? "columns" : "rows",
                         pool, pooled.input.size[a]),
             "give it the pool's kernel size, stride and padding");
    }
  }

  void check_volume(const Mapping& mapping) {
    if (auto found = numerics::check(mapping); !found.empty()) throw Error(ErrorKind::impossible, std::move(found));
    Problems problems;
    const Shape shape = numerics::row_of(mapping).output(mapping);
    if (shape.flat)
      check_limit(limits_, base::Limit::values, shape.values(), fmt::format("an output has {} values", shape.values()),
                  problems);
    else
      check_extent(limits_, "an output", shape.channels, shape.size, dims_, problems);
    throw_if_any(ErrorKind::impossible, std::move(problems));
  }

  [[noreturn]] void fail(std::size_t n, const std::string& what, std::string hint = {}) {
    told_ = true;
    throw Error(ErrorKind::impossible, fmt::format("{} {}", layer_words(n, layers_[n]), what), std::move(hint));
  }

  const std::vector<StackLayer>& layers_;
  int dims_;
  const base::Limits& limits_;
  const Tools& tools_;
  numerics::SharedMap map_;
  Shape shape_;
  std::vector<Stage> stages_;
  std::vector<Pooled> pools_;
  bool told_ = false;  ///< the error already says which layer
};

std::vector<StackLayer> layers_of(const JobSpec& spec) {
  spec.limits.hold(base::Limit::layers, static_cast<double>(spec.stack.size()),
                   fmt::format("a stack of {} layers", spec.stack.size()));
  std::vector<StackLayer> layers;
  for (std::size_t n = 0; n < spec.stack.size(); ++n) {
    try {
      layers.push_back(read_stack_layer(spec.stack[n]));
    } catch (const Error& error) {
      Problems problems = error.problems();
      for (base::Problem& problem : problems) problem.message = fmt::format("layer {}: {}", n + 1, problem.message);
      throw Error(error.kind(), std::move(problems));
    }
  }
  return layers;
}

}  // namespace

numerics::Map chain_input(const JobSpec& spec, const LayerName& teacher, std::int64_t channels, const Tools& tools) {
  JobSpec first;
  first.limits = spec.limits;
  first.layer = teacher;
  first.input_size = spec.input_size;
  first.input_values = spec.input_values;
  first.input_size_yields = spec.input_size_yields;
  first.in_channels = spec.in_channels.value_or(channels);
  Numbers numbers = open_numbers(first, *first.layer, tools);
  if (numbers.input_map && !spec.in_channels) first.in_channels = numbers.input_map->channels;
  numerics::Layer reader;  // a window that fits any input and says nothing of it
  reader.kind = first.layer->kind;
  reader.dims = teacher.dims;
  return read_input(first, reader, numbers);
}

numerics::Cell cell_of(std::string_view option, const Sizes& sizes, const LayerName& layer) {
  return expand(option, sizes, layer, 1);
}

numerics::Shape stack_shape(const JobSpec& spec, const Tools& tools) {
  const std::vector<StackLayer> layers = layers_of(spec);
  const int dims = dims_of(layers);
  const numerics::Cell size = cell_of("input-size", *spec.input_size, teacher(layers, dims));
  return StackMaker(layers, dims, spec.limits, tools).shape_of({wanted_channels(layers, spec.limits), size});
}

Chain resolve_stack(const JobSpec& spec, const Tools& tools) {
  if (spec.layer)
    throw Error(ErrorKind::usage, "a stack and a layer of its own do not go together", "name every layer in the stack");
  refuse_layer_options(spec, "a stack", kStackOptions);
  const std::vector<StackLayer> layers = layers_of(spec);
  const int dims = dims_of(layers);
  return Chain(StackMaker(layers, dims, spec.limits, tools).make(stack_input(spec, layers, dims, tools)));
}

}  // namespace convreel::job
