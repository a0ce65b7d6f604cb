// Layers as PyTorch prints them and as people write them: Conv2d(1, 8, 3, padding='same').
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "job/fields.hpp"
#include "job/layer_name.hpp"
#include "job/sources.hpp"

namespace convreel::job {

namespace {

using base::Error;
using base::ErrorKind;
using View = std::string_view;

/// They change no number of the picture.
constexpr std::array<View, 3> kWithoutEffect = {"device", "dtype", "return_indices"};
/// What bias=True says not: its values.
constexpr View kSomeBias = "1";

std::vector<View> parameters(const LayerName& layer) {
  std::vector<View> names = base::split(numerics::row_of(layer.kind).torch_parameters, ' ');
  if (layer.dims == 1) std::erase(names, "divisor_override");  // AvgPool1d is without
  return names;
}

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
}

/// The text cut into the class name and what stands between its brackets.
struct Call {
  View name, arguments;
  bool closed = true;
  View after;  ///< what stands behind the closing bracket
};

/// Where the bracket opened at `open` closes; the text's size when nowhere.
std::size_t closing(View text, std::size_t open) {
  int depth = 0;
  for (std::size_t i = open; i < text.size(); ++i) {
    depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
    if (depth == 0) return i;
  }
  return text.size();
}

bool is_layer(View name) {
  return std::ranges::any_of(layer_rows(), [&](const LayerRow& row) { return row.torch_name == name; });
}

/// "(conv1): nn.Conv2d(1, 1, 3)" and "self.up = nn.ConvTranspose2d(...)" too, as they stand in printed models and code.
std::optional<Call> call_in(View text) {
  text = base::trim(text);
  const auto colon = text.starts_with('(') ? text.find("):") : View::npos;
  if (colon != View::npos) text = base::trim(text.substr(colon + 2));
  while (text.ends_with(';') || text.ends_with(',')) text = base::trim(text.substr(0, text.size() - 1));
  const auto open = text.find('(');
  if (open == View::npos) return std::nullopt;
  const auto equals = text.substr(0, open).rfind('=');
  View name =
      base::trim(text.substr(equals == View::npos ? 0 : equals + 1, open - (equals == View::npos ? 0 : equals + 1)));
  if (name.empty() || !std::all_of(name.begin(), name.end(), is_word)) return std::nullopt;
  const auto dot = name.rfind('.');
  if (dot != View::npos) name = name.substr(dot + 1);
  if (name.empty() || name[0] < 'A' || name[0] > 'Z') return std::nullopt;
  const std::size_t close = closing(text, open);
  Call call{name, text.substr(open + 1, std::min(close, text.size()) - open - 1), close < text.size(), {}};
  if (call.closed) call.after = base::trim(text.substr(close + 1));
  const bool whole = call.closed && call.after.empty();
  return whole || is_layer(name) ? std::optional(call) : std::nullopt;
}

LayerName layer_of(View name) {
  for (const LayerRow& row : layer_rows())
    if (row.torch_name == name) return row.layer;
  std::vector<View> names;
  for (const LayerRow& row : layer_rows()) names.push_back(row.torch_name);
  const auto near = base::nearest(name, names);
  throw Error(ErrorKind::usage, fmt::format("unknown layer {}", name),
              near ? fmt::format("did you mean {}?", *near) : fmt::format("known: {}", fmt::join(names, ", ")));
}

/// Splits at commas outside of brackets and quotes.
std::vector<View> arguments_of(View text) {
  std::vector<View> parts;
  int depth = 0;
  char quote = 0;
  std::size_t start = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quote != 0)
      quote = c == quote ? 0 : quote;
    else if (c == '\'' || c == '"')
      quote = c;
    else if (c == '(' || c == '[')
      ++depth;
    else if (c == ')' || c == ']')
      --depth;
    else if (c == ',' && depth == 0) {
      parts.push_back(base::trim(text.substr(start, i - start)));
      start = i + 1;
    }
  }
  const View last = base::trim(text.substr(start));
  if (!last.empty()) parts.push_back(last);
  return parts;
}

/// A Python value as an option's text: (3, 5) -> 3x5, 'same' -> same, True -> true.
std::string option_text(View value) {
  const bool quoted = value.size() >= 2 && (value[0] == '\'' || value[0] == '"') && value.back() == value[0];
  if (quoted) return std::string(value.substr(1, value.size() - 2));
  if (value == "True" || value == "False") return base::lower(value);
  const bool tuple =
      value.size() >= 2 && ((value[0] == '(' && value.back() == ')') || (value[0] == '[' && value.back() == ']'));
  if (!tuple) return std::string(value);
  std::vector<std::string> numbers;
  for (View part : arguments_of(value.substr(1, value.size() - 2))) numbers.emplace_back(part);
  return base::join(numbers, "x");
}

/// Takes a call's arguments one by one, as Python would.
class Arguments {
 public:
  Arguments(View layer, std::vector<View> known, std::vector<std::string>* open)
      : layer_(layer), known_(std::move(known)), given_(known_.size(), false), open_(open) {}

  void take(View argument, JobSpec& spec) {
    const auto equals = argument.find('=');
    const bool keyword = equals != View::npos && argument[0] != '\'' && argument[0] != '"';
    if (!keyword && by_name_) fail(fmt::format("\"{}\" stands after a named argument", argument));
    by_name_ = keyword;
    const std::size_t place = keyword ? named(base::trim(argument.substr(0, equals))) : next();
    if (given_[place]) fail(fmt::format("{} was given twice", known_[place]));
    given_[place] = true;
    set(known_[place], keyword ? base::trim(argument.substr(equals + 1)) : argument, spec);
  }

  /// The first `count` parameters must have been given.
  void require(int count) const {
    for (std::size_t place = 0; place < static_cast<std::size_t>(count); ++place)
      if (!given_[place]) fail(fmt::format("{} is missing", known_[place]));
  }

 private:
  std::size_t next() {
    if (positional_ == known_.size()) fail(fmt::format("more than {} arguments", known_.size()));
    return positional_++;
  }

  std::size_t named(View name) const {
    const auto found = std::find(known_.begin(), known_.end(), name);
    if (found != known_.end()) return static_cast<std::size_t>(found - known_.begin());
    const auto near = base::nearest(name, known_);
    fail(fmt::format("unknown argument {}", name),
         near ? fmt::format("did you mean {}?", *near) : fmt::format("it takes {}", fmt::join(known_, ", ")));
  }

  void set(View name, View value, JobSpec& spec) const {
    if (value == "?") return leave_open(name);
    const bool without_effect = std::find(kWithoutEffect.begin(), kWithoutEffect.end(), name) != kWithoutEffect.end();
    if (without_effect || value == "None") return;
    if (name == "bias") return set_bias(value, spec);
    try {
      field_named(name)->parse(spec, option_text(value));
    } catch (const Error& error) {
      const base::Problem& problem = error.problems().front();
      fail(problem.message.starts_with("--") ? problem.message.substr(2) : problem.message, problem.hint, error.kind());
    }
  }

  void leave_open(View name) const {
    if (!open_)
      fail(fmt::format("{} is left open", name),
           "convreel solve finds what fits: solve 'Conv2d(1, 1, kernel_size=?)' -i 28 --to 14");
    open_->emplace_back(name);
  }

  /// A layer that does not tell its bias is shown without one.
  void set_bias(View value, JobSpec& spec) const {
    if (value == "True")
      spec.bias = kSomeBias;
    else if (value != "False")
      fail(fmt::format("bias is True or False, not {}", value));
  }

  [[noreturn]] void fail(const std::string& what, std::string hint = {}, ErrorKind kind = ErrorKind::usage) const {
    throw Error(kind, fmt::format("{}: {}", layer_, what), std::move(hint));
  }

  View layer_;
  std::vector<View> known_;
  std::vector<bool> given_;
  std::vector<std::string>* open_;
  std::size_t positional_ = 0;
  bool by_name_ = false;
};

}  // namespace

bool looks_like_layer(std::string_view text) { return call_in(text).has_value(); }

JobSpec from_layer_string(std::string_view text, std::vector<std::string>* open) {
  const auto call = call_in(text);
  if (!call)
    throw Error(ErrorKind::usage, fmt::format("\"{}\" is not a layer as PyTorch prints it", text.substr(0, 60)),
                "such as 'Conv2d(1, 1, kernel_size=3, stride=2, padding=1)'");
  if (!call->closed)
    throw Error(ErrorKind::usage, fmt::format("{}( is not closed", call->name), "add the missing bracket");
  if (!call->after.empty())
    throw Error(ErrorKind::usage, fmt::format("\"{}\" stands after {}(...)", call->after.substr(0, 60), call->name),
                "one layer at a time; convreel compare draws several");
  JobSpec spec;
  spec.layer = layer_of(call->name);
  Arguments arguments(call->name, parameters(*spec.layer), open);
  for (View argument : arguments_of(call->arguments)) {
    if (argument.empty()) throw Error(ErrorKind::usage, fmt::format("{}: two commas in a row", call->name));
    arguments.take(argument, spec);
  }
  arguments.require(numerics::row_of(spec.layer->kind).torch_required);
  return spec;
}

}  // namespace convreel::job
