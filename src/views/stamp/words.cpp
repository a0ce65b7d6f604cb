#include "views/stamp/words.hpp"

#include <fmt/format.h>

#include "explain/number.hpp"
#include "explain/size.hpp"
#include "views/catalogue.hpp"
#include "views/parts/parts.hpp"

namespace convreel::views {

std::vector<Span> bias_sentence(const Trace& trace) {
  return {{"every output begins with its channel's bias, ", Role::ink},
          {trace.bias().size() == 1 ? "b = " + explain::number(trace.bias()[0]) : "one value a channel",
           Role::output_done, Weight::bold}};
}

std::vector<Span> crop_sentence(const Trace& trace, const Cell& sheet) {
  const Layer& layer = trace.layer();
  const std::string output = explain::size_text(trace.output().size, layer.dims);
  if (sheet == trace.output().size)
    return {{"nothing is cropped: the output is ", Role::muted}, {output, Role::output_done, Weight::bold}};
  return {{fmt::format("padding {} crops the border: {} → ", explain::padding_text(layer.padding, layer.dims),
                       explain::size_text(sheet, layer.dims)),
           Role::muted},
          {output, Role::output_done, Weight::bold}};
}

std::vector<Span> stamp_sentence(const Trace& trace, const Place& input, const scene::Ruler& ruler) {
  const Layer& layer = trace.layer();
  const std::string value = explain::number(trace.input().at(input));
  std::vector<Span> spans{{fmt::format("{} = {}", place_name("x", input, layer.dims, layer.in_channels > 1), value),
                           channel_role(layer, input.channel), Weight::bold},
                          {" stamps ", Role::muted},
                          {fmt::format("{} · kernel", value), Role::kernel, Weight::bold},
                          {" onto " + landing_range(layer, input.cell), Role::muted}};
  const std::vector<Span> tail{{"; where stamps overlap they add up", Role::muted}};
  const double width = ruler.width(spans, kArithmeticFont) + ruler.width(tail, kArithmeticFont);
  if (width <= kArithmeticRoom) spans.insert(spans.end(), tail.begin(), tail.end());
  return spans;
}

}  // namespace convreel::views
