#include "explain/comparison.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "explain/size.hpp"

namespace convreel::explain {

using numerics::Trace;
using Traces = std::vector<const Trace*>;

namespace {

bool all_alike(const Traces& traces, bool (*alike)(const Trace&, const Trace&)) {
  return std::all_of(traces.begin(), traces.end(), [&](const Trace* trace) { return alike(*traces.front(), *trace); });
}

bool same_input(const Trace& a, const Trace& b) {
  return a.layer().input == b.layer().input && a.input().values == b.input().values;
}

bool same_shape(const Trace& a, const Trace& b) {
  return a.output().size == b.output().size && a.output().channels == b.output().channels;
}

std::string output_text(const Trace& trace) {
  const std::string size = size_text(trace.output().size, trace.layer().dims);
  return trace.output().channels > 1 ? fmt::format("{}×{}", trace.output().channels, size) : size;
}

/// "81, 36 or 9".
std::string alternatives(const Traces& traces, std::string (*of)(const Trace&)) {
  std::vector<std::string> words;
  for (const Trace* trace : traces) words.push_back(of(*trace));
  const std::string last = words.back();
  words.pop_back();
  return fmt::format("{} or {}", fmt::join(words, ", "), last);
}

/// Output cells that are not the same in all of them.
std::size_t differing(const Traces& traces) {
  const std::vector<double>& first = traces.front()->output().values;
  std::size_t count = 0;
  for (std::size_t v = 0; v < first.size(); ++v)
    count +=
        std::any_of(traces.begin(), traces.end(), [&](const Trace* t) { return t->output().values[v] != first[v]; });
  return count;
}

}  // namespace

std::string comparison(const Traces& traces) {
  if (!all_alike(traces, same_shape)) {
    const std::string outputs = alternatives(traces, output_text);
    if (!all_alike(traces, [](const Trace&, const Trace& other) { return other.layer().row().weights; }))
      return fmt::format("{} outputs", outputs);
    const std::string products =
        alternatives(traces, [](const Trace& trace) { return std::to_string(numerics::product_count(trace.layer())); });
    if (!all_alike(traces, same_input)) return fmt::format("{} outputs, of {} products", outputs, products);
    return fmt::format("the same {} input gives {} outputs, of {} products",
                       size_text(traces.front()->layer().input, traces.front()->layer().dims), outputs, products);
  }
  const std::string shape = output_text(*traces.front());
  if (const std::size_t count = differing(traces); count > 0)
    return fmt::format("the same shape, {}; {} of {} values differ", shape, count,
                       traces.front()->output().values.size());
  return fmt::format("the same shape, {}, and the same values", shape);
}

}  // namespace convreel::explain
