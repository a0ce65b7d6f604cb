// Stacks as PyTorch prints them, nested too, and layers with options of their own behind them.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "job/fields.hpp"
#include "job/layer_name.hpp"
#include "job/nesting.hpp"
#include "job/python_call.hpp"
#include "job/signatures.hpp"
#include "job/sources.hpp"
#include "job/stack.hpp"

namespace convreel::job {

namespace {

using base::Error;
using base::ErrorKind;

constexpr std::string_view kSpaces = " \t\r\n";
constexpr int kDeepestModule = 32;

/// Modules whose layers follow one another.
bool is_module(std::string_view name) { return name == "Sequential" || name == "ModuleList"; }

/// "(0): Conv2d(...)": a printed module's first line, whatever the module is called.
bool begins_labelled(std::string_view inside) {
  inside = base::trim(inside);
  const auto close = inside.find("):");
  return inside.starts_with('(') && close != std::string_view::npos &&
         inside.substr(1, close - 1).find_first_of("(, ") == std::string_view::npos;
}

bool opens_module(const PythonCall& call) { return is_module(call.name) || begins_labelled(call.arguments); }

/// Without what Python's "#" begins.
std::string without_comments(std::string_view text) {
  std::string kept;
  Nesting quotes("", "");
  bool comment = false;
  for (const char c : text) {
    comment = c != '\n' && (comment || (c == '#' && quotes.outside()));
    if (comment) continue;
    quotes.read(c);
    kept += c;
  }
  return kept;
}

/// What stands in quotes stays as it is: a matrix has its rows on lines.
std::string one_line(std::string_view text) {
  std::string line;
  Nesting quotes("", "");
  for (const char c : text) {
    quotes.read(c);
    const bool space = kSpaces.find(c) != std::string_view::npos && quotes.outside();
    if (!space)
      line += c;
    else if (!line.empty() && line.back() != ' ')
      line += ' ';
  }
  return std::string(base::trim(line));
}

void open_module(std::string_view name, std::string_view inside, int depth, std::vector<std::string>& layers);

void add_layer(std::string_view text, int depth, std::vector<std::string>& layers) {
  const auto call = python_call(text);
  if (call && call->closed && call->after.empty() && opens_module(*call)) {
    if (depth == kDeepestModule)
      throw Error(ErrorKind::usage, fmt::format("modules within modules, {} deep", depth), "write the layers in a row");
    return open_module(call->name, call->arguments, depth + 1, layers);
  }
  layers.push_back(one_line(text));
}

/// "2 x Conv2d(...)" is how PyTorch prints equal modules in a row.
void add_layers(std::string_view text, int depth, std::vector<std::string>& layers) {
  const auto cross = text.find(" x ");
  const auto count = cross == std::string_view::npos ? std::nullopt : base::parse_int(text.substr(0, cross));
  if (!count) return add_layer(text, depth, layers);
  std::vector<std::string> one;
  add_layer(text.substr(cross + 3), depth, one);
  const std::int64_t most = base::row_of(base::Limit::layers).most / std::max<std::int64_t>(1, std::ssize(one));
  if (*count < 1 || *count > most)
    throw Error(ErrorKind::usage,
                fmt::format("{} times {}: 1 to {} can be read", *count, one_line(text.substr(cross + 3, 60)), most));
  for (std::int64_t n = 0; n < *count; ++n) layers.insert(layers.end(), one.begin(), one.end());
}

/// The layers between a module's brackets: each ends with its own bracket, one comma behind it or none.
void open_module(std::string_view name, std::string_view inside, int depth, std::vector<std::string>& layers) {
  std::string_view rest = inside;
  bool comma = true;
  while (true) {
    rest.remove_prefix(std::min(rest.find_first_not_of(kSpaces), rest.size()));
    if (rest.empty()) return;
    if (rest.starts_with(',')) {
      if (comma) fail_in(name, "a comma with no layer before it");
      comma = true;
      rest.remove_prefix(1);
      continue;
    }
    comma = false;
    std::size_t start = 0;
    if (const auto label = rest.find("):"); rest.starts_with('(') && label != std::string_view::npos)
      start = rest.find_first_not_of(kSpaces, label + 2);
    const auto open = start == std::string_view::npos ? start : rest.find('(', start);
    if (open == std::string_view::npos)
      throw Error(ErrorKind::usage, fmt::format("\"{}\" is not a layer as PyTorch prints it", rest.substr(0, 60)),
                  "such as (0): Conv2d(1, 1, kernel_size=(3, 3), stride=(1, 1))");
    const std::size_t close = closing_bracket(rest, open);
    if (close == rest.size())
      throw Error(ErrorKind::usage, fmt::format("{}( is not closed", one_line(rest.substr(start, open - start))),
                  "add the missing bracket");
    add_layers(rest.substr(start, close + 1 - start), depth, layers);
    rest.remove_prefix(close + 1);
  }
}

/// Lines of the text, but for breaks within brackets and quotes.
std::vector<std::string_view> whole_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  Nesting nesting;
  std::size_t start = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size()) nesting.read(text[i]);
    const bool ends = i == text.size() || (text[i] == '\n' && nesting.outside());
    if (!ends) continue;
    if (const std::string_view line = base::trim(text.substr(start, i - start)); !line.empty()) lines.push_back(line);
    start = i + 1;
  }
  return lines;
}

/// Options of one mapping: numbers, one a channel.
struct MappingOption {
  std::string_view name;
  std::vector<double> numerics::Mapping::*member;
};
constexpr MappingOption kMappingOptions[] = {{"running-mean", &numerics::Mapping::mean},
                                             {"running-var", &numerics::Mapping::variance},
                                             {"weight", &numerics::Mapping::weight},
                                             {"bias", &numerics::Mapping::bias}};

std::vector<double> numbers_in(std::string_view layer, std::string_view option, std::string text) {
  for (char& c : text)
    if (c == ',' || c == '[' || c == ']') c = ' ';
  std::vector<double> numbers;
  for (const std::string_view part : base::split(text, ' ')) {
    if (base::trim(part).empty()) continue;
    const auto number = base::parse_double(base::trim(part));
    if (!number) fail_in(layer, fmt::format("--{} takes numbers, not \"{}\"", option, part));
    numbers.push_back(*number);
  }
  return numbers;
}

void set_option(const StackLayer& layer, numerics::Mapping& mapping, std::string_view name, const std::string& text) {
  if (mapping.kind == numerics::MappingKind::batch_norm)
    for (const MappingOption& option : kMappingOptions) {
      if (option.name != name) continue;
      mapping.*option.member = numbers_in(layer.name, name, text);
      const auto count = static_cast<std::int64_t>((mapping.*option.member).size());
      if (count == 1)
        (mapping.*option.member)
            .resize(static_cast<std::size_t>(mapping.in_features), (mapping.*option.member).front());
      if (count != 1 && count != mapping.in_features)
        fail_in(layer.name, fmt::format("--{} has {} numbers for {} channels", name, count, mapping.in_features), {},
                ErrorKind::impossible);
      return;
    }
  fail_in(layer.name, fmt::format("there is no option --{}", name));
}

/// Options that are the whole stack's, not a layer's.
bool is_stacks_own(const Field& field) {
  return field.name == "layer" || field.name == "input-size" || field.name == "input-values" ||
         field.name == "compare" || field.name == "stack";
}

void set_option(const StackLayer& layer, JobSpec& spec, const Field& field, const std::string& text) {
  const bool own = field.group == Group::layer || field.group == Group::data;
  if (!own || is_stacks_own(field))
    fail_in(layer.name, fmt::format("--{} belongs behind the stack, not behind a layer", field.name));
  try {
    field.parse(spec, text);
  } catch (const Error& error) {
    fail_in(layer.name, error.problems().front().message, error.problems().front().hint, error.kind());
  }
}

const Field* field_of_word(std::string_view word) {
  if (word.starts_with("--")) return field_named(word.substr(2));
  for (const Field& field : fields())
    if (word.size() == 2 && field.short_name != 0 && word[1] == field.short_name) return &field;
  return nullptr;
}

StackLayer window_layer(JobSpec spec) {
  StackLayer layer;
  layer.name = std::string(torch_name(*spec.layer));
  layer.dims = spec.layer->dims;
  layer.channels = spec.in_channels.value_or(0);
  layer.layer = std::move(spec);
  return layer;
}

[[noreturn]] void unknown_layer(std::string_view name) {
  std::vector<std::string> names = mapping_names();
  for (const Signature& signature : signatures()) names.push_back(signature.name);
  const auto near = base::nearest(name, std::vector<std::string_view>(names.begin(), names.end()));
  throw Error(ErrorKind::usage, fmt::format("unknown layer {}", name),
              near ? fmt::format("did you mean {}?", *near) : fmt::format("known: {}", fmt::join(names, ", ")));
}

/// The text up to its first call's closing bracket, or its first word.
std::size_t layer_end(std::string_view text) {
  if (const auto call = python_call(text)) return call->end;
  return std::min(text.size(), text.find(' '));
}

StackLayer bare_layer(std::string_view text) {
  if (const auto named = layer_named(text)) {
    JobSpec spec;
    spec.layer = named;
    return window_layer(std::move(spec));
  }
  const auto call = python_call(text);
  if (!call) return window_layer(from_layer_string(text));  // which says what a layer looks like
  if (!call->closed) fail_in(call->name, "the bracket is not closed");
  if (auto mapping = mapping_of(*call)) return std::move(*mapping);
  if (!names_layer(*call)) unknown_layer(call->name);
  return window_layer(from_layer_string(text));
}

/// "--stride 2 --ceil-mode": the options behind a layer.
class LayerOptions {
 public:
  LayerOptions(StackLayer& layer, std::string_view call, std::vector<std::string> words)
      : layer_(layer), call_(call), words_(std::move(words)) {}

  void take() {
    while (next_ < words_.size()) take_one();
    for (const auto& [name, value] : statistics_)
      set_option(layer_, std::get<numerics::Mapping>(layer_.layer), name, value);
  }

 private:
  void take_one() {
    std::string word = words_[next_++];
    if (word == "--") return given_.clear();
    if (!word.starts_with('-')) fail_in(layer_.name, fmt::format("\"{}\" stands behind the layer", word));
    std::optional<std::string> value;
    if (const auto equals = word.find('='); word.starts_with("--") && equals != std::string::npos) {
      value = word.substr(equals + 1);
      word.resize(equals);
    }
    if (std::holds_alternative<numerics::Mapping>(layer_.layer))
      return take_parameter(word.substr(std::min<std::size_t>(2, word.size())), value ? *value : argument(word));
    auto& spec = std::get<JobSpec>(layer_.layer);
    if (word.starts_with("--no-"))
      if (const Field* off = field_named(word.substr(5)); off && off->value.empty())
        return set_once(spec, *off, "false");
    const Field* field = field_of_word(word);
    if (!field) fail_in(layer_.name, fmt::format("there is no option {}", word));
    if (!value && field->value.empty()) value = switched();
    set_once(spec, *field, value ? *value : argument(word));
  }

  void set_once(JobSpec& spec, const Field& field, const std::string& text) {
    refuse_twice(field.name);
    set_option(layer_, spec, field, text);
  }

  void refuse_twice(std::string_view name) {
    if (!given_.emplace(name).second) fail_in(layer_.name, fmt::format("--{} was given twice", name), "give it once");
  }

  /// One that the call has too is set there, before numbers a channel are added to what the call makes.
  void take_parameter(std::string name, std::string value) {
    refuse_twice(name);
    if (auto call = with_parameter(call_, name, value)) {
      call_ = *std::move(call);
      layer_ = bare_layer(call_);
    } else {
      statistics_.emplace_back(std::move(name), std::move(value));
    }
  }

  std::string argument(const std::string& word) {
    if (next_ == words_.size()) fail_in(layer_.name, fmt::format("{} needs a value", word));
    return words_[next_++];
  }

  /// A switch may say true or false.
  std::string switched() {
    const bool said = next_ < words_.size() && (words_[next_] == "true" || words_[next_] == "false");
    return said ? words_[next_++] : "true";
  }

  StackLayer& layer_;
  std::string call_;
  std::vector<std::string> words_;
  std::set<std::string> given_;
  std::vector<std::pair<std::string, std::string>> statistics_;  ///< of a mapping, a number a channel each
  std::size_t next_ = 0;
};

}  // namespace

bool looks_like_stack(std::string_view text) {
  const auto call = python_call(text);
  return call && call->closed && opens_module(*call);
}

std::vector<std::string> stack_layers(std::string_view text) {
  const std::string code = without_comments(text);
  std::vector<std::string> layers;
  for (const std::string_view line : whole_lines(code)) add_layer(line, 0, layers);
  return layers;
}

StackLayer read_stack_layer(std::string_view text) {
  const std::size_t end = layer_end(text);
  StackLayer layer = bare_layer(text.substr(0, end));
  LayerOptions(layer, text.substr(0, end), base::shell_words(text.substr(end))).take();
  if (const auto* spec = std::get_if<JobSpec>(&layer.layer)) layer.channels = spec->in_channels.value_or(0);
  return layer;
}

}  // namespace convreel::job
