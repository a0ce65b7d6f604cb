#include "views/stamp/shelf.hpp"

#include "views/parts/parts.hpp"
#include "views/stamp/words.hpp"

namespace convreel::views {

using numerics::Cell;
using numerics::Layer;
using numerics::Trace;

namespace {

std::vector<double> sheet_values(const Trace& trace, const RunningSums& sums) {
  std::vector<double> values = trace.output().values;
  for (const Landed& landed : sums.all()) values.push_back(landed.sum);
  for (const double b : trace.bias()) values.push_back(b);
  return values;
}

}  // namespace

Shelf stamp_shelf(const Context& context, const RunningSums& sums) {
  const Layer& layer = context.trace.layer();
  const Cell& output = context.trace.output().size;
  const Figures sheet(sheet_values(context.trace, sums), context.show.numbers, context.ruler);
  return {context,
          {{"input",
            "input",
            {stacked_size(layer.in_channels, layer.input, layer.dims), ""},
            layer.in_channels,
            layer.input[1],
            layer.input[2],
            {context.trace.input().values, context.show.numbers, context.ruler}},
           {"kernel", "kernel", stamped_kernel_caption(layer), layer.out_channels, layer.kernel[1], layer.kernel[2],
            figures_of_kernel(context)},
           {"output", "output", stamped_output_caption(layer, sums.sheet(), output), layer.out_channels,
            sums.sheet()[1], sums.sheet()[2], sheet}},
          {{"×", ""}, {"→", "add"}}};
}

}  // namespace convreel::views
