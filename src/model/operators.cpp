#include "model/operators.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>

#include "base/error.hpp"
#include "numerics/padding_rule.hpp"

namespace convreel::model {

namespace {

using base::Error;
using base::ErrorKind;
using numerics::first_axis;
using numerics::kAxes;
using numerics::Layer;
using numerics::LayerKind;
using numerics::Mapping;
using numerics::MappingKind;
using numerics::Shape;

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr std::int64_t kMost = std::numeric_limits<std::int32_t>::max();

[[noreturn]] void fail(const std::string& what) { throw Error(ErrorKind::impossible, what); }

bool empty(const Attribute& given) {
  return !given.whole && !given.real && !given.tensor && given.text.empty() && given.wholes.empty() &&
         given.reals.empty();
}

/// Null where it is not given; what is of another type fails.
const Attribute* typed(const Reading& reading, const char* name, bool (*fits)(const Attribute&), const char* type) {
  const Attribute* given = attribute(reading, name);
  if (given && !fits(*given)) fail(fmt::format("{} is no {}", name, type));
  return given;
}

std::int64_t whole(const Reading& reading, const char* name, std::int64_t fallback) {
  const auto fits = [](const Attribute& given) { return given.whole.has_value(); };
  const Attribute* given = typed(reading, name, fits, "whole number");
  return given ? *given->whole : fallback;
}

double real(const Reading& reading, const char* name, double fallback) {
  const auto fits = [](const Attribute& given) { return given.real.has_value(); };
  const Attribute* given = typed(reading, name, fits, "number");
  return given ? *given->real : fallback;
}

std::string text(const Reading& reading, const char* name, std::string_view fallback) {
  const auto fits = [](const Attribute& given) { return !given.text.empty() || empty(given); };
  const Attribute* given = typed(reading, name, fits, "text");
  return given && !given->text.empty() ? given->text : std::string(fallback);
}

std::vector<std::int64_t> wholes(const Reading& reading, const char* name) {
  const auto fits = [](const Attribute& given) { return !given.wholes.empty() || empty(given); };
  const Attribute* given = typed(reading, name, fits, "list of whole numbers");
  return given ? given->wholes : std::vector<std::int64_t>{};
}

std::int64_t whole_or_fail(double number) {
  const auto found = whole_of(number);
  if (!found) fail("reads nan where a whole number is meant");
  return *found;
}

/// An input that may be left out is there, and no constant of few numbers.
bool computed(const Reading& reading, std::size_t input) { return reading.input(input) && !numbers(reading, input); }

/// Whole numbers from an attribute, where an old opset has it, else from an input.
std::optional<std::vector<std::int64_t>> listed(const Reading& reading, const char* name, std::size_t input) {
  if (attribute(reading, name)) return wholes(reading, name);
  const auto found = numbers(reading, input);
  if (!found) return std::nullopt;
  std::vector<std::int64_t> list;
  for (const double number : *found) list.push_back(whole_or_fail(number));
  return list;
}

/// The number that an input is; empty where it is left out.
std::optional<double> one_number(const Reading& reading, std::size_t input) {
  const auto given = numbers(reading, input);
  if (!given) return std::nullopt;
  if (given->size() != 1) fail(fmt::format("reads {} numbers where one is meant", given->size()));
  return given->front();
}

/// The first input as a map with axes.
struct Picture {
  Shape shape;
  int dims = 0;
};
std::optional<Picture> picture(const Reading& reading) {
  const Edge* edge = reading.input(0);
  if (!edge || edge->fixed() || edge->dims.size() < 3) return std::nullopt;
  const auto shape = shape_of(edge->dims);
  if (!shape) return std::nullopt;
  return Picture{*shape, static_cast<int>(edge->dims.size()) - 2};
}

void pass(Reading& reading, std::string why) { reading.unit.shape_only = std::move(why); }

// Windows.

/// One number an axis of the attribute, `fallback` where it is not there.
numerics::Cell cell(const Reading& reading, const char* name, int dims, std::int64_t fallback, std::int64_t least) {
  numerics::Cell made{1, 1, 1};
  if (least == 0) made = {0, 0, 0};
  const std::vector<std::int64_t> given = wholes(reading, name);
  if (!given.empty() && static_cast<int>(given.size()) != dims)
    fail(fmt::format("{} has {} numbers for {} axes", name, given.size(), dims));
  for (int a = first_axis(dims); a < kAxes; ++a) {
    made[a] = given.empty() ? fallback : given[static_cast<std::size_t>(a - first_axis(dims))];
    if (made[a] < least || made[a] > kMost) fail(fmt::format("{} is {}", name, made[a]));
  }
  return made;
}

void set_sides(const std::vector<std::int64_t>& pads, int dims, numerics::Padding& padding) {
  if (pads.empty()) return;
  if (static_cast<int>(pads.size()) != 2 * dims)
    fail(fmt::format("pads has {} numbers for {} axes", pads.size(), dims));
  for (int n = 0; n < dims; ++n) {
    const auto at = static_cast<std::size_t>(n);
    padding[first_axis(dims) + n] = {pads[at], pads[at + static_cast<std::size_t>(dims)]};
    for (const std::int64_t side : {pads[at], pads[at + static_cast<std::size_t>(dims)]})
      if (side < -kMost || side > kMost) fail(fmt::format("a padding of {}", side));
  }
}

void apply_rule(numerics::PaddingRule rule, Layer& layer) {
  if (const auto problem = numerics::apply(rule, layer)) fail(problem->message);
}

/// A transposed layer's padding that gives a wanted size.
void pad_to_size(const std::vector<std::int64_t>& wanted, bool upper, Layer& layer) {
  const int dims = layer.dims;
  if (static_cast<int>(wanted.size()) < dims) fail(fmt::format("output_shape has {} numbers", wanted.size()));
  for (int a = first_axis(dims); a < kAxes; ++a) {
    const std::int64_t size = wanted[wanted.size() - static_cast<std::size_t>(kAxes - a)];
    const std::int64_t full = (layer.input[a] - 1) * layer.stride[a] + layer.output_padding[a] +
                              (layer.kernel[a] - 1) * layer.dilation[a] + 1;
    if (size < 1 || size > full + kMost || size < full - kMost) fail(fmt::format("output_shape asks for {}", size));
    const std::int64_t total = full - size;
    const std::int64_t half = total / 2;
    layer.padding[a] = upper ? numerics::Sides{half, total - half} : numerics::Sides{total - half, half};
  }
}

void read_padding(const Reading& reading, Layer& layer) {
  const std::string rule = text(reading, "auto_pad", "NOTSET");
  const std::vector<std::int64_t> wanted = wholes(reading, "output_shape");
  if (layer.transposed() && !wanted.empty()) return pad_to_size(wanted, rule == "SAME_UPPER", layer);
  const std::vector<std::int64_t> pads = wholes(reading, "pads");
  if (rule == "NOTSET") return set_sides(pads, layer.dims, layer.padding);
  if (std::ranges::any_of(pads, [](std::int64_t side) { return side != 0; }))
    fail(fmt::format("pads and auto_pad {} do not go together", rule));
  if (rule == "VALID") return;
  if (rule != "SAME_UPPER" && rule != "SAME_LOWER") fail(fmt::format("auto_pad is {}", rule));
  apply_rule(rule == "SAME_UPPER" ? numerics::PaddingRule::same_upper : numerics::PaddingRule::same_lower, layer);
}

Layer window(const Reading& reading, LayerKind kind, const Picture& map) {
  Layer layer;
  layer.kind = kind;
  layer.dims = map.dims;
  layer.input = map.shape.size;
  layer.in_channels = layer.out_channels = map.shape.channels;
  layer.stride = cell(reading, "strides", map.dims, 1, 1);
  layer.dilation = cell(reading, "dilations", map.dims, 1, 1);
  return layer;
}

template <LayerKind kKind>
void read_convolution(Reading& reading) {
  const auto map = picture(reading);
  const Edge* weights = reading.input(1);
  if (!map || !weights) return pass(reading, "it reads no map with one to three axes");
  if (static_cast<int>(weights->dims.size()) != map->dims + 2)
    fail(fmt::format("its weights have {} axes, its input has {}", weights->dims.size(), map->dims + 2));
  Layer layer = window(reading, kKind, *map);
  layer.groups = whole(reading, "group", 1);
  if (layer.groups < 1 || layer.groups > kMost) fail(fmt::format("group is {}", layer.groups));
  for (int a = first_axis(map->dims); a < kAxes; ++a)
    layer.kernel[a] = weights->dims[static_cast<std::size_t>(a - first_axis(map->dims) + 2)];
  layer.kernel[0] = map->dims == kAxes ? layer.kernel[0] : 1;
  layer.kernel[1] = map->dims >= 2 ? layer.kernel[1] : 1;
  if (attribute(reading, "kernel_shape") && cell(reading, "kernel_shape", map->dims, 1, 1) != layer.kernel)
    fail("kernel_shape is not the size of its weights");
  const std::int64_t outer = weights->dims[0], inner = weights->dims[1];
  const std::int64_t wanted = layer.transposed() ? outer : inner * layer.groups;
  if (wanted != map->shape.channels)
    fail(fmt::format("expects {} channels, and is given {}", wanted, map->shape.channels));
  layer.out_channels = layer.transposed() ? inner * layer.groups : outer;
  layer.output_padding = cell(reading, "output_padding", map->dims, 0, 0);
  read_padding(reading, layer);
  reading.unit.does = layer;
  if (!weights->fixed() || (reading.input(2) && !reading.input(2)->fixed()))
    pass(reading, "its weights are computed, not stored");
}

template <LayerKind kKind>
void read_pool(Reading& reading) {
  const auto map = picture(reading);
  if (!map) return pass(reading, "it reads no map with one to three axes");
  Layer layer = window(reading, kKind, *map);
  layer.kernel = cell(reading, "kernel_shape", map->dims, 1, 1);
  layer.ceil_mode = whole(reading, "ceil_mode", 0) != 0;
  layer.count_include_pad = whole(reading, "count_include_pad", 0) != 0;
  read_padding(reading, layer);
  if (whole(reading, "storage_order", 0) != 0 && reading.node.outputs.size() > 1)
    pass(reading, "it counts its places by columns");
  if (layer.count_include_pad || kKind != LayerKind::avg_pool || layer.padding == numerics::Padding{})
    layer.count_include_pad = true;  // without padding both mean the same
  reading.unit.does = layer;
  if (kKind == LayerKind::avg_pool && layer.dilation != numerics::Cell{1, 1, 1}) {
    reading.unit.does = std::monostate{};
    pass(reading, "a mean with dilation");
  }
}

// Mappings.

std::optional<Mapping> mapping_over(const Reading& reading, MappingKind kind, std::string name) {
  const Edge* edge = reading.input(0);
  const auto shape = edge && !edge->fixed() ? shape_of(edge->dims) : std::nullopt;
  if (!shape) return std::nullopt;
  Mapping mapping;
  mapping.kind = kind;
  mapping.name = std::move(name);
  mapping.dims = shape->flat ? 2 : static_cast<int>(edge->dims.size()) - 2;
  mapping.input = *shape;
  return mapping;
}

void pass_rank(Reading& reading) { pass(reading, "it reads no map with one to three axes"); }

struct Function {
  std::string_view type;
  MappingKind kind;
  std::string_view name;
};
constexpr Function kFunctions[] = {{"Relu", MappingKind::relu, "ReLU"},
                                   {"LeakyRelu", MappingKind::leaky_relu, "LeakyReLU"},
                                   {"Sigmoid", MappingKind::sigmoid, "Sigmoid"},
                                   {"Tanh", MappingKind::tanh, "Tanh"},
                                   {"Identity", MappingKind::identity, "Identity"},
                                   {"Dropout", MappingKind::dropout, "Dropout"}};

void read_function(Reading& reading) {
  const auto function = std::ranges::find(kFunctions, reading.node.type, &Function::type);
  auto mapping = mapping_over(reading, function->kind, std::string(function->name));
  if (!mapping) return pass_rank(reading);
  mapping->slope = real(reading, "alpha", 0.01);
  reading.unit.does = std::move(*mapping);
}

void read_clip(Reading& reading) {
  auto mapping = mapping_over(reading, MappingKind::clip, "Clip");
  if (!mapping) return pass_rank(reading);
  const auto bound = [&](const char* name, std::size_t input, double fallback) {
    return one_number(reading, input).value_or(real(reading, name, fallback));
  };
  for (const std::size_t n : {std::size_t{1}, std::size_t{2}})
    if (computed(reading, n)) return pass(reading, "its bounds are computed, not stored");
  mapping->low = bound("min", 1, -kInfinity);
  mapping->high = bound("max", 2, kInfinity);
  if (mapping->low == 0 && mapping->high == 6) mapping->name = "ReLU6";
  reading.unit.does = std::move(*mapping);
}

void read_batch_norm(Reading& reading) {
  auto mapping = mapping_over(reading, MappingKind::batch_norm, "BatchNorm");
  if (!mapping) return pass_rank(reading);
  mapping->name += fmt::format("{}d", mapping->dims);
  mapping->in_features = mapping->input.channels;
  mapping->epsilon = real(reading, "epsilon", 1e-5);
  std::size_t n = 1;
  for (auto* member : {&mapping->weight, &mapping->bias, &mapping->mean, &mapping->variance}) {
    auto given = numbers(reading, n++);
    if (!given) return pass(reading, "its statistics are computed, not stored");
    if (static_cast<std::int64_t>(given->size()) != mapping->input.channels)
      fail(fmt::format("has {} numbers for {} channels", given->size(), mapping->input.channels));
    *member = std::move(*given);
  }
  reading.unit.does = std::move(*mapping);
}

template <MappingKind kKind>
void read_global_pool(Reading& reading) {
  auto mapping =
      mapping_over(reading, kKind, kKind == MappingKind::adaptive_avg_pool ? "AdaptiveAvgPool" : "AdaptiveMaxPool");
  if (!mapping || mapping->input.flat) return pass_rank(reading);
  mapping->name += fmt::format("{}d", mapping->dims);
  for (int a = first_axis(mapping->dims); a < kAxes; ++a) mapping->size[a] = 1;
  reading.unit.does = std::move(*mapping);
}

/// The mean over all spatial axes is global pooling.
void read_mean(Reading& reading) {
  const auto map = picture(reading);
  auto axes = listed(reading, "axes", 1);
  const bool keeps = whole(reading, "keepdims", 1) != 0;
  if (!map || !axes) return pass(reading, "not known here");
  for (std::int64_t& axis : *axes) axis += axis < 0 ? map->dims + 2 : 0;
  std::ranges::sort(*axes);
  std::vector<std::int64_t> spatial;
  for (int a = 0; a < map->dims; ++a) spatial.push_back(a + 2);
  if (*axes != spatial) return pass(reading, "a mean over other axes than rows and columns");
  if (keeps) return read_global_pool<MappingKind::adaptive_avg_pool>(reading);
  reading.output = Dims{1, map->shape.channels};
  pass(reading, "a mean that leaves no axes");
}

// Resizing.

/// What ONNX reads for an output position, where the map is as large as its scale says.
double onnx_position(const std::string& way, double y, double scale, double in, double out) {
  if (way == "align_corners") return out > 1 ? y * (in - 1) / (out - 1) : 0;
  if (way == "asymmetric") return y / scale;
  return way == "pytorch_half_pixel" && out <= 1 ? 0 : (y + 0.5) / scale - 0.5;
}

double rounded(const std::string& rule, double x) {
  if (rule == "floor") return std::floor(x);
  if (rule == "ceil") return std::ceil(x);
  return rule == "round_prefer_ceil" ? std::floor(x + 0.5) : std::ceil(x - 0.5);
}

bool reads_as_pytorch(const Mapping& mapping, const std::string& way, const std::string& rule) {
  const Shape output = numerics::row_of(mapping).output(mapping);
  for (int a = first_axis(mapping.dims); a < kAxes; ++a) {
    const auto in = static_cast<double>(mapping.input.size[a]), out = static_cast<double>(output.size[a]);
    const double scale = mapping.scale[a].value_or(out / in);
    for (std::int64_t y = 0; y < output.size[a]; ++y) {
      const double at = rounded(rule, onnx_position(way, static_cast<double>(y), scale, in, out));
      const std::int64_t ours = numerics::row_of(mapping).span(mapping, a, {y, y}).first;
      if (std::clamp(at, 0.0, in - 1) != static_cast<double>(ours)) return false;
    }
  }
  return true;
}

constexpr std::int64_t kMostCompared = 1 << 20;  ///< positions along an axis

/// Sets scale or size; false when neither is a constant that leaves the channels alone.
bool set_resizing(const Reading& reading, Mapping& mapping) {
  const bool later = reading.node.type == "Resize" && reading.opset >= 11;
  std::optional<std::vector<double>> scales = numbers(reading, later ? 2 : 1);
  if (const Attribute* given = attribute(reading, "scales")) scales = given->reals;
  const auto sizes = later ? numbers(reading, 3) : std::nullopt;
  const bool scaled = scales && !scales->empty();
  const auto& values = scaled ? scales : sizes;
  const auto rank = static_cast<std::size_t>(mapping.dims) + 2;
  if (!values || values->size() != rank) return false;
  if (scaled ? (*values)[1] != 1 : (*values)[1] != static_cast<double>(mapping.input.channels)) return false;
  for (int a = first_axis(mapping.dims); a < kAxes; ++a) {
    const double value = (*values)[static_cast<std::size_t>(a - first_axis(mapping.dims)) + 2];
    if (!(value > 0) || value > static_cast<double>(1 << 16)) fail(fmt::format("a size or scale of {}", value));
    if (scaled)
      mapping.scale[a] = value;
    else
      mapping.size[a] = whole_or_fail(value);
  }
  return true;
}

void read_resize(Reading& reading) {
  auto mapping = mapping_over(reading, MappingKind::upsample, "Upsample");
  if (!mapping || mapping->input.flat) return pass_rank(reading);
  const std::string mode = text(reading, "mode", "nearest");
  if (!set_resizing(reading, *mapping)) return pass(reading, "its sizes are computed, not stored, or channels change");
  reading.output = dims_of(numerics::row_of(*mapping).output(*mapping), mapping->dims);
  if (std::ranges::any_of(*reading.output, [](std::int64_t size) { return size > kMostCompared; }))
    return pass(reading, fmt::format("it resizes to more than {} cells along an axis", kMostCompared));
  const bool old = reading.node.type == "Upsample" || reading.opset < 11;
  const std::string way = old ? "asymmetric" : text(reading, "coordinate_transformation_mode", "half_pixel");
  const bool cubic = mode == "cubic";
  if (cubic && (real(reading, "cubic_coeff_a", -0.75) != -0.75 || whole(reading, "exclude_outside", 0) != 0))
    return pass(reading, "another cubic curve than PyTorch's");
  if (cubic || mode == "linear" || mode == "bilinear") {
    mapping->resizing = cubic ? numerics::Resizing::cubic : numerics::Resizing::linear;
    mapping->align_corners = way == "align_corners";
    if (way != "align_corners" && way != "half_pixel" && way != "pytorch_half_pixel")
      return pass(reading, fmt::format("{} resizing with {} coordinates", mode, way));
  } else if (mode != "nearest" ||
             !reads_as_pytorch(*mapping, way, old ? "floor" : text(reading, "nearest_mode", "round_prefer_floor"))) {
    return pass(reading, fmt::format("{} resizing with {} coordinates", mode, way));
  }
  reading.unit.does = std::move(*mapping);
}

template <MappingKind kKind>
void read_shuffle(Reading& reading) {
  const bool widens = kKind == MappingKind::pixel_shuffle;
  auto mapping = mapping_over(reading, kKind, widens ? "PixelShuffle" : "PixelUnshuffle");
  if (!mapping || mapping->input.flat || mapping->dims != 2) return pass_rank(reading);
  mapping->factor = whole(reading, "blocksize", 0);
  if (mapping->factor < 1 || mapping->factor > 1 << 12) fail(fmt::format("blocksize is {}", mapping->factor));
  const std::int64_t planes =
      widens ? mapping->input.channels / (mapping->factor * mapping->factor) : mapping->input.channels;
  mapping->blocks_first = planes != 1 && (!widens || text(reading, "mode", "DCR") != "CRD");
  if (mapping->blocks_first) mapping->name = reading.node.type;
  reading.unit.does = std::move(*mapping);
}

void read_unpool(Reading& reading) {
  auto mapping = mapping_over(reading, MappingKind::max_unpool, "MaxUnpool");
  if (!mapping || mapping->input.flat) return pass_rank(reading);
  const int dims = mapping->dims;
  mapping->name += fmt::format("{}d", dims);
  mapping->kernel = cell(reading, "kernel_shape", dims, 1, 1);
  mapping->stride = cell(reading, "strides", dims, 1, 1);
  set_sides(wholes(reading, "pads"), dims, mapping->padding);
  mapping->unpooled = numerics::Cell{1, 1, 1};
  if (computed(reading, 2)) return pass(reading, "its sizes are computed, not stored");
  const auto wanted = numbers(reading, 2);
  if (wanted && static_cast<int>(wanted->size()) != dims + 2)
    fail(fmt::format("output_shape has {} numbers for {} axes", wanted->size(), dims + 2));
  for (int a = first_axis(dims); a < kAxes; ++a) {
    (*mapping->unpooled)[a] =
        (mapping->input.size[a] - 1) * mapping->stride[a] + mapping->kernel[a] - mapping->padding[a].sum();
    if (wanted) (*mapping->unpooled)[a] = whole_or_fail((*wanted)[static_cast<std::size_t>(a - first_axis(dims)) + 2]);
    if ((*mapping->unpooled)[a] < 1) fail(fmt::format("its output would have {} cells", (*mapping->unpooled)[a]));
  }
  reading.unit.does = std::move(*mapping);
}

// Borders.

void read_pad(Reading& reading) {
  auto mapping = mapping_over(reading, MappingKind::zero_pad, "ZeroPad");
  if (!mapping || mapping->input.flat) return pass_rank(reading);
  mapping->name += fmt::format("{}d", mapping->dims);
  auto pads =
      attribute(reading, "paddings") ? wholes(reading, "paddings") : listed(reading, "pads", 1).value_or(Dims{});
  const auto rank = static_cast<std::size_t>(mapping->dims) + 2;
  if (pads.size() != 2 * rank || reading.input(3)) return pass(reading, "its padding is computed, not stored");
  const bool others = pads[0] != 0 || pads[1] != 0 || pads[rank] != 0 || pads[rank + 1] != 0;
  if (others) return pass(reading, "it pads channels");
  pads.erase(pads.begin() + static_cast<std::ptrdiff_t>(rank), pads.begin() + static_cast<std::ptrdiff_t>(rank) + 2);
  pads.erase(pads.begin(), pads.begin() + 2);
  set_sides(pads, mapping->dims, mapping->padding);
  if (auto problems = numerics::check(*mapping); !problems.empty())
    throw Error(ErrorKind::impossible, std::move(problems));
  reading.output = dims_of(numerics::row_of(*mapping).output(*mapping), mapping->dims);
  const std::string mode = text(reading, "mode", "constant");
  if (computed(reading, 2)) return pass(reading, "its number is computed, not stored");
  const double value = one_number(reading, 2).value_or(real(reading, "value", 0));
  if (mode != "constant" || value != 0)
    return pass(reading, fmt::format("padding by {}", mode == "constant" ? "another number than 0" : mode));
  reading.unit.does = std::move(*mapping);
}

/// A part of rows and columns is padding that takes away.
void read_slice(Reading& reading) {
  auto mapping = mapping_over(reading, MappingKind::zero_pad, "Slice");
  const auto starts = listed(reading, "starts", 1), ends = listed(reading, "ends", 2);
  if (!mapping || mapping->input.flat || !starts || !ends || starts->size() != ends->size() || computed(reading, 3) ||
      computed(reading, 4))
    return pass(reading, "its bounds are computed, or it reads no map");
  auto axes = listed(reading, "axes", 3).value_or(Dims{});
  for (std::size_t n = axes.size(); n < starts->size(); ++n) axes.push_back(static_cast<std::int64_t>(n));
  for (const double step : numbers(reading, 4).value_or(std::vector<double>{}))
    if (step != 1) return pass(reading, "a slice with steps");
  Dims dims = reading.input(0)->dims;
  const auto rank = static_cast<std::int64_t>(dims.size());
  bool spatial = true;
  std::int64_t first_channel = 0;
  for (std::size_t n = 0; n < starts->size(); ++n) {
    const std::int64_t axis = axes[n] < 0 ? axes[n] + rank : axes[n];
    if (axis < 0 || axis >= rank) fail(fmt::format("there is no axis {}", axes[n]));
    const std::int64_t size = dims[static_cast<std::size_t>(axis)];
    const auto place = [&](std::int64_t at) { return std::clamp<std::int64_t>(at < 0 ? at + size : at, 0, size); };
    const std::int64_t first = place((*starts)[n]), last = place((*ends)[n]);
    if (last <= first) fail("a slice of nothing");
    if (axis == 0) continue;  // of the pictures we have one
    dims[static_cast<std::size_t>(axis)] = last - first;
    if (axis >= 2)
      mapping->padding[static_cast<std::size_t>(axis - 2 + first_axis(mapping->dims))] = {-first, last - size};
    else if (last - first != size)
      spatial = false, first_channel = first;
  }
  reading.output = std::move(dims);
  if (spatial) {
    reading.unit.does = std::move(*mapping);
    return;
  }
  if (mapping->padding != numerics::Padding{}) return pass(reading, "it takes some of the channels and of the cells");
  reading.unit.does = ChannelRange{first_channel, (*reading.output)[1]};
}

/// The sizes of a Split's parts; in new opsets the last of equal ones may be smaller.
std::optional<Dims> parts_of(const Reading& reading, std::int64_t size) {
  if (reading.input(1) || attribute(reading, "split")) return listed(reading, "split", 1);
  const auto count = static_cast<std::int64_t>(reading.node.outputs.size());
  const std::int64_t each = (size + count - 1) / count;
  Dims parts;
  for (std::int64_t n = 0; n < count; ++n) parts.push_back(std::min(each, size - n * each));
  return parts;
}

void read_split(Reading& reading) {
  const Edge* edge = reading.input(0);
  const auto rank = edge ? static_cast<std::int64_t>(edge->dims.size()) : 0;
  const std::int64_t given = whole(reading, "axis", 0), axis = given < 0 ? given + rank : given;
  if (axis < 0 || axis >= rank) fail(fmt::format("there is no axis {}", given));
  const std::int64_t size = edge->dims[static_cast<std::size_t>(axis)];
  const auto parts = parts_of(reading, size);
  if (!parts) return pass(reading, "its sizes are computed, not stored");
  std::int64_t sum = 0;
  for (const std::int64_t part : *parts) {
    if (part < 1 || part > size) fail(fmt::format("a part of {} of {}", part, size));
    sum = std::min(kMost, sum + part);
  }
  if (sum != size || parts->size() != reading.node.outputs.size())
    fail(fmt::format("{} parts of {} together do not share out {}", parts->size(), sum, size));
  reading.output = edge->dims;
  (*reading.output)[static_cast<std::size_t>(axis)] = (*parts)[reading.part];
  if (axis != 1 || rank < 3) return pass(reading, "it splits along another axis than the channels");
  std::int64_t first = 0;
  for (std::size_t n = 0; n < reading.part; ++n) first += (*parts)[n];
  reading.unit.does = ChannelRange{first, (*parts)[reading.part]};
}

// Rows of values.

void read_flatten(Reading& reading) {
  auto mapping = mapping_over(reading, MappingKind::flatten, "Flatten");
  const std::int64_t axis = whole(reading, "axis", 1);
  if (!mapping || axis != 1) return pass(reading, "it does not flatten one picture");
  if (mapping->input.flat) mapping->kind = MappingKind::identity;
  reading.unit.does = std::move(*mapping);
}

void read_reshape(Reading& reading) {
  const auto wanted = listed(reading, "shape", 1);
  const Edge* edge = reading.input(0);
  if (!edge || !wanted) return pass(reading, "its shape is computed, not stored");
  Dims dims = *wanted;
  std::int64_t known = 1;
  for (std::size_t n = 0; n < dims.size(); ++n) {
    if (dims[n] == 0 && n < edge->dims.size()) dims[n] = edge->dims[n];
    if (n == 0 && dims[n] == reading.batch) dims[n] = 1;
    if (dims[n] < -1 || dims[n] == 0 || dims[n] > kMost) fail(fmt::format("it asks for a size of {}", dims[n]));
    if (dims[n] > 0) known = std::min(kMost, known * dims[n]);
  }
  for (std::int64_t& size : dims)
    if (size == -1) size = std::max<std::int64_t>(1, volume(edge->dims) / known);
  if (volume(dims) != volume(edge->dims))
    fail(fmt::format("{} values cannot have the wanted shape of {}", volume(edge->dims), volume(dims)));
  auto mapping = mapping_over(reading, MappingKind::flatten, "Flatten");
  if (mapping && dims.size() == 2 && dims.front() == 1) {
    if (mapping->input.flat) mapping->kind = MappingKind::identity;
    reading.unit.does = std::move(*mapping);
    return;
  }
  reading.output = std::move(dims);
  pass(reading, "it reshapes to other axes");
}

void read_linear(Reading& reading) {
  const Edge* weights = reading.input(1);
  auto mapping = mapping_over(reading, MappingKind::linear, "Linear");
  if (!mapping || !mapping->input.flat || !weights || weights->dims.size() != 2)
    return pass(reading, "a product of matrices");
  const bool turned = reading.node.type == "Gemm" && whole(reading, "transB", 0) != 0;
  mapping->in_features = weights->dims[turned ? 1 : 0];
  mapping->out_features = weights->dims[turned ? 0 : 1];
  mapping->affine = reading.node.type == "Gemm" && reading.input(2) != nullptr;
  if (mapping->in_features != mapping->input.channels)
    fail(fmt::format("expects {} values, and is given {}", mapping->in_features, mapping->input.channels));
  if (mapping->out_features < 1) fail("it has no outputs");
  reading.unit.does = std::move(*mapping);
}

// Several maps.

std::optional<Dims> broadcast(const Dims& a, const Dims& b) {
  Dims wide = a.size() >= b.size() ? a : b;
  const Dims& narrow = a.size() >= b.size() ? b : a;
  for (std::size_t n = 0; n < narrow.size(); ++n) {
    std::int64_t& size = wide[wide.size() - 1 - n];
    const std::int64_t other = narrow[narrow.size() - 1 - n];
    if (size != other && size != 1 && other != 1) return std::nullopt;
    size = std::max(size, other);
  }
  return wide;
}

/// A constant that is one number, or one a channel; spread over the channels.
std::optional<std::vector<double>> by_channel(const Reading& reading, const Edge& edge, const Dims& map) {
  auto values = reading.constant(edge);
  if (!values || values->empty() || map.size() < 2) return std::nullopt;
  const auto channels = static_cast<std::size_t>(map[1]);
  if (values->size() == 1) return std::vector<double>(channels, values->front());
  const auto axis = static_cast<std::int64_t>(edge.dims.size()) - (static_cast<std::int64_t>(map.size()) - 1);
  if (values->size() != channels || axis < 0 || edge.dims[static_cast<std::size_t>(axis)] != map[1])
    return std::nullopt;
  return values;
}

/// The larger or the smaller of x and one number is what clipping does.
std::optional<Mapping> clipped(Mapping mapping, Join join, const std::vector<double>& constant) {
  if (std::ranges::any_of(constant, [&](double c) { return !(c == constant.front()); })) return std::nullopt;
  mapping.kind = MappingKind::clip;
  mapping.low = join == Join::maximum ? constant.front() : -kInfinity;
  mapping.high = join == Join::minimum ? constant.front() : kInfinity;
  return mapping;
}

/// x + c and the like are what batch normalisation does.
bool read_affine(Reading& reading, Join join, std::size_t map_at) {
  const Edge& map = *reading.input(map_at);
  const auto constant = by_channel(reading, *reading.input(1 - map_at), map.dims);
  const auto shape = shape_of(map.dims);
  if (!constant || !shape || (join == Join::divide && map_at == 1)) return false;
  Mapping mapping;
  mapping.kind = MappingKind::batch_norm;
  mapping.name = reading.node.type;
  mapping.dims = shape->flat ? 2 : static_cast<int>(map.dims.size()) - 2;
  mapping.input = *shape;
  if (join == Join::maximum || join == Join::minimum) {
    auto clip = clipped(std::move(mapping), join, *constant);
    if (clip) reading.unit.does = std::move(*clip);
    return clip.has_value();
  }
  mapping.in_features = shape->channels;
  mapping.epsilon = 0;
  mapping.affine = false;
  const bool turned = join == Join::subtract && map_at == 1;
  for (const double c : *constant) {
    if (join == Join::add || join == Join::subtract) mapping.bias.push_back(join == Join::subtract && !turned ? -c : c);
    if (join == Join::multiply || join == Join::divide) mapping.weight.push_back(join == Join::divide ? 1 / c : c);
    if (turned) mapping.weight.push_back(-1);
  }
  reading.unit.does = std::move(mapping);
  return true;
}

struct Joined {
  std::string_view type;
  Join join;
};
constexpr Joined kJoins[] = {{"Add", Join::add},      {"Sum", Join::add},    {"Sub", Join::subtract},
                             {"Mul", Join::multiply}, {"Div", Join::divide}, {"Max", Join::maximum},
                             {"Min", Join::minimum}};

void read_join(Reading& reading) {
  const Join join = std::ranges::find(kJoins, reading.node.type, &Joined::type)->join;
  std::optional<Dims> dims;
  for (const Edge* edge : reading.inputs) {
    if (!edge) return pass(reading, "an input is left out");
    dims = dims ? broadcast(*dims, edge->dims) : edge->dims;
    if (!dims) fail("its inputs have shapes that do not go together");
  }
  if (!dims) fail("it reads nothing");
  const bool all_maps = std::ranges::none_of(reading.inputs, [](const Edge* edge) { return edge->fixed(); });
  if (!all_maps && reading.inputs.size() == 2) {
    const std::size_t map_at = reading.input(0)->fixed() ? 1 : 0;
    if (*dims == reading.input(map_at)->dims && read_affine(reading, join, map_at)) return;
  }
  reading.output = std::move(dims);
  if (!all_maps) return pass(reading, "it calculates with constants that no layer knows");
  reading.unit.does = join;
}

void read_concat(Reading& reading) {
  const Edge* first = reading.input(0);
  if (!first) fail("it reads nothing");
  const auto rank = static_cast<std::int64_t>(first->dims.size());
  const std::int64_t given = whole(reading, "axis", 1), axis = given < 0 ? given + rank : given;
  if (axis < 0 || axis >= rank) fail(fmt::format("there is no axis {}", given));
  Dims dims = first->dims;
  dims[static_cast<std::size_t>(axis)] = 0;
  for (const Edge* edge : reading.inputs) {
    if (!edge || static_cast<std::int64_t>(edge->dims.size()) != rank)
      fail("its inputs have shapes that do not go together");
    for (std::size_t n = 0; n < edge->dims.size(); ++n) {
      if (static_cast<std::int64_t>(n) == axis)
        dims[n] += edge->dims[n];
      else if (edge->dims[n] != dims[n])
        fail(fmt::format("maps of {} and {} cells along an axis do not go together", dims[n], edge->dims[n]));
    }
  }
  reading.output = std::move(dims);
  const bool all_maps = std::ranges::none_of(reading.inputs, [](const Edge* edge) { return edge->fixed(); });
  if (axis != 1 || !all_maps) return pass(reading, "it joins along another axis than the channels, or constants");
  reading.unit.does = Join::concat;
}

// Only shapes.

void read_transpose(Reading& reading) {
  const Edge* edge = reading.input(0);
  if (!edge) fail("it reads nothing");
  auto order = wholes(reading, "perm");
  if (order.empty())
    for (std::size_t n = edge->dims.size(); n-- > 0;) order.push_back(static_cast<std::int64_t>(n));
  Dims dims;
  for (const std::int64_t axis : order) {
    if (axis < 0 || axis >= static_cast<std::int64_t>(edge->dims.size()))
      fail(fmt::format("there is no axis {}", axis));
    dims.push_back(edge->dims[static_cast<std::size_t>(axis)]);
  }
  reading.output = std::move(dims);
  pass(reading, "it changes the order of the axes");
}

void read_squeeze(Reading& reading) {
  const Edge* edge = reading.input(0);
  auto axes = listed(reading, "axes", 1);
  if (!edge) fail("it reads nothing");
  const bool adds = reading.node.type == "Unsqueeze";
  const auto rank = static_cast<std::int64_t>(edge->dims.size() + (adds && axes ? axes->size() : 0));
  Dims dims;
  std::size_t next = 0;
  for (std::int64_t n = 0; n < rank; ++n) {
    const bool named =
        axes && std::ranges::any_of(*axes, [&](std::int64_t axis) { return axis == n || axis + rank == n; });
    if (adds && (named || next == edge->dims.size())) {
      dims.push_back(1);
      continue;
    }
    const std::int64_t size = edge->dims[next++];
    if (adds || !(named || (!axes && size == 1 && n > 0))) dims.push_back(size);
  }
  reading.output = std::move(dims);
  pass(reading, "it adds or takes away axes");
}

struct Operator {
  std::string_view type;
  void (*read)(Reading&);
};
constexpr Operator kOperators[] = {
    {"Conv", read_convolution<LayerKind::conv>},
    {"ConvTranspose", read_convolution<LayerKind::conv_transpose>},
    {"MaxPool", read_pool<LayerKind::max_pool>},
    {"AveragePool", read_pool<LayerKind::avg_pool>},
    {"GlobalAveragePool", read_global_pool<MappingKind::adaptive_avg_pool>},
    {"GlobalMaxPool", read_global_pool<MappingKind::adaptive_max_pool>},
    {"ReduceMean", read_mean},
    {"Upsample", read_resize},
    {"Resize", read_resize},
    {"DepthToSpace", read_shuffle<MappingKind::pixel_shuffle>},
    {"SpaceToDepth", read_shuffle<MappingKind::pixel_unshuffle>},
    {"MaxUnpool", read_unpool},
    {"Pad", read_pad},
    {"Slice", read_slice},
    {"Split", read_split},
    {"Relu", read_function},
    {"LeakyRelu", read_function},
    {"Sigmoid", read_function},
    {"Tanh", read_function},
    {"Identity", read_function},
    {"Dropout", read_function},
    {"Clip", read_clip},
    {"BatchNormalization", read_batch_norm},
    {"Flatten", read_flatten},
    {"Reshape", read_reshape},
    {"Gemm", read_linear},
    {"MatMul", read_linear},
    {"Add", read_join},
    {"Sum", read_join},
    {"Sub", read_join},
    {"Mul", read_join},
    {"Div", read_join},
    {"Max", read_join},
    {"Min", read_join},
    {"Concat", read_concat},
    {"Transpose", read_transpose},
    {"Squeeze", read_squeeze},
    {"Unsqueeze", read_squeeze},
};

}  // namespace

const Attribute* attribute(const Reading& reading, const char* name) {
  const auto found = reading.node.attributes.find(name);
  return found == reading.node.attributes.end() ? nullptr : &found->second;
}

std::optional<std::vector<double>> numbers(const Reading& reading, std::size_t n) {
  const Edge* edge = reading.input(n);
  return edge && edge->fixed() ? reading.constant(*edge) : std::nullopt;
}

std::optional<std::int64_t> whole_of(double number) {
  constexpr auto kEnd = static_cast<double>(kMost);
  if (std::isnan(number)) return std::nullopt;
  return static_cast<std::int64_t>(std::clamp(number, -kEnd, kEnd));
}

std::int64_t volume(const Dims& dims) {
  std::int64_t product = 1;
  for (const std::int64_t size : dims) {
    if (size < 0 || (size > 0 && product > kMost / size)) return -1;
    product *= size;
  }
  return product;
}

std::optional<Shape> shape_of(const Dims& dims) {
  if (dims.size() < 2 || dims.size() > 2 + kAxes || dims.front() != 1 || volume(dims) < 1) return std::nullopt;
  Shape shape{dims[1], {1, 1, 1}, dims.size() == 2};
  std::copy(dims.begin() + 2, dims.end(), shape.size.end() - static_cast<std::ptrdiff_t>(dims.size() - 2));
  return shape;
}

Dims dims_of(const Shape& shape, int dims) {
  if (shape.flat) return {1, shape.channels};
  Dims all{1, shape.channels};
  all.insert(all.end(), shape.size.begin() + first_axis(dims), shape.size.end());
  return all;
}

bool gives_parts(const Node& node) { return node.type == "Split"; }

void read_operator(Reading& reading) {
  for (const Operator& one : kOperators)
    if (one.type == reading.node.type) return one.read(reading);
  pass(reading, "not known here");
}

}  // namespace convreel::model
