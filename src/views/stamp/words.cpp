#include "views/stamp/words.hpp"

#include <fmt/format.h>

#include "explain/number.hpp"
#include "explain/size.hpp"
#include "views/catalogue.hpp"
#include "views/parts/parts.hpp"
#include "words/sentences.hpp"

namespace convreel::views {

std::vector<Span> bias_sentence(const Trace& trace) {
  const std::string bias =
      trace.bias().size() == 1 ? "b = " + explain::number(trace.bias()[0]) : words::say(words::kOneValueAChannel);
  return styled(words::kBiasFirst, Role::ink, {{"bias", {bias, Role::output_done, Weight::bold}}});
}

std::vector<Span> crop_sentence(const Trace& trace, const Cell& sheet) {
  const Layer& layer = trace.layer();
  const Span output{explain::size_text(trace.output().size, layer.dims), Role::output_done, Weight::bold};
  if (sheet == trace.output().size) return styled(words::kNothingCropped, Role::muted, {{"size", output}});
  return styled(words::kPaddingCrops, Role::muted,
                {{"padding", {explain::padding_text(layer.padding, layer.dims), Role::muted}},
                 {"sheet", {explain::size_text(sheet, layer.dims), Role::muted}},
                 {"size", output}});
}

std::vector<Span> stamp_sentence(const Context& context, const Place& input) {
  const Layer& layer = context.trace.layer();
  const std::string value = explain::number(context.trace.input().at(input), context.notation.input);
  const std::vector<std::pair<std::string_view, Span>> blanks{
      {"cell",
       {fmt::format("{} = {}", place_name("x", input, layer.dims, layer.in_channels > 1), value),
        channel_role(layer, input.channel), Weight::bold}},
      {"stamp", {words::say(words::kTimesKernel, {{"value", value}}), Role::kernel, Weight::bold}},
      {"place", {landing_range(layer, input.cell), Role::muted}}};
  std::vector<Span> whole = styled(words::kStampsAndAdds, Role::muted, blanks);
  const bool fits = context.ruler.width(whole, kArithmeticFont) <= kArithmeticRoom;
  return fits ? whole : styled(words::kStamps, Role::muted, blanks);
}

}  // namespace convreel::views
