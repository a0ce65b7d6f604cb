#include "views/stage/stage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "views/parts/parts.hpp"
#include "words/sentences.hpp"

namespace convreel::views {

namespace {

constexpr double kOperatorFont = 28, kArrowFont = 24, kPoolFont = 15;

void add_sign(Items& items, std::string id, const Rect& box, std::string text, double font) {
  items.push_back(label(std::move(id), box, {{std::move(text), Role::muted, Weight::medium}}, font));
}

}  // namespace

Stage::Stage(const Context& context, const WindowMap& map, Captions captions)
    : context_(context), map_(map), layout_(context, map, std::move(captions)) {}

void Stage::place(Rect area, double cell) {
  plan_ = layout_.plan(area, cell);
  map_cells_.emplace(context_, map_, layout_.map_figures().at(plan_.maps.front().cell));
  output_cells_.emplace(context_, layout_.output_figures().at(plan_.outputs.front().cell));
  if (layout_.bank()) output_cells_->range_by_channel();
  if (kernel_shown()) kernel_numbers_ = layout_.kernel_figures().at(plan_.kernels.front().cell);
  const Layer& layer = context_.trace.layer();
  backdrops_.clear();
  for (std::int64_t group = 0; maps_recede() && group < groups(); ++group)
    backdrops_.push_back(backdrop(channels_of(group * (layer.out_channels / groups()))));
  backdrops_.push_back(backdrop(layout_.channels().piled ? channels_of(layer.out_channels - 1) : every_channel()));
  done_ = std::make_shared<const Items>(outputs_done());
}

Body Stage::draw_step(const story::Cursor& cursor) const {
  const Step step = context_.trace.step(cursor.beat);
  const bool gliding = !cursor.finished && cursor.glide < 1 && cursor.beat > 0;
  const Step before = gliding ? context_.trace.step(cursor.beat - 1) : step;
  Body body;
  body.backdrop = backdrop_of(step.output.channel, cursor.finished);
  body.settled = {done_, static_cast<std::size_t>(cursor.beat + (cursor.finished ? 1 : 0))};
  if (magnified() || !one_kernel())
    add_kernel(body.live, step.output.channel, true, cursor.finished ? nullptr : &before);
  const std::string note = layout_.inputs_note(plan_.maps.front().cell);
  if (!note.empty() && !cursor.finished) add_note(body.live, "kernel", note, plan_.kernel_caption, context_.ruler);
  const bool known = gliding || cursor.revealed || cursor.finished;
  const double told = known ? static_cast<double>(before.terms.size()) : cursor.told.value_or(0);
  add_sums(body.live, step.output.channel, &before, static_cast<std::size_t>(std::ceil(told)));
  add_extra(body.live);
  if (cursor.finished) return body;
  if (gliding) {
    const bool same_channel = before.output.channel == step.output.channel;
    add_gliding_window(body.live, same_channel ? before.output : step.output, step.output, cursor.glide);
  } else {
    add_window(body.live, step, cursor.revealed);
  }
  Sentence told_sentence = sentence(before, known || cursor.told);
  // While its parts are told nobody knows yet which will win.
  if (!known && context_.trace.layer().row().picks)
    for (std::vector<Span>& term : told_sentence.terms)
      for (Span& span : term)
        if (span.role == Role::output_done) span.role = Role::input, span.weight = Weight::regular;
  write_sentence(body, told_sentence, sources(told_sentence, before), context_.ruler);
  return body;
}

Sentence Stage::sentence(const Step& step, bool revealed) const {
  const numerics::Layer& layer = context_.trace.layer();
  if (!layer.transposed()) return sentence_of(context_.trace, context_.notation, step, revealed);
  const std::int64_t products = numerics::area(layer.kernel) * (layer.in_channels / layer.groups);
  const ZeroNote note{products - static_cast<std::int64_t>(step.terms.size()), products};
  return sentence_of(context_.trace, context_.notation, step, revealed, note);
}

Sources Stage::sources(const Sentence& sentence, const Step& step) const {
  Sources sources;
  const std::vector<Partial> partials = partial_sums(context_.trace.layer(), step);
  if (!layout_.partials_shown() || partials.size() < 2)
    return sources_of(sentence, [&](const Place& at) { return map(at.channel).slot(map_.drawn(at).cell); });
  for (const Partial& partial : partials)
    sources.push_back(partial.channels > 1 ? plan_.rest_partial
                                           : plan_.partials[static_cast<std::size_t>(partial.channel)]);
  return sources;
}

Role Stage::input_role(std::int64_t channel) const { return channel_role(context_.trace.layer(), channel); }

void Stage::add_article_words(Items& items) const {
  const auto panel_name = [&](std::string_view name, std::string_view word, const std::vector<Grid>& maps) {
    Rect box = maps.front().area();
    for (const Grid& map : maps) box = scene::united(box, map.area());
    items.push_back(label(fmt::format("caption.{}", name), {box.centre().x - 150, box.y - 34, 300, 28},
                          {{std::string(word), Role::ink}}, 20));
    items.back().heading = true;
  };
  panel_name("input", words::say(words::kInputPanel), plan_.maps);
  panel_name("output", words::say(words::kOutputPanel), plan_.outputs);
}

void Stage::add_star(Items& items, std::size_t channel) const {
  add_sign(items, fmt::format("operator.star.{}", channel), plan_.stars[channel], "∗", plan_.star_font);
}

void Stage::add_operators(Items& items) const {
  const numerics::Layer& layer = context_.trace.layer();
  if (!layer.row().weights) {
    const double half = plan_.equals.width / 2;
    const Rect word = plan_.downwards ? Rect{plan_.equals.x, plan_.equals.y, half - 4, plan_.equals.height}
                                      : plan_.equals.moved(0, -14);
    items.push_back(label("operator.pool", word, {{std::string(layer.row().reduced_by), Role::muted, Weight::medium}},
                          kPoolFont, plan_.downwards ? scene::Align::right : scene::Align::centre));
    if (plan_.downwards)
      items.push_back(label("operator.equals", {plan_.equals.x + half + 4, plan_.equals.y, half - 4, word.height},
                            {{"↓", Role::muted, Weight::medium}}, kArrowFont, scene::Align::left));
    else
      add_sign(items, "operator.equals", plan_.equals.moved(0, 8), "→", kArrowFont);
    return;
  }
  // With groups only some channels are read, and only those have a sign.
  if (layer.groups == 1)
    for (std::size_t c = 0; c < plan_.stars.size(); ++c)
      if (layout_.drawn(static_cast<std::int64_t>(c))) add_star(items, c);
  add_sign(items, "operator.equals", plan_.equals, "=", layout_.partials_shown() ? kArrowFont : kOperatorFont);
}

void Stage::add_words(Items& items, const Captions& words) const {
  const auto under = [&](std::string_view name, const words::Sentence& word, const Caption& caption, const Rect& room,
                         const Numbers& numbers, Role role) {
    if (!caption.size.empty()) add_caption(items, name, words::say(word), caption, room, context_.ruler);
    const double top = room.bottom() - kLegendRowHeight;
    if (numbers.ramp())
      add_legend_under(items, std::string(name), {room.x, top, room.width, kLegendRowHeight}, numbers, role,
                       context_.ruler);
  };
  under("input", words::kInput, words.map, plan_.map_caption, map_cells_->numbers(), Role::input);
  if (kernel_shown())
    under("kernel", words::kKernel, words.kernel, plan_.kernel_caption, kernel_numbers_, Role::kernel);
  if (layout_.bank()) return add_bank_words(items, words.output);
  under("output", words::kOutput, words.output, plan_.output_caption, output_cells_->numbers(), Role::output_done);
}

/// Every map has its kernel's name above it and its own ramp's legend below it.
void Stage::add_bank_words(Items& items, const Caption& caption) const {
  for (std::size_t c = 0; c < plan_.outputs.size(); ++c) {
    items.push_back(label(fmt::format("name.{}", c), plan_.output_names[c],
                          {{context_.show.kernel_names[c], Role::muted, Weight::medium}}, kMapNameFont));
    const Numbers& numbers = output_cells_->numbers(static_cast<std::int64_t>(c));
    if (numbers.ramp())
      add_legend_under(items, fmt::format("output.{}", c), plan_.output_legends[c], numbers, Role::output_done,
                       context_.ruler);
  }
  if (!caption.size.empty())
    add_caption(items, "output", words::say(words::kOutput), caption, plan_.output_caption, context_.ruler);
}

void Stage::add_frame(Items& items, const Captions& words) const {
  if (layout_.article())
    add_article_words(items);
  else
    add_operators(items);
  add_rest(items);
  if (layout_.captioned()) add_words(items, words);
  if (!layout_.article()) add_slices(items);
  for (std::int64_t s = 0; s < context_.trace.step_count(); ++s) {
    const Place at = output_place(context_.trace, s);
    items.push_back(output_cells_->pending(at, output_slot(at)));
  }
}

void Stage::add_fixed(Items& items) const { add_frame(items, layout_.captions()); }

void Stage::add_opening(Items& items, bool kernel_note) const {
  Captions words = layout_.captions();
  words.map = {};
  if (!kernel_note) words.kernel.note.clear();
  add_frame(items, words);
}

void Stage::add_map_caption(Items& items, std::string note, const Rect& grid) const {
  if (!layout_.captioned()) return;
  Rect room = plan_.map_caption;
  if (!layout_.channels().piled) room.y += grid.bottom() - plan_.maps.back().area().bottom();
  add_caption(items, "input", words::say(words::kInput), {layout_.captions().map.size, std::move(note)}, room,
              context_.ruler);
}

Item Stage::map_item(const Place& drawn) const { return map_cells_->item(drawn, map(drawn.channel).slot(drawn.cell)); }

std::vector<std::int64_t> Stage::channels_of(std::int64_t output_channel) const {
  const numerics::ChannelRange range = numerics::channels_read(context_.trace.layer(), output_channel);
  std::vector<std::int64_t> channels;
  for (std::int64_t c = range.first; c < range.last; ++c) channels.push_back(c);
  return channels;
}

std::vector<std::int64_t> Stage::first_channels() const {
  std::vector<std::int64_t> channels = layout_.channels().piled ? channels_of(0) : every_channel();
  std::erase_if(channels, [&](std::int64_t c) { return !layout_.drawn(c); });
  return channels;
}

std::vector<std::int64_t> Stage::every_channel() const {
  std::vector<std::int64_t> channels(static_cast<std::size_t>(context_.trace.layer().in_channels));
  std::iota(channels.begin(), channels.end(), std::int64_t{0});
  return channels;
}

void Stage::add_not_read(Items& items, std::int64_t channel) const {
  // Words may reach up to the signs on the left and right.
  const Rect area = kernel(channel).area();
  const double room = area.width + plan_.stars.front().width - std::max(plan_.star_font, kOperatorFont);
  add_absent(items, fmt::format("kernel.{}.unread", channel), area, room, words::say(words::kNotRead), context_.ruler);
}

void Stage::add_input(Item& weight, const Place& drawn) const {
  const MapCell cell = map_.at(drawn);
  if (cell.role == Role::background || !cell.counts || weight.text.empty()) return;
  weight.corner = true;
  weight.text.push_back({map_numbers().text(cell.value), input_role(drawn.channel), Weight::bold});
}

void Stage::add_kernel(Items& items, std::int64_t output_channel, bool turned, const Step* step) const {
  if (!kernel_shown()) return;
  const numerics::Layer& layer = context_.trace.layer();
  const std::vector<std::int64_t> read = channels_of(output_channel);
  const std::vector<Covered> covered = step && magnified() ? map_.covered(step->output.cell) : std::vector<Covered>{};
  for (std::int64_t c = 0; c < layer.in_channels; ++c) {
    if (!layout_.drawn(c)) continue;
    const Grid& grid = kernel(c);
    if (std::find(read.begin(), read.end(), c) == read.end()) {
      if (!layout_.channels().piled) add_not_read(items, c);
      continue;
    }
    if (layer.groups > 1) add_star(items, static_cast<std::size_t>(c));
    numerics::each_cell(layer.kernel, [&](const Cell& at) {
      const Cell tap = turned ? map_.tap_at(at) : at;
      const double weight = context_.trace.weight(output_channel, c, tap);
      items.push_back(weight_cell(cell_id("kernel", {c, at}, layer.dims), grid.slot(at), weight, kernel_numbers_));
      const auto over = std::ranges::find(covered, tap, &Covered::tap);
      if (over != covered.end()) add_input(items.back(), {c, over->drawn});
    });
  }
}

std::shared_ptr<const Items> Stage::backdrop(const std::vector<std::int64_t>& read) const {
  Items items;
  add_fixed(items);
  for (std::int64_t c = 0; c < context_.trace.layer().in_channels; ++c) {
    const bool lit = std::find(read.begin(), read.end(), c) != read.end();
    if (!layout_.drawn(c) || (layout_.channels().piled && !lit)) continue;
    const double opacity = lit ? 1 : kReceding;
    numerics::each_cell(map_.size(), [&](const Cell& drawn) {
      items.push_back(map_item({c, drawn}));
      items.back().opacity = opacity;
    });
  }
  if (one_kernel() && !magnified()) add_kernel(items, 0, true);
  return std::make_shared<const Items>(std::move(items));
}

scene::Stratum Stage::backdrop_of(std::int64_t output_channel, bool finished) const {
  const Layer& layer = context_.trace.layer();
  const auto group = static_cast<std::size_t>(output_channel / (layer.out_channels / groups()));
  const auto& items = finished || !maps_recede() ? backdrops_.back() : backdrops_[group];
  return {items, items->size()};
}

Rect Stage::output_slot(const Place& at) const { return output(at.channel).slot(at.cell); }

void Stage::add_extra(Items& items) const {
  for (std::int64_t c = 0; c < context_.trace.output().channels; ++c)
    add_output_padding(items, context_.trace, c, output(c), {});
}

Items Stage::outputs_done() const {
  Items items;
  items.reserve(context_.trace.output().values.size());
  for (std::int64_t s = 0; s < context_.trace.step_count(); ++s) {
    const Place at = output_place(context_.trace, s);
    items.push_back(output_cells_->done(at, output_slot(at)));
  }
  return items;
}

Meaning Stage::meaning() const {
  const numerics::Layer& layer = context_.trace.layer();
  return {{map_meaning(layer, map_), window_kernel_meaning(layer, map_), output_meaning(layer)}, {}};
}

std::vector<Rect> Stage::window_boxes(std::int64_t channel, const Cell& output_cell) const {
  return map(channel).blocks(map_.window(output_cell), map_.window_size(), context_.trace.layer().dilation[0]);
}

void Stage::add_slices(Items& items) const {
  add_slice_names(items, map(0), map_.spread_origin()[0], map_.spacing()[0], context_.trace.layer().input[0],
                  context_.ruler);
  if (kernel_shown()) add_slice_names(items, kernel(0), 0, 1, context_.trace.layer().kernel[0], context_.ruler);
  add_slice_names(items, output(0), 0, 1, context_.trace.output().size[0], context_.ruler);
}

Item Stage::weighted_cell(std::int64_t channel, const Covered& covered, double weight) const {
  Item item = map_item({channel, covered.drawn});
  const bool numbered = kernel_shown() && map_numbers().shown() && kernel_numbers_.shown();
  return veiled(std::move(item), kernel_numbers_.text(weight), numbered);
}

void Stage::add_origins(Items& items, const Step& step) const {
  // Where a padding mode copied the value from: the eye should find it. One origin may serve two cells.
  for (const numerics::Term& term : step.terms) {
    if (!term.input || term.input->cell == term.looked_at.cell) continue;
    if (!layout_.drawn(term.input->channel)) continue;
    const Place drawn = map_.drawn(*term.input);
    const std::string id = cell_id("origin", drawn, context_.trace.layer().dims);
    if (std::any_of(items.begin(), items.end(), [&](const Item& item) { return item.id == id; })) continue;
    items.push_back(frame(id, map(drawn.channel).slot(drawn.cell).inset(3), Role::winner, 2));
  }
}

void Stage::add_window(Items& items, const Step& step, bool revealed) const {
  const numerics::Layer& layer = context_.trace.layer();
  const std::vector<Covered> covered = map_.covered(step.output.cell);
  for (const std::int64_t c : channels_of(step.output.channel)) {
    if (!layout_.drawn(c)) continue;
    for (const Covered& at : covered)
      items.push_back(weighted_cell(c, at, context_.trace.weight(step.output.channel, c, at.tap)));
    add_frames(items, fmt::format("window.{}", c), window_boxes(c, step.output.cell), Role::window);
  }
  if (layer.padding_mode != numerics::PaddingMode::zeros) add_origins(items, step);
  if (step.winner && revealed) add_winner(items, step);
  output_cells_->add_active(items, step.output, output_slot(step.output), revealed);
}

void Stage::add_winner(Items& items, const Step& step) const {
  const numerics::Term& won = step.terms[*step.winner];
  if (!won.input) return;
  const Rect slot = map(won.input->channel).slot(map_.drawn(*won.input).cell);
  items.push_back(frame("winner", slot.inset(slot.width >= 20 ? 4 : slot.width / 6), Role::winner, 3));
}

void Stage::add_gliding_window(Items& items, const Place& from, const Place& to, double share) const {
  for (const std::int64_t c : channels_of(to.channel)) {
    if (layout_.drawn(c))
      add_gliding_frames(items, fmt::format("window.{}", c), window_boxes(c, from.cell), window_boxes(c, to.cell),
                         share, Role::window);
  }
}

}  // namespace convreel::views
