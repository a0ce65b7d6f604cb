#include "views/stamp/shelf.hpp"

#include <utility>

#include "explain/size.hpp"
#include "views/parts/parts.hpp"
#include "words/sentences.hpp"

namespace convreel::views {

namespace {

std::vector<double> sheet_values(const Trace& trace, const RunningSums& sums) {
  std::vector<double> values = trace.output().values;
  for (const Landed& landed : sums.all()) values.push_back(landed.sum);
  for (const double b : trace.bias()) values.push_back(b);
  return values;
}

Caption stamped_kernel_caption(const Layer& layer) {
  Caption caption{explain::size_text(layer.kernel, layer.dims), ""};
  std::vector<std::string> remarks;
  if (layer.dilation != Cell{1, 1, 1})
    remarks.push_back(
        words::say(words::kSpreadByDilation, {{"dilation", explain::per_axis_text(layer.dilation, layer.dims)}}));
  if (layer.flip_kernel) remarks.push_back(words::say(words::kRotated));
  caption.note = words::listed(remarks);
  return caption;
}

Caption output_caption(const Layer& layer, const Cell& sheet, const Cell& output) {
  Caption caption{explain::map_text(layer.out_channels, sheet, layer.dims), ""};
  std::vector<std::string> remarks;
  if (sheet != output)
    remarks.push_back(words::say(words::kCroppedTo, {{"size", explain::size_text(output, layer.dims)}}));
  if (layer.output_padding != Cell{})
    remarks.push_back(words::say(words::kOutputPaddingDashed,
                                 {{"padding", explain::per_axis_text(layer.output_padding, layer.dims)}}));
  caption.note = words::listed(remarks);
  return caption;
}

}  // namespace

Shelf stamp_shelf(const Context& context, const RunningSums& sums) {
  const Layer& layer = context.trace.layer();
  const Cell& output = context.trace.output().size;
  const Figures sheet(sheet_values(context.trace, sums), context.show.numbers, context.ruler);
  std::vector<Column> columns{
      column_of(context, "input", words::say(words::kInput), context.trace.input(), Role::input),
      {"kernel", words::say(words::kKernel), stamped_kernel_caption(layer), layer.out_channels, layer.kernel[1],
       layer.kernel[2], figures_of_kernel(context), Role::kernel, 0, 1, layer.kernel[0]},
      {"output", words::say(words::kOutput), output_caption(layer, sums.sheet(), output), layer.out_channels,
       sums.sheet()[1], sums.sheet()[2], sheet, Role::output_done, 0, 1, sums.sheet()[0]}};
  if (layer.dims == 2)
    for (Column& column : columns) column.across = maps_abreast(column.channels);
  if (channel_rows(layer).piled) {
    // The channel that is stamped, and below it the stack of the others.
    Column& input = columns[StampColumn::kInput];
    input.channels = input.across = 1;
    input.below = kChannelGap + kRestHeight;
    input.least_width = kRestWidth;
  }
  return {context, std::move(columns), {{"×", ""}, {"→", words::say(words::kAdd)}}};
}

}  // namespace convreel::views
