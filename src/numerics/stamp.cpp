#include "numerics/stamp.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "numerics/accumulate.hpp"

namespace convreel::numerics {

std::optional<std::string> Stamps::refuses(const Layer& layer) {
  if (layer.transposed()) return std::nullopt;
  return "only a transposed convolution stamps its inputs onto the output";
}

Stamps::Stamps(const Trace& trace) : trace_(trace) {
  if (const auto why = refuses(trace.layer())) throw base::Error(base::ErrorKind::impossible, *why);
  const Geometry& g = trace.geometry();
  for (int a = 0; a < kAxes; ++a) {
    visible_[a] = trace.layer().padding[a].before;
    sheet_[a] = std::max(g.full[a], visible_[a] + g.output[a]);
  }
}

std::int64_t Stamps::count() const {
  return trace_.layer().in_channels / trace_.layer().groups * area(trace_.layer().input);
}

namespace {

Landing landing(const Trace& trace, const Stamp& stamp, const Cell& u) {
  const Layer& layer = trace.layer();
  const WeightIndex index = weight_index(layer, stamp.output_channel, stamp.input.channel, u);
  Landing landing;
  Cell output{};
  for (int a = 0; a < kAxes; ++a) {
    landing.sheet[a] = stamp.input.cell[a] * layer.stride[a] + u[a] * layer.dilation[a];
    output[a] = landing.sheet[a] - layer.padding[a].before;
  }
  if (inside(output, trace.geometry().output)) landing.output = output;
  landing.outer = index.outer;
  landing.inner = index.inner;
  landing.tap = index.tap;
  landing.w = trace.kernel().at(index.outer, index.inner, index.tap);
  landing.product = stamp.x * landing.w;
  return landing;
}

}  // namespace

Stamp Stamps::stamp(std::int64_t index, std::int64_t output_channel) const {
  const Layer& layer = trace_.layer();
  if (index < 0 || index >= count() || output_channel < 0 || output_channel >= layer.out_channels)
    throw base::Error(base::ErrorKind::impossible,
                      fmt::format("stamp {} on output channel {} does not exist", index, output_channel));
  const std::int64_t cells = area(layer.input);
  Stamp stamp;
  stamp.index = index;
  stamp.output_channel = output_channel;
  stamp.input = {channels_read(layer, output_channel).first + index / cells, unflat(index % cells, layer.input)};
  stamp.x = trace_.input().at(stamp.input);
  for (std::int64_t n = 0; n < area(layer.kernel); ++n)
    stamp.landings.push_back(landing(trace_, stamp, unflat(n, layer.kernel)));
  return stamp;
}

Map Stamps::sums_after(std::int64_t done, std::int64_t output_channel) const {
  Map sheet(1, sheet_);
  for (std::int64_t n = 0; n < done; ++n) add(stamp(n, output_channel), sheet);
  return sheet;
}

void Stamps::add(const Stamp& stamp, Map& sheet) {
  for (const Landing& landing : stamp.landings) sheet.at({0, landing.sheet}) += landing.product;
}

Map Stamps::cropped(const Map& sheet, std::int64_t output_channel) const {
  Map output(1, trace_.geometry().output);
  const auto& bias = trace_.bias();
  const double b = bias.empty() ? 0.0 : bias.at(static_cast<std::size_t>(output_channel));
  for (std::int64_t n = 0; n < area(output.size); ++n) {
    Cell cell = unflat(n, output.size);
    for (int a = 0; a < kAxes; ++a) cell[a] += visible_[a];
    output.values[static_cast<std::size_t>(n)] = sheet.at({0, cell}) + b;
  }
  return output;
}

}  // namespace convreel::numerics
