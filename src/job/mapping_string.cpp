// Mappings as PyTorch prints them: Upsample(scale_factor=2.0, mode='bilinear').
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.hpp"
#include "job/python_call.hpp"
#include "job/stack.hpp"

namespace convreel::job {

namespace {

using numerics::Mapping;
using numerics::MappingKind;
using numerics::Resizing;

// What arguments may be before anything is computed from them; the layers' limits (base::Limit) come after.
constexpr std::int64_t kLargest = 1 << 24, kLargestScale = 1 << 16;

/// How PyTorch calls a mapping: {} stands for the number of axes.
struct MappingWord {
  std::string_view name;
  MappingKind kind;
  std::string_view parameters;  ///< in PyTorch's order
  int required = 0;
  Resizing resizing = Resizing::nearest;
  bool align_corners = false;
};

constexpr MappingWord kWords[] = {
    {"ReLU", MappingKind::relu, "inplace"},
    {"LeakyReLU", MappingKind::leaky_relu, "negative_slope inplace"},
    {"ReLU6", MappingKind::clip, "inplace"},
    {"Hardtanh", MappingKind::clip, "min_val max_val inplace"},
    {"Sigmoid", MappingKind::sigmoid, ""},
    {"Tanh", MappingKind::tanh, ""},
    {"BatchNorm{}d", MappingKind::batch_norm, "num_features eps momentum affine track_running_stats device dtype", 1},
    {"Identity", MappingKind::identity, ""},
    {"Dropout", MappingKind::dropout, "p inplace"},
    {"Dropout{}d", MappingKind::dropout, "p inplace"},
    {"Upsample", MappingKind::upsample, "size scale_factor mode align_corners recompute_scale_factor"},
    {"UpsamplingNearest2d", MappingKind::upsample, "size scale_factor mode"},
    {"UpsamplingBilinear2d", MappingKind::upsample, "size scale_factor mode", 0, Resizing::linear, true},
    {"PixelShuffle", MappingKind::pixel_shuffle, "upscale_factor", 1},
    {"PixelUnshuffle", MappingKind::pixel_unshuffle, "downscale_factor", 1},
    {"MaxUnpool{}d", MappingKind::max_unpool, "kernel_size stride padding", 1},
    {"AdaptiveAvgPool{}d", MappingKind::adaptive_avg_pool, "output_size", 1},
    {"AdaptiveMaxPool{}d", MappingKind::adaptive_max_pool, "output_size return_indices", 1},
    {"ZeroPad{}d", MappingKind::zero_pad, "padding", 1},
    {"Flatten", MappingKind::flatten, "start_dim end_dim"},
    {"Linear", MappingKind::linear, "in_features out_features bias device dtype", 2},
};

bool has_axes(const MappingWord& word) { return word.name.find("{}") != std::string_view::npos; }

std::string named(const MappingWord& word, int dims) { return fmt::format(fmt::runtime(word.name), dims); }

/// Sets what a call's arguments say.
class MappingReader {
 public:
  MappingReader(const PythonCall& call, const MappingWord& word, int dims) : call_(call), word_(word) {
    made_.name = std::string(call.name);
    made_.dims = dims;
    mapping_.kind = word.kind;
    mapping_.name = made_.name;
    mapping_.dims = dims == 0 ? 2 : dims;
    if (word.name == "ReLU6") mapping_.low = 0, mapping_.high = 6;
    mapping_.resizing = word.resizing;
    mapping_.align_corners = word.align_corners;
  }

  StackLayer read() {
    std::vector<std::string_view> parameters;
    if (!word_.parameters.empty()) parameters = base::split(word_.parameters, ' ');
    if (word_.kind != MappingKind::identity)  // which takes anything and looks at nothing
      for (const PythonArgument& argument : bound_arguments(call_, parameters, word_.required))
        if (argument.value != "None") set(argument);
    finish();
    made_.layer = std::move(mapping_);
    return std::move(made_);
  }

 private:
  void set(const PythonArgument& argument) {
    const std::string text = option_text(argument.value);
    const std::string_view name = argument.name;
    if (name == "negative_slope") mapping_.slope = number(argument);
    if (name == "min_val") mapping_.low = number(argument);
    if (name == "max_val") mapping_.high = number(argument);
    if (name == "eps") mapping_.epsilon = number(argument);
    if (name == "num_features") mapping_.in_features = made_.channels = whole(argument, 1);
    if (name == "in_features") mapping_.in_features = whole(argument, 1);
    if (name == "out_features") mapping_.out_features = whole(argument, 1);
    if (name == "inplace" || name == "track_running_stats" || name == "return_indices") truth(argument);
    if (name == "momentum") number(argument);
    if (name == "p" && !(number(argument) >= 0 && number(argument) <= 1))
      fail_in(call_.name, fmt::format("p is between 0 and 1, not {}", argument.value));
    if (name == "affine" || name == "bias") mapping_.affine = truth(argument);
    if (name == "align_corners") mapping_.align_corners = truth(argument);
    if (name == "recompute_scale_factor") recompute_ = truth(argument);
    if (name == "upscale_factor" || name == "downscale_factor") mapping_.factor = whole(argument, 1);
    if (name == "mode") set_mode(text);
    if (name == "size" || name == "output_size") set_sizes(argument);
    if (name == "scale_factor") set_scales(argument);
    if (name == "kernel_size") mapping_.kernel = cell(argument, 1);
    if (name == "stride") stride_ = cell(argument, 1);
    if (name == "padding") word_.kind == MappingKind::zero_pad ? set_sides(argument) : set_padding(argument);
    if (name == "start_dim" && text != "1") fail_in(call_.name, "only start_dim 1 keeps to one picture");
    if (name == "end_dim" && text != "-1") fail_in(call_.name, "only end_dim -1 gives a row of values");
  }

  void finish() {
    mapping_.stride = stride_.value_or(mapping_.kernel);
    if (word_.kind != MappingKind::upsample) return;
    const bool sized = std::ranges::any_of(mapping_.size, [](const auto& one) { return one.has_value(); });
    const bool scaled = std::ranges::any_of(mapping_.scale, [](const auto& one) { return one.has_value(); });
    if (sized == scaled) fail_in(call_.name, "takes a size or a scale_factor, one of them");
    if (mapping_.align_corners && mapping_.resizing == Resizing::nearest)
      fail_in(call_.name, "align_corners belongs to mode='bilinear' or 'bicubic'", "nearest has no corners to align");
    mapping_.recomputes = recompute_;
  }

  void set_mode(const std::string& text) {
    if (text == "nearest" && word_.resizing == Resizing::nearest) return;
    if (text == "linear" || text == "bilinear" || text == "bicubic" || text == "trilinear") {
      const int dims = text == "linear" ? 1 : text == "trilinear" ? 3 : 2;
      if (made_.dims != 0 && made_.dims != dims) fail_in(call_.name, fmt::format("has no mode '{}'", text));
      made_.dims = mapping_.dims = dims;
      mapping_.resizing = text == "bicubic" ? Resizing::cubic : Resizing::linear;
      return;
    }
    fail_in(call_.name, fmt::format("mode '{}' cannot be shown", text),
            "nearest, linear (1-D), bilinear and bicubic can");
  }

  /// A value's parts: "(2, None)" has two.
  std::vector<std::string> parts(const PythonArgument& argument) const {
    if (is_quoted_number(argument.value))
      fail_in(call_.name, fmt::format("{} takes a number, not {}", argument.name, argument.value),
              "leave the quotes out");
    const std::string text = option_text(argument.value);
    std::vector<std::string> all;
    for (const std::string_view part : base::split(text, 'x')) all.emplace_back(base::trim(part));
    return all;
  }

  /// Calls visit(axis, text) for every axis: one value stands for all. A tuple tells how many axes there are.
  template <class Visit>
  void each_axis(const PythonArgument& argument, Visit visit) {
    const std::vector<std::string> all = parts(argument);
    const auto count = static_cast<int>(all.size());
    if (count > numerics::kAxes || (count > 1 && made_.dims != 0 && made_.dims != count))
      fail_in(call_.name, fmt::format("{} has {} numbers", argument.name, count));
    if (count > 1 && made_.dims == 0) made_.dims = mapping_.dims = count;
    const int first = count > 1 ? numerics::first_axis(count) : 0;
    for (int a = first; a < numerics::kAxes; ++a) visit(a, all[static_cast<std::size_t>(count > 1 ? a - first : 0)]);
  }

  void set_sizes(const PythonArgument& argument) {
    each_axis(argument, [&](int a, const std::string& text) {
      if (text != "None") mapping_.size[a] = whole({argument.name, text}, 1);
    });
  }

  void set_scales(const PythonArgument& argument) {
    each_axis(argument, [&](int a, const std::string& text) {
      const double scale = number({argument.name, text});
      if (!(scale > 0) || scale > static_cast<double>(kLargestScale))
        fail_in(call_.name, fmt::format("scale_factor {} is not between 0 and {}", text, kLargestScale));
      mapping_.scale[a] = scale;
    });
  }

  numerics::Cell cell(const PythonArgument& argument, std::int64_t least) {
    numerics::Cell made{least, least, least};
    const int first = numerics::first_axis(mapping_.dims);
    each_axis(argument, [&](int a, const std::string& text) {
      if (a >= first) made[a] = whole({argument.name, text}, least);
    });
    return made;
  }

  void set_padding(const PythonArgument& argument) {
    const numerics::Cell sides = cell(argument, 0);
    for (int a = 0; a < numerics::kAxes; ++a) mapping_.padding[a] = {sides[a], sides[a]};
  }

  /// (left, right, top, bottom, ...): the last axis first.
  void set_sides(const PythonArgument& argument) {
    const std::vector<std::string> all = parts(argument);
    const std::size_t wanted = 2 * static_cast<std::size_t>(made_.dims);
    if (all.size() != 1 && all.size() != wanted)
      fail_in(call_.name, fmt::format("padding has {} sides, not {}", all.size(), wanted));
    for (int n = 0; n < made_.dims; ++n) {
      const auto side = [&](std::size_t k) { return whole({"padding", all[all.size() == 1 ? 0 : k]}, -kLargestScale); };
      const auto at = 2 * static_cast<std::size_t>(n);
      mapping_.padding[static_cast<std::size_t>(numerics::kAxes - 1 - n)] = {side(at), side(at + 1)};
    }
  }

  double number(const PythonArgument& argument) const {
    const auto value = base::parse_double(argument.value);
    if (!value || !std::isfinite(*value))
      fail_in(call_.name, fmt::format("{} takes a number, not {}", argument.name, argument.value));
    return *value;
  }

  [[nodiscard]] std::int64_t whole(const PythonArgument& argument, std::int64_t least) const {
    const auto value = base::parse_int(argument.value);
    if (!value || *value < least)
      fail_in(call_.name,
              fmt::format("{} takes a whole number of at least {}, not {}", argument.name, least, argument.value));
    if (*value > kLargest)
      fail_in(call_.name, fmt::format("{} {} is over the limit of {}", argument.name, *value, kLargest), {},
              base::ErrorKind::impossible);
    return *value;
  }

  bool truth(const PythonArgument& argument) const {
    if (argument.value != "True" && argument.value != "False")
      fail_in(call_.name, fmt::format("{} is True or False, not {}", argument.name, argument.value));
    return argument.value == "True";
  }

  const PythonCall& call_;
  const MappingWord& word_;
  StackLayer made_;
  Mapping mapping_;
  std::optional<numerics::Cell> stride_;
  bool recompute_ = false;
};

}  // namespace

std::optional<StackLayer> mapping_of(const PythonCall& call) {
  for (const MappingWord& word : kWords) {
    const bool two = word.name.ends_with("2d");
    if (!has_axes(word) && call.name == word.name) return MappingReader(call, word, two ? 2 : 0).read();
    for (int dims = 1; has_axes(word) && dims <= numerics::kAxes; ++dims)
      if (call.name == named(word, dims)) return MappingReader(call, word, dims).read();
  }
  return std::nullopt;
}

std::vector<MappingName> mapping_words() {
  std::vector<MappingName> all;
  for (const MappingWord& word : kWords)
    for (int dims = 1; dims <= (has_axes(word) ? numerics::kAxes : 1); ++dims)
      all.push_back({word.kind, named(word, dims), word.parameters, word.required, has_axes(word) ? dims : 0});
  return all;
}

bool looks_like_mapping(std::string_view text) {
  const auto call = python_call(text);
  return call &&
         std::ranges::any_of(mapping_words(), [&](const MappingName& word) { return word.torch_name == call->name; });
}

std::vector<std::string> mapping_names() {
  std::vector<std::string> names;
  for (const MappingWord& word : kWords) names.push_back(named(word, 2));
  return names;
}

}  // namespace convreel::job
