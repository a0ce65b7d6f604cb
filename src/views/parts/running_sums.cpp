#include "views/parts/running_sums.hpp"

#include <fmt/format.h>

#include "explain/number.hpp"
#include "numerics/adjacency.hpp"
#include "views/parts/styled.hpp"
#include "words/sentences.hpp"

namespace convreel::views {

namespace {

constexpr std::int64_t kMaxLandings = 200'000;

}  // namespace

std::optional<std::string> RunningSums::refuses(const Layer& layer) {
  if (const auto why = numerics::Stamps::refuses(layer)) return why;
  const std::int64_t products = numerics::product_count(layer);
  if (products <= kMaxLandings) return std::nullopt;
  return fmt::format(
      "the layer makes {} products, and stamps are shown up to {}: use a smaller input or kernel, or "
      "fewer channels",
      products, kMaxLandings);
}

RunningSums::RunningSums(const numerics::Trace& trace) : trace_(trace), stamps_(trace) {
  const Layer& layer = trace.layer();
  Map sums(layer.out_channels, stamps_.sheet());
  std::vector<bool> touched(sums.values.size());
  for (std::int64_t c = 0; c < layer.out_channels; ++c)
    for (std::int64_t n = 0; n < numerics::area(sums.size); ++n)
      sums.at({c, numerics::unflat(n, sums.size)}) = start(c).value_or(0);
  const std::int64_t cells = numerics::area(layer.input);
  for (std::int64_t n = 0; n < layer.in_channels * cells; ++n) {
    const std::int64_t channel = n / cells;
    const numerics::OutputChannels fed = numerics::channels_fed(layer, channel);
    for (std::int64_t c = fed.first; c < fed.last; ++c) {
      const std::int64_t first = numerics::channels_read(layer, c).first;
      for (const numerics::Landing& landing : stamps_.stamp(n - first * cells, c).landings) {
        const Place at{c, landing.sheet};
        const std::size_t offset = sums.offset(at);
        const std::optional<double> before = touched[offset] ? std::optional(sums.values[offset]) : start(c);
        touched[offset] = true;
        sums.values[offset] += landing.product;
        landings_.push_back({at, landing.output, landing.w, landing.product, sums.values[offset], before});
      }
    }
    ends_.push_back(landings_.size());
  }
}

Place RunningSums::input(std::int64_t stamp) const { return numerics::place_at(stamp, trace_.layer().input); }

std::span<const Landed> RunningSums::landings(std::int64_t stamp) const {
  return {landings_.data() + landed(stamp), landed(stamp + 1) - landed(stamp)};
}

std::optional<double> RunningSums::start(std::int64_t output_channel) const {
  if (trace_.bias().empty()) return std::nullopt;
  return trace_.bias()[static_cast<std::size_t>(output_channel)];
}

std::vector<Span> landing_sentence(const explain::Notation& notation, double x, const Landed& landed) {
  const auto& [input, kernel, output] = notation;
  const bool exact = explain::shown_exactly(x, input) && explain::shown_exactly(landed.w, kernel) &&
                     explain::shown_exactly(landed.product, output);
  const std::string text = fmt::format("{}·{} {} {}", explain::number(x, input), explain::operand(landed.w, kernel),
                                       exact ? "=" : "≈", explain::number(landed.product, output));
  const Span product{text, Role::kernel, Weight::bold};
  if (!landed.before) return styled(words::kLandsFirst, Role::muted, {{"product", product}});
  return styled(words::kLandsOn, Role::muted,
                {{"product", product},
                 {"before", {explain::number(*landed.before, output), Role::ink}},
                 {"sum", {explain::number(landed.sum, output), Role::output_done, Weight::bold}}});
}

std::string landing_range(const Layer& layer, const Cell& input) {
  const auto range = [&](int axis, const words::Sentence& one, const words::Sentence& some) {
    const std::int64_t first = input[axis] * layer.stride[axis], spacing = layer.dilation[axis];
    const std::int64_t last = first + spacing * (layer.kernel[axis] - 1);
    if (first == last) return words::say(one, {{"first", first}});
    const std::string text = words::say(some, {{"first", first}, {"last", last}});
    if (spacing == 1) return text;
    if (spacing > 3) return words::say(words::kEveryNth, {{"range", text}, {"n", spacing}});
    return words::say(spacing == 2 ? words::kEverySecond : words::kEveryThird, {{"range", text}});
  };
  if (layer.dims == 1) return range(2, words::kOneCell, words::kSomeCells);
  std::vector<std::string> ranges;
  if (layer.dims > 2) ranges.push_back(range(0, words::kOneSlice, words::kSomeSlices));
  ranges.push_back(range(1, words::kOneRow, words::kSomeRows));
  ranges.push_back(range(2, words::kOneColumn, words::kSomeColumns));
  return words::listed(ranges);
}

}  // namespace convreel::views
