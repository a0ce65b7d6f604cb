#include "job/solve_stack.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "job/fields.hpp"
#include "job/layer_name.hpp"
#include "job/resolve_parts.hpp"
#include "job/sources.hpp"
#include "job/stack.hpp"
#include "job/sweep.hpp"

namespace convreel::job {

namespace {

using base::Error;
using base::ErrorKind;

constexpr std::int64_t kLargestTried = 1024;  // along an axis, behind the open layer

std::vector<std::string> layers_in(const std::vector<std::string>& words) {
  std::vector<std::string> layers;
  for (const std::string& word : words)
    for (std::string& layer : stack_layers(word)) layers.push_back(std::move(layer));
  return layers;
}

/// What some layers in a row make of a size. Their channels and values do not matter.
Sizes passed(std::vector<std::string> layers, const Sizes& size, const base::Limits& limits, const Tools& tools) {
  if (layers.empty()) return size;
  JobSpec spec;
  spec.stack = std::move(layers);
  spec.input_size = size;
  spec.limits = limits;
  const numerics::Shape made = stack_shape(spec, tools);
  if (made.flat)
    throw Error(ErrorKind::impossible, "the stack ends with values in a row, which have no size along an axis",
                "leave out Flatten and Linear");
  return Sizes(made.size.end() - static_cast<std::ptrdiff_t>(size.size()), made.size.end());
}

std::vector<Sizes> sizes_in(std::string_view option, const std::string& text, int dims, const base::Limits& limits) {
  std::vector<Sizes> all;
  for (const Row& row : axis(option, text, limits).rows) {
    JobSpec spec;
    for (const Assignment& one : row) one.field->parse(spec, one.text);
    Sizes sizes = *(option == "output-size" ? spec.output_size : spec.input_size);
    if (sizes.size() == 1) sizes.resize(static_cast<std::size_t>(dims), sizes.front());
    all.push_back(std::move(sizes));
  }
  return all;
}

std::string needed(const Question& question, std::string_view option, std::string_view what, std::string_view example) {
  const auto found = question.values.find(option);
  if (found == question.values.end())
    throw Error(ErrorKind::usage, fmt::format("solve needs to know {}", what), std::string(example));
  return found->second;
}

/// Every size behind the open layer with what the rest makes of it, up to the largest that is wanted. Axes do not mix,
/// so that squares tell of all.
std::vector<Sizes> squares_behind(const std::vector<std::string>& after, int dims, std::int64_t most,
                                  const base::Limits& limits, const Tools& tools) {
  std::vector<Sizes> made;
  for (std::int64_t n = 1; n <= kLargestTried; ++n) {
    const Sizes size(static_cast<std::size_t>(dims), n);
    try {
      made.push_back(passed(after, size, limits, tools));
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::impossible) throw;
      made.push_back({});  // too small for the layers that follow, or too large to be made
      continue;
    }
    if (std::ranges::all_of(made.back(), [&](std::int64_t one) { return one > most; })) break;
  }
  return made;
}

/// The sizes that lead to `wanted`, axis by axis.
std::vector<Sizes> leading_to(const Sizes& wanted, const std::vector<Sizes>& made) {
  std::vector<Sizes> found{{}};
  for (std::size_t a = 0; a < wanted.size(); ++a) {
    std::vector<Sizes> longer;
    for (const Sizes& begun : found)
      for (std::size_t n = 0; n < made.size(); ++n) {
        if (made[n].empty() || made[n][a] != wanted[a]) continue;
        longer.push_back(begun);
        longer.back().push_back(static_cast<std::int64_t>(n) + 1);
      }
    found = std::move(longer);
  }
  return found;
}

std::string joined(const std::vector<Sizes>& sizes) {
  std::vector<std::string> texts;
  for (const Sizes& size : sizes) texts.push_back(fmt::format("{}", fmt::join(size, "x")));
  return fmt::format("{}", fmt::join(texts, ","));
}

/// "(3, 5)", what an option is as an argument.
std::string argument(std::string_view option, const numerics::Layer& answer) {
  for (const auto& [name, text] : options_of(answer)) {
    if (name != option) continue;
    std::string numbers = text;
    const std::size_t times = numbers.find('x');
    if (times == numbers.npos) return numbers;
    for (std::size_t at = times; at != numbers.npos; at = numbers.find('x', at)) numbers.replace(at, 1, ", ");
    return "(" + numbers + ")";
  }
  throw Error(ErrorKind::usage, fmt::format("an answer has no {} to put in the place of ?", option));
}

}  // namespace

std::optional<OpenStack> open_stack(const std::vector<std::string>& words) {
  if (words.size() == 1 && !looks_like_stack(words.front())) return std::nullopt;
  OpenStack stack{layers_in(words), 0, {}};
  std::size_t count = 0;
  for (std::size_t n = 0; n < stack.layers.size(); ++n)
    if (stack.layers[n].find('?') != std::string::npos) stack.open = n, ++count;
  if (count != 1)
    throw Error(ErrorKind::usage,
                fmt::format("{} of {} layers have a ?, and solve takes one", count, stack.layers.size()),
                "such as 'Conv2d(1, 1, 3)' 'Conv2d(1, 1, kernel_size=?, stride=2, padding=?)'");
  (void)from_layer_string(stack.layers[stack.open], &stack.left);
  return stack;
}

Question within(const OpenStack& stack, const Question& whole, const Tools& tools) {
  const int dims = whole.spec.layer->dims;
  const auto open = stack.layers.begin() + static_cast<std::ptrdiff_t>(stack.open);
  const std::vector<Sizes> from =
      sizes_in("input-size", needed(whole, "input-size", "from which size", "-i 14"), dims, whole.spec.limits);
  const std::vector<Sizes> to =
      sizes_in("output-size", needed(whole, "output-size", "to which size", "--to 28"), dims, whole.spec.limits);
  if (from.size() != 1)
    throw Error(ErrorKind::usage, fmt::format("{} input sizes for a stack, and solve takes one", from.size()));
  std::int64_t most = 0;
  for (const Sizes& size : to) most = std::max(most, *std::ranges::max_element(size));
  const std::vector<Sizes> made = squares_behind({open + 1, stack.layers.end()}, dims, most, whole.spec.limits, tools);
  std::vector<Sizes> behind;
  for (const Sizes& size : to)
    for (Sizes& one : leading_to(size, made)) behind.push_back(std::move(one));
  if (behind.empty())
    throw Error(ErrorKind::impossible, fmt::format("no size behind layer {} leads to {}", stack.open + 1, joined(to)),
                "the layers after it decide that; solve them first");
  Question question = whole;
  question.values.insert_or_assign(
      "input-size", joined({passed({stack.layers.begin(), open}, from.front(), whole.spec.limits, tools)}));
  question.values.insert_or_assign("output-size", joined(behind));
  return question;
}

std::vector<std::string> answered(const OpenStack& stack, const numerics::Layer& answer) {
  std::vector<std::string> layers = stack.layers;
  std::string& text = layers[stack.open];
  for (const std::string& option : stack.left) {
    std::string name = option;
    std::ranges::replace(name, '_', '-');
    const std::size_t mark = text.find('?');
    text.replace(mark, 1, argument(name, answer));
  }
  return layers;
}

}  // namespace convreel::job
