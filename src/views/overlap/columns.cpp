#include "views/overlap/columns.hpp"

#include <fmt/format.h>

#include "explain/size.hpp"
#include "words/sentences.hpp"

namespace convreel::views {

namespace {

/// Every count that may stand in a cell on the way.
std::vector<double> possible_counts(const Touches& touches) {
  std::vector<double> values;
  for (std::int64_t n = 1; n <= touches.most; ++n) values.push_back(static_cast<double>(n));
  return values;
}

}  // namespace

Column counted_column(const Context& context, const Touches& touches) {
  const Trace& trace = context.trace;
  const Layer& layer = trace.layer();
  Caption caption{explain::size_text(touches.size, layer.dims), ""};
  if (!layer.transposed())
    caption.note = words::say(words::kHowOftenRead);
  else if (touches.size == trace.output().size)
    caption.note = words::say(words::kAddedIntoEach);
  else
    caption.note = words::say(words::kAddedSomeRemain, {{"size", explain::size_text(trace.output().size, layer.dims)}});
  return {"overlap",
          words::say(layer.transposed() ? words::kProductsName : words::kReadsName),
          caption,
          1,
          touches.size[1],
          touches.size[2],
          {possible_counts(touches), context.show.numbers, context.ruler},
          Role::output_done,
          0,
          1,
          touches.size[0]};
}

Column stepping_column(const Trace& trace) {
  const Layer& layer = trace.layer();
  const Cell size = numerics::small_size(layer, trace.geometry());
  const std::string name = layer.transposed() ? "input" : "output";
  return {name,
          words::say(layer.transposed() ? words::kInput : words::kOutput),
          {explain::size_text(size, layer.dims), ""},
          1,
          size[1],
          size[2],
          {},
          Role::output_done,
          0,
          1,
          size[0]};
}

}  // namespace convreel::views
