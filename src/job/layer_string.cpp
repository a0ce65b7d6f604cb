// Layers as the frameworks print them and as people write them: Conv2d(1, 8, 3, padding='same'), Conv2D(8, 3,
// strides=2), nn.Conv(features=8, kernel_size=(3, 3)), Conv <strides = [2, 2]> (x, w).
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "base/text.hpp"
#include "job/fields.hpp"
#include "job/layer_name.hpp"
#include "job/python_call.hpp"
#include "job/signatures.hpp"
#include "job/sources.hpp"

namespace convreel::job {

namespace {

using base::Error;
using base::ErrorKind;
using numerics::Rules;
using View = std::string_view;

/// What bias=True says not: its values.
constexpr View kSomeBias = "1";
constexpr std::size_t kLongestLine = 1 << 14;

/// A call that can only be meant as a layer: whole, or of a layer's name.
std::optional<PythonCall> layer_call(View text) {
  auto call = python_call(text);
  const bool whole = call && call->closed && call->after.empty();
  return whole || (call && names_layer(*call)) ? call : std::nullopt;
}

class LineReader;

/// What an argument means: an option's value, or something of its own.
struct Word {
  View argument, option;
  void (LineReader::*take)(const PythonArgument&) = nullptr;
};

/// Reads the arguments of one call.
class LineReader {
 public:
  LineReader(const Signature& signature, View text, std::vector<std::string>* open)
      : signature_(signature), text_(text), open_(open) {}

  JobSpec read(const PythonCall& call) {
    arguments_ = bound_arguments(call, signature_.parameters, signature_.required);
    spec_.layer = {signature_.kind, axes()};
    if (signature_.rules != Rules::pytorch) spec_.rules = signature_.rules;
    for (const PythonArgument& argument : arguments_) take(argument);
    finish();
    return std::move(spec_);
  }

  // Argument by argument; the table below says which reads what.
  void nothing(const PythonArgument&) {}

  /// A layer that does not tell its bias is shown without one.
  void bias(const PythonArgument& argument) {
    if (argument.value == "True")
      spec_.bias = kSomeBias;
    else if (argument.value != "False")
      fail(argument, fmt::format("{} is True or False, not {}", argument.name, argument.value));
  }
  /// Keras' count of kernels; of tf.nn the kernels themselves.
  void filters(const PythonArgument& argument) {
    if (signature_.path.empty()) option(argument, "out-channels", option_text(argument.value));
  }
  void bias_input(const PythonArgument&) { spec_.bias = kSomeBias; }

  void activation(const PythonArgument& argument) {
    if (option_text(argument.value) != "linear")
      fail(argument, "an activation is a layer of its own here",
           "leave it out, or convreel stack 'Conv2d(1, 1, 3)' 'ReLU()'");
  }

  /// Arguments that would change what is computed, and that are read only as long as they do not.
  void nothing_but_default(const PythonArgument& argument) {
    if (argument.value != "1" && argument.value != "False")
      fail(argument, fmt::format("{} {} cannot be shown", argument.name, argument.value), "leave it out");
  }

  /// tf.nn's lists may have a number for the batch and one for the channels too.
  void spatial(const PythonArgument& argument) {
    std::vector<std::int64_t> numbers = numbers_of(argument.value);
    const auto dims = static_cast<std::size_t>(spec_.layer->dims);
    if (numbers.size() != dims + 2) return option(argument, option_of(argument), option_text(argument.value));
    const auto first = numbers.begin() + (channels_first() ? 2 : 1);
    if (argument.name != "output_shape" &&
        (numbers.front() != 1 || *(channels_first() ? first - 1 : first + dims) != 1))
      fail(argument, fmt::format("{} moves over the batch or the channels", argument.name),
           "both numbers have to be 1");
    if (argument.name == "output_shape" && signature_.kind != numerics::LayerKind::max_pool)
      option(argument, "out-channels", std::to_string(*(channels_first() ? first - 1 : first + dims)));
    option(argument, option_of(argument), joined({first, first + static_cast<std::ptrdiff_t>(dims)}, "x"));
  }
  /// What a program computes elsewhere is left to --output-size.
  void output_shape(const PythonArgument& argument) {
    if (!numbers_of(argument.value).empty()) spatial(argument);
  }
  /// Keras' [rows, columns, channels].
  void input_shape(const PythonArgument& argument) {
    std::vector<std::int64_t> numbers = numbers_of(argument.value);
    const auto dims = static_cast<std::size_t>(spec_.layer->dims);
    if (numbers.size() != dims + 1)
      fail(argument, fmt::format("input_shape has {} numbers, not {}", numbers.size(), dims + 1));
    if (channels_first()) std::rotate(numbers.begin(), numbers.begin() + 1, numbers.end());
    option(argument, "in-channels", std::to_string(numbers.back()));
    numbers.pop_back();
    option(argument, "input-size", joined(numbers, "x"));
  }

  void padding(const PythonArgument& argument) {
    const std::vector<std::int64_t> numbers = numbers_of(argument.value);
    if (numbers.empty()) return padding_word(argument, base::lower(option_text(argument.value)));
    const bool pairs = argument.value.find_first_of("([", 1) != View::npos;
    auto sides = numbers;
    const auto dims = static_cast<std::size_t>(spec_.layer->dims);
    if (pairs && sides.size() == 2 * dims + 4) {  // tf.nn: batch and channels are not padded
      const auto first = sides.begin() + (channels_first() ? 4 : 2);
      sides = {first, first + static_cast<std::ptrdiff_t>(2 * dims)};
      const auto none = [](std::int64_t side) { return side == 0; };
      if (std::ranges::count_if(numbers, none) != std::ranges::count_if(sides, none) + 4)
        fail(argument, fmt::format("{} pads the batch or the channels", argument.name), "both pairs have to be [0, 0]");
    }
    option(argument, "padding", joined(sides, pairs ? "," : "x"));
  }

  /// ONNX: every begin, then every end.
  void pads(const PythonArgument& argument) {
    const std::vector<std::int64_t> numbers = numbers_of(argument.value);
    const auto dims = static_cast<std::size_t>(spec_.layer->dims);
    if (numbers.size() != 2 * dims)
      fail(argument, fmt::format("pads has {} numbers, not {}", numbers.size(), 2 * dims),
           "every begin, then every end");
    std::vector<std::int64_t> sides;
    for (std::size_t a = 0; a < dims; ++a) sides.insert(sides.end(), {numbers[a], numbers[dims + a]});
    option(argument, "padding", joined(sides, ","));
  }
  void auto_pad(const PythonArgument& argument) {
    constexpr std::array<std::pair<View, View>, 4> kWords{
        {{"NOTSET", ""}, {"VALID", "valid"}, {"SAME_UPPER", "same-upper"}, {"SAME_LOWER", "same-lower"}}};
    const std::string said = option_text(argument.value);
    for (const auto& [word, rule] : kWords) {
      if (word != said) continue;
      if (rule.empty()) return;
      if (given("pads"))
        fail(argument, fmt::format("auto_pad {} and pads both say the padding", said), "give one of them");
      return option(argument, "padding", std::string(rule));
    }
    fail(argument, fmt::format("auto_pad has no {}", said), "NOTSET, VALID, SAME_UPPER or SAME_LOWER");
  }
  /// How tensors lie in memory changes nothing that is drawn, as long as all name the same axes in one order. What a
  /// program computes elsewhere is taken for such.
  void dimension_numbers(const PythonArgument& argument) {
    const View value = argument.value;
    if (!is_quoted(value) && value.find_first_of("([{0123456789") != 0) return;
    constexpr std::array<View, 3> kOthers{"NC", "IO", "NC"};
    const std::vector<View> words = python_arguments(value.substr(1, std::max<std::size_t>(value.size(), 2) - 2));
    std::string order;
    bool fits = words.size() == kOthers.size();
    for (std::size_t n = 0; fits && n < words.size(); ++n) {
      std::string axes = option_text(words[n]);
      for (const char other : kOthers[n]) fits = fits && std::erase(axes, other) == 1;
      if (n == 0) order = axes;
      fits = fits && is_quoted(words[n]) && axes == order;
    }
    const auto count = static_cast<std::size_t>(spec_.layer->dims);
    fits = fits && std::set(order.begin(), order.end()).size() == count && order.size() == count;
    if (!fits)
      fail(argument, fmt::format("dimension_numbers {} are not three layouts with the same axes in one order", value),
           "such as ('NHWC', 'HWIO', 'NHWC')");
  }
  void number_switch(const PythonArgument& argument) {
    const View value = argument.value;
    const bool on = value == "1" || value == "True";
    if (!on && value != "0" && value != "False")
      fail(argument, fmt::format("{} is 0 or 1, not {}", argument.name, value));
    option(argument, option_of(argument), on ? "true" : "false");
  }

  /// The kernel of a transposed layer is turned when it is "transposed".
  void transpose_kernel(const PythonArgument& argument) {
    if (argument.value != "True" && argument.value != "False")
      fail(argument, fmt::format("transpose_kernel is True or False, not {}", argument.value));
    spec_.flip_kernel = argument.value == "False";
  }
  /// A stride of the input makes the layer a transposed one, whose window has to move by 1.
  void lhs_dilation(const PythonArgument& argument) {
    const std::vector<std::int64_t> numbers = numbers_of(argument.value);
    if (std::ranges::all_of(numbers, [](std::int64_t n) { return n == 1; }) && !numbers.empty()) return;
    if (spec_.stride && std::ranges::any_of(*spec_.stride, [](std::int64_t n) { return n != 1; }))
      fail(argument, fmt::format("{} {} beside strides other than 1: neither a convolution nor a transposed one",
                                 argument.name, argument.value));
    if (spec_.padding && spec_.padding->name)
      fail(argument, fmt::format("{} takes no padding by name", argument.name), "give pairs: padding=[(1, 1), (1, 1)]");
    spec_.layer->kind = numerics::LayerKind::conv_transpose;
    spec_.stride.reset();
    option(argument, "stride", option_text(argument.value));
  }

 private:
  /// Of arguments with a number an axis.
  [[nodiscard]] int axes() const {
    if (signature_.dims != 0) return signature_.dims;
    constexpr std::array<View, 12> kByAxis{"kernel_size",  "window_shape",   "kernel_shape",    "window_strides",
                                           "strides",      "dilations",      "kernel_dilation", "rhs_dilation",
                                           "lhs_dilation", "input_dilation", "output_padding",  "pads"};
    for (const PythonArgument& argument : arguments_) {
      if (std::ranges::find(kByAxis, argument.name) == kByAxis.end()) continue;
      const std::size_t count = numbers_of(argument.value).size() / (argument.name == "pads" ? 2 : 1);
      const bool list = argument.value.starts_with('(') || argument.value.starts_with('[');
      if (count == 0 || (!list && argument.name != "kernel_size")) continue;
      if (count > numerics::kAxes)
        fail(argument, fmt::format("{} has {} axes; 1 to {} can be shown", argument.name, count, numerics::kAxes));
      return static_cast<int>(count);
    }
    fail_in(signature_.name, "nothing says how many axes the layer has",
            "such as kernel_size=(3, 3) or kernel_shape=[3, 3]");
  }

  void take(const PythonArgument& argument);
  [[nodiscard]] const Word* word_of(const PythonArgument& argument) const;

  [[nodiscard]] View option_of(const PythonArgument& argument) const {
    const Word* word = word_of(argument);
    return word && !word->option.empty() ? word->option : argument.name;
  }

  void option(const PythonArgument& argument, View name, const std::string& text) {
    if (is_quoted_number(argument.value))
      fail(argument, fmt::format("{} takes a number, not {}", argument.name, argument.value), "leave the quotes out");
    try {
      field_named(name)->parse(spec_, text);
    } catch (const Error& error) {
      std::string message = error.problems().front().message;
      if (message.starts_with(fmt::format("--{} ", name)))
        message = fmt::format("{}{}", argument.name, View(message).substr(name.size() + 2));
      fail(argument, message, error.problems().front().hint, error.kind());
    }
  }

  void padding_word(const PythonArgument& argument, const std::string& word) {
    constexpr std::array<View, 2> kModes{"circular", "reflect"};
    const bool flax = signature_.rules == Rules::jax;
    if (word == "same_lower" && flax) return option(argument, "padding", "same-lower");
    if (std::ranges::find(kModes, word) != kModes.end() && flax) {
      option(argument, "padding-mode", word);
      return;  // as much as `same` has: finish()
    }
    if (word != "same" && word != "valid" && word != "causal")
      fail(argument, fmt::format("padding is not {}", argument.value),
           flax ? "'SAME', 'VALID', 'SAME_LOWER', 'CIRCULAR', 'REFLECT', 'CAUSAL', a number or pairs of them"
                : "'valid', 'same' or 'causal'");
    option(argument, "padding", word);
  }

  void leave_open(const PythonArgument& argument) {
    if (!open_)
      fail_in(signature_.name, fmt::format("{} is left open", argument.name),
              "convreel solve finds what fits: solve 'Conv2d(1, 1, kernel_size=?)' -i 28 --to 14");
    std::string name(option_of(argument));
    std::ranges::replace(name, '-', '_');
    open_->push_back(std::move(name));
  }

  /// What the line leaves to the framework and not to the rules.
  void finish() {
    const bool pools = numerics::row_of(signature_.kind).pools;
    if (signature_.rules == Rules::keras && pools && !spec_.kernel_size) spec_.kernel_size = Sizes{2};
    if (signature_.rules != Rules::jax || !spec_.padding_mode) return;
    // Flax pads (ke - 1) / 2 cells before and ke / 2 after, whatever the stride.
    std::vector<std::int64_t> sides;
    const auto at = [&](const std::optional<Sizes>& sizes, std::size_t a) {
      return !sizes ? 1 : sizes->size() == 1 ? sizes->front() : sizes->at(a);
    };
    for (std::size_t a = 0; a < static_cast<std::size_t>(spec_.layer->dims); ++a) {
      const auto same = numerics::same_padding(at(spec_.kernel_size, a), at(spec_.dilation, a));
      sides.insert(sides.end(), {same.before, same.after});
    }
    spec_.padding = PaddingSpec{{}, {}, sides};
  }

  [[nodiscard]] bool given(View name) const {
    return std::ranges::find(arguments_, name, &PythonArgument::name) != arguments_.end();
  }
  [[nodiscard]] bool channels_first() const {
    const auto found = std::ranges::find(arguments_, View("data_format"), &PythonArgument::name);
    const std::string format = found == arguments_.end() ? "" : option_text(found->value);
    return signature_.rules == Rules::onnx || format == "channels_first" || format.starts_with("NC");
  }

  static std::string joined(const std::vector<std::int64_t>& numbers, View joiner) {
    return fmt::format("{}", fmt::join(numbers, joiner));
  }

  /// Other frameworks' lines say where, since their arguments are not called as our options are.
  [[noreturn]] void fail(const PythonArgument& argument, const std::string& what, std::string hint = {},
                         ErrorKind kind = ErrorKind::usage) const {
    if (signature_.rules == Rules::pytorch) fail_in(signature_.name, what, std::move(hint), kind);
    const auto place = argument.value.data() - text_.data() + 1;
    fail_in(signature_.name, fmt::format("{} (character {})", what, place), std::move(hint), kind);
  }

  const Signature& signature_;
  View text_;
  std::vector<std::string>* open_;
  std::vector<PythonArgument> arguments_;
  JobSpec spec_;
};

using L = LineReader;
/// Arguments that no framework calls as our options, or that need more than an option's reader. Any other is an option.
constexpr Word kArgumentWords[] = {
    {"device", "", &L::nothing},
    {"dtype", "", &L::nothing},
    {"name", "", &L::nothing},
    {"filters", "", &L::filters},
    {"return_indices", "", &L::nothing},
    {"bias", "", &L::bias},
    {"use_bias", "", &L::bias},
    {"B", "", &L::bias_input},
    {"activation", "", &L::activation},
    {"mask", "", &L::nothing_but_default},
    {"batch_group_count", "", &L::nothing_but_default},
    {"use_consistent_padding", "", &L::nothing_but_default},
    {"input_shape", "", &L::input_shape},
    {"output_shape", "output-size", &L::output_shape},
    {"features", "out-channels"},
    {"out_features", "out-channels"},
    {"in_features", "in-channels"},
    {"window_shape", "kernel-size"},
    {"ksize", "kernel-size", &L::spatial},
    {"strides", "stride", &L::spatial},
    {"window_strides", "stride"},
    {"dilations", "dilation", &L::spatial},
    {"kernel_dilation", "dilation"},
    {"rhs_dilation", "dilation"},
    {"lhs_dilation", "stride", &L::lhs_dilation},
    {"input_dilation", "stride", &L::lhs_dilation},
    {"feature_group_count", "groups"},
    {"padding", "", &L::padding},
    {"pads", "padding", &L::pads},
    {"dimension_numbers", "", &L::dimension_numbers},
    {"auto_pad", "padding", &L::auto_pad},
    {"ceil_mode", "ceil-mode", &L::number_switch},
    {"count_include_pad", "count-include-pad", &L::number_switch},
    {"transpose_kernel", "", &L::transpose_kernel},
};

const Word* LineReader::word_of(const PythonArgument& argument) const {
  // PyTorch's own are called as our options are.
  const auto* word = std::ranges::find(kArgumentWords, argument.name, &Word::argument);
  return word == std::end(kArgumentWords) ? nullptr : word;
}

void LineReader::take(const PythonArgument& argument) {
  if (argument.value == "?") return leave_open(argument);
  if (argument.value == "None") return;
  const Word* word = word_of(argument);
  const bool as_is = signature_.rules == Rules::pytorch && word && word->take != &L::nothing && word->take != &L::bias;
  if (as_is || (word && !word->take) || (!word && field_named(argument.name)))
    return option(argument, as_is ? argument.name : option_of(argument), option_text(argument.value));
  if (word) (this->*word->take)(argument);
}

}  // namespace

bool looks_like_layer(std::string_view text) { return layer_call(text).has_value(); }

LineAndOptions line_and_options(std::string_view text) {
  const auto call = python_call(text);
  if (!call || !call->closed || !call->after.starts_with('-')) return {};
  return {text.substr(0, call->end), text.substr(call->end)};
}

JobSpec from_layer_string(std::string_view text, std::vector<std::string>* open) {
  const auto written = layer_call(text);
  if (!written)
    throw Error(ErrorKind::usage, fmt::format("\"{}\" is not a layer as PyTorch prints it", text.substr(0, 60)),
                "such as 'Conv2d(1, 1, kernel_size=3, stride=2, padding=1)'");
  if (text.size() > kLongestLine)
    throw Error(ErrorKind::usage,
                fmt::format("a layer's line of {} characters; at most {} are read", text.size(), kLongestLine));
  const PythonCall call = unwrapped_node(*written);
  if (!call.closed)
    throw Error(ErrorKind::usage, fmt::format("{}( is not closed", call.name), "add the missing bracket");
  if (!call.after.empty())
    throw Error(ErrorKind::usage, fmt::format("\"{}\" stands after {}(...)", call.after.substr(0, 60), call.name),
                "one layer at a time; convreel compare draws several");
  return LineReader(signature_of(call), text, open).read(call);
}

}  // namespace convreel::job
