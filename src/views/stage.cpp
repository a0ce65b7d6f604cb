#include "views/stage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "explain/explain.hpp"
#include "views/arithmetic.hpp"

namespace convreel::views {

using numerics::Place;
using numerics::Step;
using scene::Form;
using scene::Item;
using scene::Items;
using scene::Rect;
using scene::Role;
using scene::Size;
using scene::Span;
using scene::Weight;

namespace {

constexpr double kCaptionFont = 15, kNoteFont = 13, kCaptionHeight = 30, kNoteHeight = 18, kLegendHeight = 22;
constexpr double kWidestCaption = 170;  // a longer one shrinks instead of pushing the columns apart
constexpr double kChannelGap = 12, kBarWidth = 6, kBarGap = 12;
constexpr double kPartialWidth = 64, kPartialHeight = 36, kLinkWidth = 56, kSumWidth = 120, kSumHeight = 44;
constexpr double kArticleSide = 273, kStarFont = 34;

double operator_gap(double cell) { return cell >= 30 ? 88 : cell >= kSmallestNumberedCell ? 64 : 48; }

double stacked(std::int64_t count, double height) {
  return static_cast<double>(count) * height + static_cast<double>(count - 1) * kChannelGap;
}

}  // namespace

Stage::Stage(const Context& context, const WindowMap& map, Captions captions)
    : context_(context), map_(map), captions_(std::move(captions)) {
  const numerics::Layer& layer = context.trace.layer();
  article_ = context.show.layout == spec::Layout::article;
  plain_ = context.show.layout == spec::Layout::plain;
  kernel_shown_ = !layer.pooling() && !article_;
  partials_shown_ = kernel_shown_ && layer.in_channels / layer.groups > 1;
}

struct Stage::Columns {
  double bar = 0, map = 0, star = 0, kernel = 0, partial = 0, equals = 0, output = 0;  // widths, left to right

  [[nodiscard]] double sum() const { return bar + map + star + kernel + partial + equals + output; }
};

double Stage::caption_width(const Caption& caption, std::string_view word) const {
  if (plain_) return 0;
  const double first = context_.ruler.width(
      {{std::string(word), Role::ink, Weight::bold}, {"  " + caption.size, Role::muted}}, kCaptionFont);
  const double second = context_.ruler.width(caption.note, kNoteFont, Weight::regular, false);
  return std::min(kWidestCaption, std::max(first, second));
}

double Stage::captions_height(double cell) const {
  if (plain_) return 0;
  const bool notes = !captions_.map.note.empty() || !captions_.kernel.note.empty() || !captions_.output.note.empty();
  return kCaptionHeight + (notes ? kNoteHeight : 0) + (cell < kSmallestNumberedCell ? kLegendHeight : 0);
}

Stage::Columns Stage::columns(double cell) const {
  const numerics::Layer& layer = context_.trace.layer();
  const double gap = operator_gap(cell);
  Columns widths;
  if (layer.in_channels > 1) widths.bar = kBarWidth + kBarGap;
  widths.map = std::max(static_cast<double>(map_.columns()) * cell, caption_width(captions_.map, "input"));
  widths.star = gap;
  if (kernel_shown_) {
    widths.kernel = std::max(static_cast<double>(layer.kernel[2]) * cell, caption_width(captions_.kernel, "kernel"));
    widths.equals = gap;
  }
  if (partials_shown_) widths.partial = gap * 0.6 + kPartialWidth + kLinkWidth + kSumWidth;
  widths.output =
      std::max(static_cast<double>(context_.trace.output().size[2]) * cell, caption_width(captions_.output, "output"));
  return widths;
}

Size Stage::measure(double cell) const {
  if (article_) return {920, kArticleSide + 20};
  const numerics::Layer& layer = context_.trace.layer();
  const double map_height = static_cast<double>(std::max(map_.rows(), kernel_shown_ ? layer.kernel[1] : 0)) * cell;
  double height = std::max(stacked(layer.in_channels, map_height),
                           stacked(layer.out_channels, static_cast<double>(context_.trace.output().size[1]) * cell));
  if (partials_shown_) height = std::max(height, kSumHeight);
  return {columns(cell).sum(), height + captions_height(cell)};
}

void Stage::place(Rect area, double cell) {
  const numerics::Trace& trace = context_.trace;
  if (article_)
    place_article(area);
  else
    place_columns(area, cell);
  const bool shown = context_.show.numbers;
  std::vector<double> values = trace.input().values;
  values.push_back(0);
  map_numbers_ = Numbers(values, maps_.front().cell, shown, context_.ruler);
  if (kernel_shown_) kernel_numbers_ = Numbers(trace.kernel().values, cell_, shown, context_.ruler);
  output_numbers_ = Numbers(trace.output().values, outputs_.front().cell, shown, context_.ruler);
}

void Stage::place_article(Rect area) {
  // The article's two panels have one physical size, whatever the number of cells.
  const numerics::Trace& trace = context_.trace;
  const auto stack = [&](std::vector<Grid>& grids, std::string_view name, std::int64_t channels, std::int64_t rows,
                         std::int64_t columns, double centre_x) {
    const double gaps = static_cast<double>(channels - 1) * kChannelGap;
    const double cell = std::floor(std::min((kArticleSide - gaps) / static_cast<double>(channels * rows),
                                            kArticleSide / static_cast<double>(columns)));
    const double height = stacked(channels, cell * static_cast<double>(rows));
    for (std::int64_t c = 0; c < channels; ++c) {
      const double y = area.y + (area.height - height) / 2 +
                       static_cast<double>(c) * (cell * static_cast<double>(rows) + kChannelGap);
      const double x = centre_x - cell * static_cast<double>(columns) / 2;
      grids.push_back({std::string(name), {std::round(x), std::round(y)}, cell, rows, columns});
    }
  };
  maps_.clear();
  outputs_.clear();
  stack(maps_, "input", trace.input().channels, map_.rows(), map_.columns(), area.x + area.width * 0.25);
  stack(outputs_, "output", trace.output().channels, trace.output().size[1], trace.output().size[2],
        area.x + area.width * 0.75);
  cell_ = maps_.front().cell;
}

void Stage::place_columns(Rect area, double cell) {
  const numerics::Layer& layer = context_.trace.layer();
  const numerics::Cell output = context_.trace.output().size;
  cell_ = cell;
  const Columns widths = columns(cell);
  const double spare = operator_gap(cell) * 0.8;
  map_room_ = widths.map + spare;
  kernel_room_ = widths.kernel + spare;
  output_room_ = widths.output + spare;
  const double left = area.x + std::max(0.0, (area.width - widths.sum()) / 2);
  const double height = area.height - captions_height(cell);
  const double middle = area.y + height / 2;
  const auto grid = [&](std::string name, double x, double width, std::int64_t rows, std::int64_t columns, double y) {
    return Grid{std::move(name),
                {std::round(x + (width - static_cast<double>(columns) * cell) / 2), std::round(y)},
                cell,
                rows,
                columns};
  };
  const double map_height = static_cast<double>(map_.rows()) * cell;
  const double kernel_height = static_cast<double>(layer.kernel[1]) * cell;
  const double row_height = kernel_shown_ ? std::max(map_height, kernel_height) : map_height;
  const double top = middle - stacked(layer.in_channels, row_height) / 2;
  const double map_x = left + widths.bar, kernel_x = map_x + widths.map + widths.star;
  maps_.clear();
  kernels_.clear();
  outputs_.clear();
  partials_.clear();
  for (std::int64_t c = 0; c < layer.in_channels; ++c) {
    const double y = top + static_cast<double>(c) * (row_height + kChannelGap), centre = y + row_height / 2;
    maps_.push_back(grid("input", map_x, widths.map, map_.rows(), map_.columns(), centre - map_height / 2));
    if (!kernel_shown_) continue;
    kernels_.push_back(
        grid("kernel", kernel_x, widths.kernel, layer.kernel[1], layer.kernel[2], centre - kernel_height / 2));
    partials_.push_back({std::round(kernel_x + widths.kernel + operator_gap(cell) * 0.6),
                         std::round(centre - kPartialHeight / 2), kPartialWidth, std::min(kPartialHeight, row_height)});
  }
  const double output_x = left + widths.sum() - widths.output;
  const double output_height = static_cast<double>(output[1]) * cell;
  const double output_top = middle - stacked(layer.out_channels, output_height) / 2;
  for (std::int64_t c = 0; c < layer.out_channels; ++c)
    outputs_.push_back(grid("output", output_x, widths.output, output[1], output[2],
                            output_top + static_cast<double>(c) * (output_height + kChannelGap)));
  star_x_ = map_x + widths.map;
  star_width_ = widths.star;
  star_font_ = layer.in_channels > 1 ? std::min(kStarFont, row_height) : kStarFont;
  equals_ = {output_x - (kernel_shown_ ? widths.equals : widths.star), middle - 22,
             kernel_shown_ ? widths.equals : widths.star, 44};
  sum_box_ = {std::round(equals_.x - kSumWidth), std::round(middle - kSumHeight / 2), kSumWidth, kSumHeight};
}

Rect Stage::star_at(const Grid& grid) const { return {star_x_, grid.area().centre().y - 22, star_width_, 44}; }

Role Stage::input_role(std::int64_t channel) const { return channel_role(context_.trace.layer(), channel); }

void Stage::add_caption(Items& items, const Grid& grid, double room, std::string_view word,
                        const Caption& caption) const {
  if (plain_) return;
  const double left = grid.area().centre().x - room / 2, top = grid.area().bottom() + 5;
  const auto line = [&](std::string id, double y, double height, std::vector<Span> spans, double font) {
    const double width = context_.ruler.width(spans, font);
    if (width > room) font *= room / width;
    items.push_back(label(std::move(id), {left, y, room, height}, std::move(spans), font));
  };
  line(fmt::format("caption.{}", word), top, 22,
       {{std::string(word), Role::ink, Weight::bold}, {"  " + caption.size, Role::muted}}, kCaptionFont);
  if (!caption.note.empty())
    line(fmt::format("caption.{}.note", word), top + 22, kNoteHeight, {{caption.note, Role::muted}}, kNoteFont);
}

void Stage::add_legend(Items& items, const Grid& grid, std::string_view name, const Numbers& numbers) const {
  if (plain_ || !numbers.ramp()) return;
  constexpr double kSwatch = 12, kNumberWidth = 64;
  const double width = scene::kHeats * kSwatch;
  const double x = std::round(grid.area().centre().x - width / 2),
               y = grid.area().bottom() + captions_height(cell_) - kLegendHeight + 4;
  for (int step = 0; step < scene::kHeats; ++step)
    items.push_back(text_cell(fmt::format("legend.{}.{}", name, step), {x + step * kSwatch, y, kSwatch, kSwatch},
                              scene::heat_role((step + 0.5) / scene::kHeats), {}, 0));
  items.push_back(label(fmt::format("legend.{}.low", name), {x - kNumberWidth - 6, y - 3, kNumberWidth, 18},
                        {{explain::number(numbers.low()), Role::muted}}, 12, scene::Align::right));
  items.push_back(label(fmt::format("legend.{}.high", name), {x + width + 6, y - 3, kNumberWidth, 18},
                        {{explain::number(numbers.high()), Role::muted}}, 12, scene::Align::left));
}

void Stage::add_fixed(Items& items, bool kernel_note) const {
  const numerics::Layer& layer = context_.trace.layer();
  const auto operator_label = [&](std::string id, Rect box, std::string text, double font) {
    items.push_back(label(std::move(id), box, {{std::move(text), Role::muted, Weight::medium}}, font));
  };
  if (article_) {
    const auto panel_name = [&](std::string_view word, const Grid& first) {
      const Rect box = first.area();
      items.push_back(label(fmt::format("caption.{}", word), {box.centre().x - 150, first.origin.y - 34, 300, 28},
                            {{word == "input" ? "Input" : "Output", Role::ink}}, 20));
      items.back().heading = true;
    };
    panel_name("input", maps_.front());
    panel_name("output", outputs_.front());
  } else {
    if (layer.pooling()) {
      operator_label("operator.pool", equals_.moved(0, -14),
                     layer.kind == numerics::LayerKind::max_pool ? "max" : "mean", 15);
      operator_label("operator.equals", equals_.moved(0, 8), "→", 24);
    } else {
      for (std::size_t c = 0; c < kernels_.size(); ++c)
        operator_label(fmt::format("operator.star.{}", c), star_at(kernels_[c]), "∗", star_font_);
      if (!partials_shown_)
        operator_label("operator.equals", equals_, "=", 28);
      else
        operator_label("operator.equals", equals_, "=", 24);
    }
    add_caption(items, maps_.back(), map_room_, "input", captions_.map);
    if (kernel_shown_)
      add_caption(items, kernels_.back(), kernel_room_, "kernel",
                  {captions_.kernel.size, kernel_note ? captions_.kernel.note : ""});
    add_caption(items, outputs_.back(), output_room_, "output", captions_.output);
    add_legend(items, maps_.back(), "input", map_numbers_);
    add_legend(items, outputs_.back(), "output", output_numbers_);
  }
  const numerics::Cell& size = context_.trace.output().size;
  for (std::int64_t c = 0; c < layer.out_channels; ++c)
    for (std::int64_t y = 0; y < size[1]; ++y)
      for (std::int64_t x = 0; x < size[2]; ++x) {
        const bool extra = y >= size[1] - layer.output_padding[1] || x >= size[2] - layer.output_padding[2];
        items.push_back(
            text_cell(output(c).id(c, y, x), output(c).slot(y, x), extra ? Role::extra : Role::output_pending, {}, 0));
      }
}

Item Stage::map_item(std::int64_t channel, std::int64_t row, std::int64_t column) const {
  const Grid& grid = map(channel);
  const MapCell cell = map_.at(channel, row, column);
  const Role role = cell.role == Role::input ? input_role(channel) : cell.role;
  if (cell.role == Role::input)
    return value_cell(grid.id(channel, row, column), grid.slot(row, column), role, cell.value, map_numbers_);
  Item item = text_cell(grid.id(channel, row, column), grid.slot(row, column), role, map_numbers_.text(cell.value),
                        map_numbers_.shown() ? map_numbers_.font() : 0);
  return item;
}

void Stage::add_map(Items& items, std::int64_t channel) const {
  for (std::int64_t row = 0; row < map_.rows(); ++row)
    for (std::int64_t column = 0; column < map_.columns(); ++column) items.push_back(map_item(channel, row, column));
}

std::vector<std::int64_t> Stage::channels_of(std::int64_t output_channel) const {
  const numerics::ChannelRange range = numerics::channels_read(context_.trace.layer(), output_channel);
  std::vector<std::int64_t> channels;
  for (std::int64_t c = range.first; c < range.last; ++c) channels.push_back(c);
  return channels;
}

void Stage::add_kernel(Items& items, std::int64_t output_channel, bool turned) const {
  if (!kernel_shown_) return;
  const numerics::Layer& layer = context_.trace.layer();
  const std::vector<std::int64_t> read = channels_of(output_channel);
  for (std::int64_t c = 0; c < layer.in_channels; ++c) {
    const Grid& grid = kernel(c);
    if (std::find(read.begin(), read.end(), c) == read.end()) {
      items.push_back(label(fmt::format("kernel.{}.unread", c),
                            {grid.area().centre().x - 40, grid.area().centre().y - 10, 80, 20},
                            {{"not read", Role::muted}}, 13));
      continue;
    }
    const KernelSlice slice = kernel_slice(layer, output_channel, c);
    for (std::int64_t v = 0; v < layer.kernel[1]; ++v)
      for (std::int64_t u = 0; u < layer.kernel[2]; ++u) {
        const numerics::Cell tap = turned ? map_.tap_at({0, v, u}) : numerics::Cell{0, v, u};
        const double weight = context_.trace.kernel().at(slice.outer, slice.inner, tap);
        Item item = value_cell(grid.id(c, v, u), grid.slot(v, u), Role::kernel, weight, kernel_numbers_);
        for (Span& span : item.text) span.weight = Weight::bold;
        items.push_back(std::move(item));
      }
  }
}

void Stage::add_sums(Items& items, std::int64_t output_channel, const Step* step, bool revealed) const {
  const numerics::Layer& layer = context_.trace.layer();
  if (layer.in_channels == 1 || article_) return;
  const std::vector<std::int64_t> read = channels_of(output_channel);
  for (std::int64_t c = 0; c < layer.in_channels; ++c) {
    const bool is_read = std::find(read.begin(), read.end(), c) != read.end();
    const Rect area = map(c).area();
    const double x = area.x - kBarGap - kBarWidth / 2;
    Item bar;
    bar.id = fmt::format("channel.{}", c);
    bar.form = Form::line;
    bar.role = is_read ? input_role(c) : Role::rule;
    bar.stroke = kBarWidth;
    bar.points = {{x, area.y + kBarWidth / 2}, {x, area.bottom() - kBarWidth / 2}};
    items.push_back(std::move(bar));
  }
  if (!partials_shown_) return;
  const std::vector<Partial> partials = step ? partial_sums(*step) : std::vector<Partial>{};
  for (const std::int64_t c : read) {
    const Rect box = partials_[static_cast<std::size_t>(c)];
    const auto found = std::find_if(partials.begin(), partials.end(), [&](const Partial& p) { return p.channel == c; });
    Item panel;
    panel.id = fmt::format("partial.{}", c);
    panel.form = Form::panel;
    panel.role = input_role(c);
    panel.box = box;
    if (step && revealed && context_.show.numbers) {
      panel.font = 17;
      panel.text = {{explain::number(found == partials.end() ? 0 : found->sum), input_role(c), Weight::bold}};
    }
    Item link;
    link.id = fmt::format("link.{}", c);
    link.form = Form::line;
    link.role = input_role(c);
    link.stroke = 2;
    link.points = {{box.right(), box.centre().y}, {sum_box_.x, sum_box_.centre().y}};
    items.push_back(std::move(link));
    items.push_back(std::move(panel));
  }
  Item sum;
  sum.id = "sum";
  sum.form = Form::panel;
  sum.role = Role::chip;
  sum.box = sum_box_;
  sum.font = 16;
  const std::vector<double>& bias = context_.trace.bias();
  sum.text = {
      {bias.empty() ? "Σ" : fmt::format("Σ + bias {}", explain::number(bias[static_cast<std::size_t>(output_channel)])),
       Role::ink, Weight::bold}};
  items.push_back(std::move(sum));
}

Items Stage::outputs_done() const {
  const numerics::Map& output_map = context_.trace.output();
  Items items;
  items.reserve(output_map.values.size());
  for (std::int64_t c = 0; c < output_map.channels; ++c)
    for (std::int64_t y = 0; y < output_map.size[1]; ++y)
      for (std::int64_t x = 0; x < output_map.size[2]; ++x)
        items.push_back(value_cell(output(c).id(c, y, x), output(c).slot(y, x), Role::output_done,
                                   output_map.at({c, {0, y, x}}), output_numbers_));
  return items;
}

Item Stage::output_active(const Step& step, bool revealed) const {
  const Place& at = step.output;
  const Grid& grid = output(at.channel);
  const std::string id = grid.id(at.channel, at.cell[1], at.cell[2]);
  const Rect slot = grid.slot(at.cell[1], at.cell[2]);
  const std::string text = revealed ? output_numbers_.text(step.sum) : "?";
  Item item = text_cell(id, slot, Role::output_active, text, output_numbers_.shown() ? output_numbers_.font() : 0);
  for (Span& span : item.text) span.weight = Weight::bold;
  return item;
}

Rect Stage::window_box(std::int64_t channel, const numerics::Cell& output_cell) const {
  return map(channel).block(map_.window_row(output_cell), map_.window_column(output_cell), map_.window_rows(),
                            map_.window_columns());
}

Item Stage::weighted_cell(std::int64_t channel, const Covered& covered, double weight) const {
  Item item = map_item(channel, covered.row, covered.column);
  item.veiled = true;
  if (!kernel_shown_ || !map_numbers_.shown() || map(channel).cell < kSmallestCornerCell) return item;
  item.corner = true;
  item.text.push_back({kernel_numbers_.text(weight), Role::kernel, Weight::bold});
  return item;
}

void Stage::add_origins(Items& items, const Step& step) const {
  // Where a padding mode copied the value from: the eye should find it.
  for (const numerics::Term& term : step.terms) {
    if (!term.input || term.input->cell == term.looked_at.cell) continue;
    const Grid& grid = map(term.input->channel);
    const std::int64_t row = map_.row_of(term.input->cell), column = map_.column_of(term.input->cell);
    Item frame;
    frame.id = fmt::format("origin.{}.{}.{}", term.input->channel, row, column);
    frame.form = Form::frame;
    frame.role = Role::winner;
    frame.box = grid.slot(row, column).inset(3);
    frame.stroke = 2;
    items.push_back(std::move(frame));
  }
}

void Stage::add_window(Items& items, const Step& step, bool revealed) const {
  const numerics::Layer& layer = context_.trace.layer();
  const std::vector<Covered> covered = map_.covered(step.output.cell);
  for (const std::int64_t c : channels_of(step.output.channel)) {
    const KernelSlice slice = kernel_slice(layer, step.output.channel, c);
    for (const Covered& at : covered) {
      const double weight = layer.pooling() ? 1 : context_.trace.kernel().at(slice.outer, slice.inner, at.tap);
      items.push_back(weighted_cell(c, at, weight));
    }
    if (!layer.transposed() && layer.padding_mode != numerics::PaddingMode::zeros && !layer.pooling())
      add_origins(items, step);
    Item frame;
    frame.id = fmt::format("window.{}", c);
    frame.form = Form::frame;
    frame.role = Role::window;
    frame.box = window_box(c, step.output.cell);
    items.push_back(std::move(frame));
  }
  if (!step.winner || !revealed) return;
  const numerics::Term& won = step.terms[*step.winner];
  if (!won.input) return;
  Item frame;
  frame.id = "winner";
  frame.form = Form::frame;
  frame.role = Role::winner;
  frame.box = map(won.input->channel).slot(map_.row_of(won.input->cell), map_.column_of(won.input->cell)).inset(4);
  frame.stroke = 3;
  items.push_back(std::move(frame));
}

void Stage::add_gliding_window(Items& items, const Place& from, const Place& to, double share) const {
  for (const std::int64_t c : channels_of(to.channel)) {
    const Rect box = between(window_box(c, from.cell), window_box(c, to.cell), share);
    Item veil;
    veil.id = fmt::format("veil.{}", c);
    veil.form = Form::veil;
    veil.role = Role::window;
    veil.box = box;
    Item frame = veil;
    frame.id = fmt::format("window.{}", c);
    frame.form = Form::frame;
    items.push_back(std::move(veil));
    items.push_back(std::move(frame));
  }
}

}  // namespace convreel::views
