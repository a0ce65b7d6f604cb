// im2col: every window becomes a row of one big matrix; that times the kernel, written as a column, is the output.
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "explain/formula.hpp"
#include "explain/size.hpp"
#include "views/catalogue.hpp"
#include "views/parts/parts.hpp"
#include "words/sentences.hpp"

namespace convreel::views {

namespace {

constexpr std::int64_t kMostPatchRows = 128, kMostPatchColumns = 96;  // what a page shows with cells of four units
constexpr double kHueWidth = 3, kHueGap = 9;  // a channel's hue beside its weights, behind the bracket

class Im2col final : public View {
 public:
  explicit Im2col(const Context& context)
      : context_(context),
        layer_(context.trace.layer()),
        map_(context.trace),
        panel_(context, map_),
        positions_(numerics::area(context.trace.output().size)),
        taps_(numerics::area(layer_.kernel)),
        width_(taps_ * layer_.in_channels / layer_.groups),
        map_figures_(figures_of_map(context)),
        weight_figures_(figures_of_kernel(context)),
        output_figures_(figures_of_output(context)) {}

  std::vector<story::Chapter> chapters() const override {
    return {{"multiply",
             words::say(words::kUnrollAndMultiply),
             words::say(words::kAWindowARow),
             context_.trace.step_count(),
             0,
             true,
             {},
             false,
             context_.trace.output().size[2]}};
  }

  Size measure(double cell) const override {
    return context_.show.layout == job::Layout::article ? Size{920, 380} : equation(cell).measure();
  }

  bool numbered(double cell) const override { return legends(cell).empty(); }
  void place(Rect area, double cell) override;
  Body draw(const story::Cursor& cursor) const override;
  Meaning meaning() const override;
  std::vector<Span> conclusion() const override {
    return {{words::say(words::kAllWindowsAtOnce, {{"windows", positions_}}), Role::ink}};
  }
  std::string formula() const override { return explain::size_formula(layer_); }
  std::string titled(const std::string& layer) const override {
    return context_.show.layout == job::Layout::article ? layer : words::say(words::kIm2col, {{"layer", layer}});
  }

 private:
  [[nodiscard]] Equation equation(double cell) const;
  /// One for every block whose numbers give way to a ramp.
  [[nodiscard]] std::vector<Legend> legends(double cell) const;
  [[nodiscard]] std::string panel_words() const;
  [[nodiscard]] std::int64_t group(std::int64_t output_channel) const {
    return output_channel / (layer_.out_channels / layer_.groups);
  }
  [[nodiscard]] numerics::ChannelRange read(std::int64_t output_channel) const {
    return numerics::channels_read(layer_, output_channel);
  }
  [[nodiscard]] std::int64_t row_of(const Place& output) const {
    return numerics::flat(output.cell, context_.trace.output().size);
  }
  [[nodiscard]] Rect output_slot(const Place& place) const { return outputs_.slot(row_of(place), place.channel); }
  void add_pending_windows(Items& items) const;
  void add_window_row(Items& items, const Place& output) const;
  [[nodiscard]] Sources sources(const Sentence& sentence, const Step& step) const;
  void add_weights(Items& items, std::int64_t output_channel) const;
  [[nodiscard]] std::vector<TensorCell> weights_at(std::int64_t column) const;
  void add_channel_bars(Items& items, std::int64_t output_channel) const;
  void add_unrolling(Items& items, const Place& from, const Place& to, double share) const;
  void settle();

  const Context context_;
  const Layer& layer_;
  WindowMap map_;
  MapPanel panel_;
  std::int64_t positions_, taps_, width_;
  Figures map_figures_, weight_figures_, output_figures_;
  Grid windows_, weights_, outputs_;
  std::optional<MapCells> window_cells_;
  std::optional<OutputCells> output_cells_;
  Numbers weight_numbers_;
  std::shared_ptr<const Items> backdrop_, done_;
  std::vector<std::size_t> counts_;  ///< items of done_ that are there before each step, and after the last
};

std::string Im2col::panel_words() const {
  const numerics::Geometry& geometry = context_.trace.geometry();
  const std::string size = explain::size_text(layer_.input, layer_.dims);
  if (geometry.stretched == layer_.input) return size;
  return fmt::format("{} → {}", size, explain::size_text(geometry.stretched, layer_.dims));
}

std::vector<Legend> Im2col::legends(double cell) const {
  std::vector<Legend> legends;
  add_legend(legends, "x", map_figures_, Role::input, cell);
  add_legend(legends, "w", weight_figures_, Role::kernel, cell);
  add_legend(legends, "y", output_figures_, Role::output_done, cell);
  return legends;
}

Equation Im2col::equation(double cell) const {
  const auto length = [&](std::int64_t cells) { return static_cast<double>(cells) * cell; };
  const bool captions = job::worded(context_.show.layout);
  return {{{"panel", panel_.measure(panel_.cell_beside(cell)), "", false, words::say(words::kInput), panel_words()},
           {"windows",
            {length(width_), length(positions_)},
            "→",
            true,
            words::say(words::kWindows),
            words::say(words::kOneARow, {{"size", fmt::format("{}×{}", positions_, width_)}})},
           {"weights", {cell, length(width_)}, "×", true, "w", fmt::format("{}×1", width_)},
           {"outputs",
            {length(layer_.out_channels), length(positions_)},
            "=",
            true,
            "y",
            layer_.out_channels > 1 ? words::say(words::kAColumnAChannel) : ""}},
          cell < 20 ? 40.0 : 48.0,
          captions,
          legends(cell),
          context_.ruler};
}

void Im2col::place(Rect area, double cell) {
  if (context_.show.layout == job::Layout::article)
    cell = largest_cell(area, [&](double c) { return equation(c).measure(); });
  Equation row = equation(cell);
  row.place(area);
  panel_.place({row.box("panel").x, row.box("panel").y}, panel_.cell_beside(cell));
  windows_ = row.grid("windows", cell, positions_, width_);
  weights_ = row.grid("weights", cell, width_, 1);
  outputs_ = row.grid("outputs", cell, positions_, layer_.out_channels);
  window_cells_.emplace(context_, map_, map_figures_.at(cell));
  output_cells_.emplace(context_, output_figures_.at(cell));
  weight_numbers_ = weight_figures_.at(cell);
  Items fixed;
  row.add_fixed(fixed);
  panel_.add_maps(fixed);
  add_pending_windows(fixed);
  if (layer_.out_channels == 1) add_weights(fixed, 0);
  for (std::int64_t s = 0; s < context_.trace.step_count(); ++s) {
    const Place at = output_place(context_.trace, s);
    fixed.push_back(output_cells_->pending(at, output_slot(at)));
  }
  backdrop_ = std::make_shared<const Items>(std::move(fixed));
  settle();
}

void Im2col::add_pending_windows(Items& items) const {
  for (std::int64_t row = 0; row < positions_; ++row)
    for (std::int64_t column = 0; column < width_; ++column)
      items.push_back(pending_cell(windows_.id(row, column), windows_.slot(row, column), Role::output_pending));
}

void Im2col::add_window_row(Items& items, const Place& output) const {
  const std::vector<Covered> covered = map_.covered(output.cell);
  std::int64_t column = 0;
  for (std::int64_t c = read(output.channel).first; c < read(output.channel).last; ++c)
    for (const Covered& at : covered) {
      items.push_back(window_cells_->item({c, at.drawn}, windows_.slot(row_of(output), column)));
      items.back().id = windows_.id(row_of(output), column);
      ++column;
    }
}

/// In the row that the window became.
Sources Im2col::sources(const Sentence& sentence, const Step& step) const {
  const std::int64_t row = row_of(step.output), first = read(step.output.channel).first;
  const std::vector<Covered> covered = map_.covered(step.output.cell);
  return sources_of(sentence, [&](const Place& place) {
    const Cell drawn = map_.drawn(place).cell;
    const auto at = std::find_if(covered.begin(), covered.end(), [&](const Covered& c) { return c.drawn == drawn; });
    return windows_.slot(row, (place.channel - first) * taps_ + (at - covered.begin()));
  });
}

void Im2col::add_weights(Items& items, std::int64_t output_channel) const {
  std::int64_t row = 0;
  const std::vector<Covered> covered = map_.covered({});
  for (std::int64_t c = read(output_channel).first; c < read(output_channel).last; ++c) {
    for (const Covered& at : covered) {
      const double weight = context_.trace.weight(output_channel, c, at.tap);
      items.push_back(weight_cell(weights_.id(row, 0), weights_.slot(row, 0), weight, weight_numbers_));
      ++row;
    }
  }
}

/// A place in a window is a tap of one channel in every group: the picture shows one group after the other.
std::vector<TensorCell> Im2col::weights_at(std::int64_t column) const {
  std::vector<TensorCell> cells;
  const numerics::Cell tap = map_.tap_at(numerics::unflat(column % taps_, layer_.kernel));
  for (std::int64_t c = column / taps_; c < layer_.in_channels; c += width_ / taps_)
    cells.push_back({Tensor::kernel, {c, {}}, position(tap)});
  return cells;
}

Meaning Im2col::meaning() const {
  Meaning meaning{{map_meaning(layer_, map_), output_meaning(layer_)}, {}};
  for (std::int64_t column = 0; column < width_; ++column) {
    const std::vector<TensorCell> weights = weights_at(column);
    meaning.cells.push_back({weights_.id(column, 0), weights});
    for (std::int64_t row = 0; row < positions_; ++row) {
      const numerics::Cell output = numerics::unflat(row, context_.trace.output().size);
      const Covered at = map_.covered(output)[static_cast<std::size_t>(column % taps_)];
      CellMeaning window{windows_.id(row, column), weights};
      for (const TensorCell& weight : weights)
        window.cells.push_back({Tensor::input, weight.channels, map_.position(at.drawn)});
      window.cells.push_back({Tensor::output, {}, position(output)});
      meaning.cells.push_back(std::move(window));
    }
  }
  return meaning;
}

void Im2col::settle() {
  Items done;
  counts_.clear();
  for (std::int64_t s = 0; s < context_.trace.step_count(); ++s) {
    const Place at = output_place(context_.trace, s);
    // Another group reads other channels: its windows are written anew over an empty matrix.
    if (s > 0 && s % positions_ == 0 && group(at.channel) != group(at.channel - 1)) add_pending_windows(done);
    counts_.push_back(done.size());
    if (at.channel == 0 || group(at.channel) != group(at.channel - 1)) add_window_row(done, at);
    done.push_back(output_cells_->done(at, output_slot(at)));
  }
  counts_.push_back(done.size());
  done_ = std::make_shared<const Items>(std::move(done));
}

void Im2col::add_channel_bars(Items& items, std::int64_t output_channel) const {
  if (layer_.in_channels == 1) return;
  const numerics::ChannelRange channels = read(output_channel);
  for (std::int64_t c = channels.first; c < channels.last; ++c) {
    const Rect rows = weights_.block((c - channels.first) * taps_, 0, taps_, 1);
    Item bar;
    bar.id = fmt::format("channel.{}", c - channels.first);
    bar.form = Form::line;
    bar.role = channel_role(layer_, c);
    bar.stroke = kHueWidth;
    bar.points = {{rows.right() + kHueGap, rows.y + 1}, {rows.right() + kHueGap, rows.bottom() - 1}};
    items.push_back(std::move(bar));
  }
}

/// The window moves; then its outline stretches into the row that it becomes.
void Im2col::add_unrolling(Items& items, const Place& from, const Place& to, double share) const {
  panel_.add_gliding_window(items, from, to, std::min(1.0, 2 * share));
  if (share <= 0.5) return;
  const numerics::ChannelRange channels = read(to.channel);
  for (std::int64_t c = channels.first; c < channels.last; ++c) {
    const Rect place = windows_.block(row_of(to), (c - channels.first) * taps_, 1, taps_);
    items.push_back(frame(fmt::format("unrolling.{}", c), between(panel_.window_box(c, to.cell), place, 2 * share - 1),
                          Role::window));
  }
}

Body Im2col::draw(const story::Cursor& cursor) const {
  const Step step = context_.trace.step(cursor.beat);
  Body body;
  body.backdrop = {backdrop_, backdrop_->size()};
  body.settled = {done_, counts_[static_cast<std::size_t>(cursor.beat + (cursor.finished ? 1 : 0))]};
  if (layer_.out_channels > 1) add_weights(body.live, step.output.channel);
  add_channel_bars(body.live, step.output.channel);
  if (cursor.finished) return body;
  if (cursor.glide < 1 && cursor.beat > 0) {
    const Step before = context_.trace.step(cursor.beat - 1);
    const bool same = before.output.channel == step.output.channel;
    add_unrolling(body.live, same ? before.output : step.output, step.output, cursor.glide);
    body.arithmetic = arithmetic_of(context_, before, true);
    return body;
  }
  panel_.add_window(body.live, step);
  add_window_row(body.live, step.output);
  body.live.push_back(frame("row", windows_.block(row_of(step.output), 0, 1, width_), Role::window));
  output_cells_->add_active(body.live, step.output, output_slot(step.output), cursor.revealed);
  const Sentence sentence = sentence_of(context_.trace, context_.notation, step, cursor.revealed || cursor.told);
  write_sentence(body, sentence, sources(sentence, step), context_.ruler);
  return body;
}

std::optional<std::string> im2col_refuses(const Layer& layer) {
  if (!layer.row().weights)
    return fmt::format("{} has no kernel to multiply the windows by: use slide", layer.row().family);
  const std::int64_t rows = numerics::area(numerics::geometry(layer).output);
  const std::int64_t columns = numerics::area(layer.kernel) * layer.in_channels / layer.groups;
  if (rows > kMostPatchRows || columns > kMostPatchColumns)
    return fmt::format(
        "the windows would be a matrix of {}×{}, and at most {}×{} can be seen: use {}, or a smaller input", rows,
        columns, kMostPatchRows, kMostPatchColumns, layer.transposed() ? "zero-insertion" : "slide");
  return std::nullopt;
}

}  // namespace

extern constinit const Row kIm2colRow{"im2col", "every window becomes a row of a matrix, times the kernel as a column",
                                      im2col_refuses, made<Im2col>};

}  // namespace convreel::views
