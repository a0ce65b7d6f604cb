#include "job/python_call.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "job/nesting.hpp"

namespace convreel::job {

namespace {

bool is_word_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
}

/// Takes a call's arguments one by one.
class Binder {
 public:
  Binder(std::string_view call, const std::vector<std::string_view>& known)
      : call_(call), known_(known), given_(known_.size(), false) {}

  PythonArgument take(std::string_view argument) {
    const auto equals = argument.find('=');
    const bool keyword = equals != std::string_view::npos && argument[0] != '\'' && argument[0] != '"';
    if (!keyword && by_name_) fail_in(call_, fmt::format("\"{}\" stands after a named argument", argument));
    by_name_ = keyword;
    const std::size_t place = keyword ? named(base::trim(argument.substr(0, equals))) : next();
    if (given_[place]) fail_in(call_, fmt::format("{} was given twice", known_[place]));
    given_[place] = true;
    return {known_[place], keyword ? base::trim(argument.substr(equals + 1)) : argument};
  }

  /// The first `count` parameters must have been given.
  void require(int count) const {
    for (std::size_t place = 0; place < static_cast<std::size_t>(count); ++place)
      if (!given_[place]) fail_in(call_, fmt::format("{} is missing", known_[place]));
  }

 private:
  std::size_t next() {
    if (positional_ == known_.size()) fail_in(call_, fmt::format("more than {} arguments", known_.size()));
    return positional_++;
  }

  [[nodiscard]] std::size_t named(std::string_view name) const {
    const auto found = std::find(known_.begin(), known_.end(), name);
    if (found != known_.end()) return static_cast<std::size_t>(found - known_.begin());
    const auto near = base::nearest(name, known_);
    fail_in(call_, fmt::format("unknown argument {}", name),
            near ? fmt::format("did you mean {}?", *near) : fmt::format("it takes {}", fmt::join(known_, ", ")));
  }

  std::string_view call_;
  const std::vector<std::string_view>& known_;
  std::vector<bool> given_;
  std::size_t positional_ = 0;
  bool by_name_ = false;
};

std::size_t closing(std::string_view text, std::size_t open, Nesting nesting) {
  for (std::size_t i = open; i < text.size(); ++i) {
    nesting.read(text[i]);
    if (nesting.outside()) return i;
  }
  return text.size();
}

/// ONNX' attributes in front of the bracket: "<strides = [2, 2]>", "[strides = [2, 2]]".
std::string_view attributes_before(std::string_view text, std::size_t open) {
  const std::size_t close = closing(text, open, Nesting("<[", ">]"));
  return close < text.size() ? text.substr(open + 1, close - open - 1) : std::string_view{};
}

}  // namespace

std::optional<PythonCall> python_call(std::string_view whole) {
  std::string_view text = base::trim(whole);
  const auto colon = text.starts_with('(') ? text.find("):") : std::string_view::npos;
  if (colon != std::string_view::npos) text = base::trim(text.substr(colon + 2));
  while (text.ends_with(';') || text.ends_with(',')) text = base::trim(text.substr(0, text.size() - 1));
  std::size_t open = text.find_first_of("(<[");
  if (open == std::string_view::npos) return std::nullopt;
  const auto equals = text.substr(0, open).rfind('=');
  const std::size_t start = equals == std::string_view::npos ? 0 : equals + 1;
  PythonCall call;
  call.name = base::trim(text.substr(start, open - start));
  if (call.name.empty() || !std::all_of(call.name.begin(), call.name.end(), is_word_character)) return std::nullopt;
  const auto dot = call.name.rfind('.');
  if (dot != std::string_view::npos) {
    call.path = call.name.substr(0, dot);
    call.name = call.name.substr(dot + 1);
  }
  const bool capital = !call.name.empty() && call.name[0] >= 'A' && call.name[0] <= 'Z';
  if (call.name.empty() || (!capital && call.path.empty())) return std::nullopt;
  if (text[open] != '(') {
    call.attributes = attributes_before(text, open);
    const std::size_t from = open + call.attributes.size() + 2;
    open = from > text.size() ? from : text.find_first_not_of(" \t\r\n", from);
    if (call.attributes.empty() || open >= text.size() || text[open] != '(') return std::nullopt;
  }
  const std::size_t close = closing_bracket(text, open);
  call.arguments = text.substr(open + 1, std::min(close, text.size()) - open - 1);
  call.closed = close < text.size();
  if (call.closed) call.after = base::trim(text.substr(close + 1));
  call.end = static_cast<std::size_t>(text.data() - whole.data()) + std::min(close + 1, text.size());
  return call;
}

std::size_t closing_bracket(std::string_view text, std::size_t open) { return closing(text, open, Nesting("(", ")")); }

std::vector<std::string_view> python_arguments(std::string_view text) {
  std::vector<std::string_view> parts;
  Nesting nesting;
  std::size_t start = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    nesting.read(text[i]);
    if (text[i] != ',' || !nesting.balanced()) continue;
    parts.push_back(base::trim(text.substr(start, i - start)));
    start = i + 1;
  }
  const std::string_view last = base::trim(text.substr(start));
  if (!last.empty()) parts.push_back(last);
  return parts;
}

bool is_quoted(std::string_view value) {
  return value.size() >= 2 && (value[0] == '\'' || value[0] == '"') && value.back() == value[0];
}

bool is_quoted_number(std::string_view value) { return is_quoted(value) && value.find_first_of("0123456789+-.") == 1; }

std::string option_text(std::string_view value) {
  if (is_quoted(value)) return std::string(value.substr(1, value.size() - 2));
  if (value == "True" || value == "False") return base::lower(value);
  const bool tuple =
      value.size() >= 2 && ((value[0] == '(' && value.back() == ')') || (value[0] == '[' && value.back() == ']'));
  if (!tuple) return std::string(value);
  std::vector<std::string> numbers;
  for (std::string_view part : python_arguments(value.substr(1, value.size() - 2))) numbers.emplace_back(part);
  return base::join(numbers, "x");
}

std::vector<std::int64_t> numbers_of(std::string_view value) {
  value = base::trim(value);
  const bool list = value.starts_with('(') || value.starts_with('[');
  if (!list) {
    const auto number = base::parse_int(value);
    return number ? std::vector{*number} : std::vector<std::int64_t>{};
  }
  if (value.size() < 2 || !(value.ends_with(')') || value.ends_with(']'))) return {};
  std::vector<std::int64_t> numbers;
  for (const std::string_view part : python_arguments(value.substr(1, value.size() - 2))) {
    const auto more = part == value ? std::vector<std::int64_t>{} : numbers_of(part);
    if (more.empty()) return {};
    numbers.insert(numbers.end(), more.begin(), more.end());
  }
  return numbers;
}

std::vector<PythonArgument> bound_arguments(const PythonCall& call, const std::vector<std::string_view>& parameters,
                                            int required) {
  Binder binder(call.name, parameters);
  std::vector<PythonArgument> bound;
  for (const std::string_view arguments : {call.arguments, call.attributes})
    for (std::string_view argument : python_arguments(arguments)) {
      if (argument.empty()) fail_in(call.name, "two commas in a row");
      bound.push_back(binder.take(argument));
    }
  binder.require(required);
  return bound;
}

void fail_in(std::string_view call, const std::string& what, std::string hint, base::ErrorKind kind) {
  throw base::Error(kind, fmt::format("{}: {}", call, what), std::move(hint));
}

}  // namespace convreel::job
