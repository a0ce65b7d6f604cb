#include "job/solve.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "job/fields.hpp"
#include "job/layer_name.hpp"
#include "job/resolve_parts.hpp"
#include "job/sweep.hpp"
#include "job/values.hpp"

namespace convreel::job {

namespace {

using base::Error;
using base::ErrorKind;
using numerics::Cell;

/// An option of a size that may be left open, and what it then is.
struct Open {
  std::string_view option, fallback;
  std::int64_t unused;
  std::optional<Sizes> JobSpec::*member;
};
constexpr Open kInput{"input-size", {}, 1, &JobSpec::input_size};
constexpr Open kOutput{"output-size", {}, 1, &JobSpec::output_size};
constexpr Open kKernel{"kernel-size", "1..7", 1, &JobSpec::kernel_size};
constexpr Open kStride{"stride", "1..4", 1, &JobSpec::stride};
constexpr Open kDilation{"dilation", "1", 1, &JobSpec::dilation};
constexpr Open kOutputPadding{"output-padding", {}, 0, &JobSpec::output_padding};
constexpr std::string_view kPadding = "padding", kPaddingFallback = "0..3";

class Reader {
 public:
  explicit Reader(const Question& question) : question_(question), name_(*question.spec.layer) {}

  numerics::Bounds read() {
    numerics::Bounds bounds;
    bounds.apart = question_.apart;
    bounds.limits = question_.spec.limits;
    bounds.layer = base_layer();
    bounds.input = needed(kInput, "from which size", "-i 14");
    bounds.output = needed(kOutput, "to which size", "--to 28");
    bounds.kernel = cells(kKernel);
    bounds.stride = cells(kStride);
    bounds.dilation = cells(kDilation);
    for (const JobSpec& one : parsed(kPadding, kPaddingFallback)) bounds.padding.push_back(padding_of(*one.padding));
    if (text_of(kOutputPadding.option, {})) bounds.output_padding = cells(kOutputPadding);
    return bounds;
  }

 private:
  numerics::Layer base_layer() const {
    numerics::Layer layer;
    layer.kind = name_.kind;
    layer.dims = name_.dims;
    if (!layer.row().weights && !layer.row().pools)
      throw Error(ErrorKind::usage, fmt::format("{} has no window that could be solved for", name(name_)),
                  "convolutions, transposed convolutions and pooling have");
    decide_settings(question_.spec, layer);
    if (layer.transposed() && numerics::row_of(layer.rules).pads_stretched)
      throw Error(ErrorKind::usage,
                  fmt::format("solve counts a transposed layer's padding as its crop, {} does not",
                              numerics::row_of(layer.rules).title),
                  "leave out --rules, or take --rules pytorch");
    layer.in_channels = question_.spec.in_channels.value_or(layer.groups);
    layer.out_channels =
        layer.row().mixes_channels ? question_.spec.out_channels.value_or(layer.groups) : layer.in_channels;
    return layer;
  }

  /// What was typed, else what the layer's own words say, else the fallback; empty for none of them.
  std::optional<std::string> text_of(std::string_view option, std::string_view fallback) const {
    if (const auto found = question_.values.find(option); found != question_.values.end()) {
      const bool wanted = option == kOutput.option;  // every layer has an output, though few have the option
      if (!wanted && !has_option(name_, option))
        throw Error(ErrorKind::usage, fmt::format("{} has no --{}", name(name_), option));
      return found->second;
    }
    if (auto text = field_named(option)->print(question_.spec))
      return option == kPadding && text->find(',') != std::string::npos ? fmt::format("({})", *text) : *text;
    return fallback.empty() ? std::nullopt : std::optional(std::string(fallback));
  }

  /// Every value, read by its option.
  std::vector<JobSpec> parsed(std::string_view option, std::string_view fallback) const {
    const auto text = text_of(option, fallback);
    std::vector<JobSpec> specs;
    if (!text) return specs;
    for (const Row& row : axis(option, *text, question_.spec.limits).rows) {
      specs.emplace_back();
      for (const Assignment& one : row) one.field->parse(specs.back(), one.text);
    }
    return specs;
  }

  std::vector<Cell> cells(const Open& open) const {
    std::vector<Cell> all;
    for (const JobSpec& spec : parsed(open.option, open.fallback)) {
      const Sizes& sizes = *(spec.*open.member);
      for (const std::int64_t number : sizes) hold(open.option, number);
      all.push_back(expand(open.option, sizes, name_, open.unused));
    }
    return all;
  }

  std::vector<Cell> needed(const Open& open, std::string_view what, std::string_view example) const {
    if (!text_of(open.option, {}))
      throw Error(ErrorKind::usage, fmt::format("solve needs to know {}", what), std::string(example));
    const std::vector<Cell> all = cells(open);
    return question_.apart ? mixed(open) : all;
  }

  /// With axes apart, numbers that were given for every axis mix freely; a size that was written whole stays whole.
  std::vector<Cell> mixed(const Open& open) const {
    std::set<std::int64_t> free;
    std::set<Cell> all;
    for (const JobSpec& spec : parsed(open.option, open.fallback)) {
      const Sizes& sizes = *(spec.*open.member);
      if (sizes.size() == 1)
        free.insert(sizes.front());
      else
        all.insert(expand(open.option, sizes, name_, open.unused));
    }
    std::vector<Cell> products{Cell{1, 1, 1}};
    for (int a = numerics::first_axis(name_.dims); a < numerics::kAxes; ++a) {
      std::vector<Cell> more;
      for (const Cell& cell : products)
        for (const std::int64_t number : free) {
          more.push_back(cell);
          more.back()[static_cast<std::size_t>(a)] = number;
        }
      products = std::move(more);
      question_.spec.limits.hold(base::Limit::cases, static_cast<double>(products.size()),
                                 fmt::format("--axes apart: {} sizes or more", products.size()));
    }
    all.insert(products.begin(), products.end());
    return {all.begin(), all.end()};
  }

  numerics::PaddingTry padding_of(const PaddingSpec& spec) const {
    if (spec.name) return {spec.name, {}};
    for (const auto& list : {spec.symmetric, spec.sides})
      for (const std::int64_t number : list) hold(kPadding, number);
    return {std::nullopt, padding_sides(spec, name_)};
  }

  void hold(std::string_view option, std::int64_t number) const {
    question_.spec.limits.hold(base::Limit::axis, static_cast<double>(number), fmt::format("--{} {}", option, number));
  }

  const Question& question_;
  LayerName name_;
};

/// One number where the axes agree.
Sizes sizes_of(const Cell& cell, int dims) {
  Sizes sizes(cell.end() - dims, cell.end());
  if (std::all_of(sizes.begin(), sizes.end(), [&](std::int64_t n) { return n == sizes.front(); })) sizes.resize(1);
  return sizes;
}

PaddingSpec padding_spec(const numerics::Layer& layer) {
  Cell before{};
  std::vector<std::int64_t> sides;
  bool symmetric = true;
  for (int a = numerics::first_axis(layer.dims); a < numerics::kAxes; ++a) {
    before[a] = layer.padding[a].before;
    sides.insert(sides.end(), {layer.padding[a].before, layer.padding[a].after});
    symmetric = symmetric && layer.padding[a].before == layer.padding[a].after;
  }
  return symmetric ? PaddingSpec{{}, sizes_of(before, layer.dims), {}} : PaddingSpec{{}, {}, sides};
}

}  // namespace

numerics::Bounds bounds_of(const Question& question) {
  if (!question.spec.layer) throw Error(ErrorKind::usage, "no layer is named", "such as convreel solve conv2d");
  return Reader(question).read();
}

JobSpec with_answer(const JobSpec& base, const numerics::Layer& answer) {
  JobSpec spec = base;
  spec.layer = {answer.kind, answer.dims};
  spec.input_size = sizes_of(answer.input, answer.dims);
  spec.kernel_size = sizes_of(answer.kernel, answer.dims);
  spec.stride = sizes_of(answer.stride, answer.dims);
  spec.padding = padding_spec(answer);
  if (answer.row().dilates) spec.dilation = sizes_of(answer.dilation, answer.dims);
  if (answer.transposed()) spec.output_padding = sizes_of(answer.output_padding, answer.dims);
  spec.output_size.reset();
  return spec;
}

std::vector<std::pair<std::string_view, std::string>> options_of(const numerics::Layer& answer) {
  const JobSpec spec = with_answer({}, answer);
  std::vector<std::pair<std::string_view, std::string>> options;
  for (const Field& field : fields())
    if (auto text = field.print(spec); text && field.name != "layer") options.emplace_back(field.name, *text);
  return options;
}

}  // namespace convreel::job
