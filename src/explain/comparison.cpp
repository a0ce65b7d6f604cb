#include "explain/comparison.hpp"

#include <algorithm>

#include "explain/size.hpp"
#include "words/sentences.hpp"

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

std::string output_text(const Trace& trace) { return map_text(trace.output(), trace.layer().dims); }

/// "81, 36 or 9".
std::string alternatives(const Traces& traces, std::string (*of)(const Trace&)) {
  std::vector<std::string> each;
  for (const Trace* trace : traces) each.push_back(of(*trace));
  return words::either(each);
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
      return words::say(words::kOutputsOf, {{"outputs", outputs}});
    const std::string products =
        alternatives(traces, [](const Trace& trace) { return std::to_string(numerics::product_count(trace.layer())); });
    if (!all_alike(traces, same_input))
      return words::say(words::kOutputsOfProducts, {{"outputs", outputs}, {"products", products}});
    const numerics::Layer& first = traces.front()->layer();
    return words::say(words::kSameInputGives,
                      {{"input", size_text(first.input, first.dims)}, {"outputs", outputs}, {"products", products}});
  }
  const std::string shape = output_text(*traces.front());
  if (const std::size_t count = differing(traces); count > 0)
    return words::say(words::kSomeValuesDiffer,
                      {{"shape", shape}, {"differ", count}, {"all", traces.front()->output().values.size()}});
  return words::say(words::kSameValues, {{"shape", shape}});
}

}  // namespace convreel::explain
