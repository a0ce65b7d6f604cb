// The stage's channels: a bar beside every map, a partial sum for every channel that is read, their total.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "explain/number.hpp"
#include "views/parts/parts.hpp"
#include "views/stage/stage.hpp"
#include "words/sentences.hpp"

namespace convreel::views {

namespace {

constexpr double kChannelBarWidth = 6, kChannelBarGap = 12, kPartialFont = 17, kTotalFont = 16;
constexpr double kPartialShare = 0.8;  // of a box that is lower than the font asks for

bool contains(const std::vector<std::int64_t>& channels, std::int64_t channel) {
  return std::find(channels.begin(), channels.end(), channel) != channels.end();
}

Item panel(std::string id, Role role, const Rect& box) {
  Item item;
  item.id = std::move(id);
  item.form = Form::panel;
  item.role = role;
  item.box = box;
  return item;
}

Item stroke(std::string id, Role role, double width, scene::Point from, scene::Point to) {
  Item item;
  item.id = std::move(id);
  item.form = Form::line;
  item.role = role;
  item.stroke = width;
  item.points = {from, to};
  return item;
}

}  // namespace

void Stage::add_channel_bars(Items& items, const std::vector<std::int64_t>& read) const {
  for (std::int64_t c = 0; c < context_.trace.layer().in_channels; ++c) {
    if (!layout_.drawn(c) || (layout_.channels().piled && !contains(read, c))) continue;
    const Rect area = map(c).area();
    const double x = area.x - kChannelBarGap - kChannelBarWidth / 2;
    items.push_back(stroke(fmt::format("channel.{}", c), contains(read, c) ? input_role(c) : Role::rule,
                           kChannelBarWidth, {x, area.y + kChannelBarWidth / 2},
                           {x, area.bottom() - kChannelBarWidth / 2}));
  }
}

void Stage::add_partial(Items& items, const std::string& name, Role role, const Rect& box,
                        std::optional<double> sum) const {
  const Role line = role == Role::chip ? Role::muted : role;
  items.push_back(stroke("link." + name, line, 2, {box.right(), box.centre().y}, {plan_.sum.x, plan_.sum.centre().y}));
  items.push_back(panel("partial." + name, role, box));
  if (!sum || !context_.show.numbers) return;
  const std::string text = explain::number(*sum, context_.notation.output);
  const double width = context_.ruler.width(text, kPartialFont, Weight::bold, false);
  items.back().font = std::min({kPartialFont, kPartialFont * (box.width - 10) / width, kPartialShare * box.height});
  items.back().text = {{text, role == Role::chip ? Role::ink : role, Weight::bold}};
}

/// A stack of plates for the channels without a row of their own: how many more are read, and how many are not.
void Stage::add_rest(Items& items) const {
  const ChannelRows& rows = layout_.channels();
  if (!rows.piled) return;
  const std::int64_t count = rows.more > 0 ? rows.more : rows.unread;
  add_rest_stack(
      items, plan_.rest, rows.more > 0 ? Role::input : Role::chip,
      {{words::say(words::kMoreChannels, {{"n", count}}), rows.more > 0 ? Role::input : Role::ink, Weight::bold}});
  if (rows.unread == 0 || plan_.rest_words.width == 0) return;
  const std::string words =
      rows.more > 0 ? words::say(words::kChannelsNotRead, {{"n", rows.unread}}) : words::say(words::kNotRead);
  const std::vector<Span> spans{{words, Role::muted}};
  const double font = fitted_font(spans, kMapNameFont, 6, plan_.rest_words.width, context_.ruler);
  items.push_back(label("rest.unread", plan_.rest_words, spans, font));
}

void Stage::add_total(Items& items, std::int64_t output_channel) const {
  const std::vector<double>& bias = context_.trace.bias();
  std::string text = "Σ";
  if (!bias.empty())
    text = words::say(words::kSumAndBias, {{"bias", explain::number(bias[static_cast<std::size_t>(output_channel)])}});
  const double width = context_.ruler.width(text, kTotalFont, Weight::bold, false);
  items.push_back(panel("sum", Role::chip, plan_.sum));
  items.back().font = std::min(kTotalFont, kTotalFont * (plan_.sum.width - 10) / width);
  items.back().text = {{std::move(text), Role::ink, Weight::bold}};
}

void Stage::add_sums(Items& items, std::int64_t output_channel, const Step* step, std::size_t shown) const {
  if (context_.trace.layer().in_channels == 1 || layout_.article()) return;
  const std::vector<std::int64_t> read = channels_of(output_channel);
  add_channel_bars(items, read);
  if (!layout_.partials_shown()) return;
  const std::vector<Partial> partials = step ? partial_sums(context_.trace.layer(), *step) : std::vector<Partial>{};
  const auto sum_where = [&](const auto& is) -> std::optional<double> {
    const auto found = std::find_if(partials.begin(), partials.end(), is);
    const bool there = step && (found == partials.end() ? shown >= partials.size()
                                                        : static_cast<std::size_t>(found - partials.begin()) < shown);
    if (!there) return std::nullopt;
    return found == partials.end() ? 0 : found->sum;
  };
  for (const std::int64_t c : read)
    if (layout_.drawn(c))
      add_partial(items, std::to_string(c), input_role(c), plan_.partials[static_cast<std::size_t>(c)],
                  sum_where([&](const Partial& p) { return p.channels == 1 && p.channel == c; }));
  if (layout_.channels().more > 0)
    add_partial(items, "rest", Role::chip, plan_.rest_partial,
                sum_where([](const Partial& p) { return p.channels > 1; }));
  add_total(items, output_channel);
}

}  // namespace convreel::views
