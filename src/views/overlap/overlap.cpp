// overlap: how many products every output of a transposed layer receives, before the crop; for the other layers, read
// the other way round, how often every input cell is read.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <utility>

#include "explain/number.hpp"
#include "views/catalogue.hpp"
#include "views/overlap/columns.hpp"
#include "views/overlap/touches.hpp"
#include "views/overlap/verdict.hpp"
#include "views/parts/parts.hpp"
#include "words/sentences.hpp"

namespace convreel::views {

namespace {

class Overlap final : public View {
 public:
  explicit Overlap(const Context& context)
      : context_(context),
        touches_(context.trace),
        verdicts_(overlap_verdicts(context.trace.layer())),
        alone_(context, {counted_column(context, touches_)}, {}),
        pair_(make_pair()) {
    numerics::Map counts(1, touches_.size);
    for (const Cell& cell : touches_.cells) counts.at({0, cell}) += 1;
    for (std::int64_t n = 0; n < numerics::area(touches_.size); ++n) {
      const Cell cell = numerics::unflat(n, touches_.size);
      (counts.at({0, cell}) > 0 ? touched_ : untouched_).push_back(cell);
    }
  }

  std::vector<story::Chapter> chapters() const override {
    return {{"count",
             words::say(context_.trace.layer().transposed() ? words::kCountProducts : words::kCountReads),
             "",
             touches_.steps(),
             0,
             true,
             {},
             false,
             numerics::small_size(context_.trace.layer(), context_.trace.geometry())[2]}};
  }

  /// The counted map only; the stepping map joins where there is room to spare.
  scene::Size measure(double cell) const override {
    scene::Size size = alone_.measure(cell);
    if (!job::worded(context_.show.layout)) return size;
    for (const Verdict& verdict : verdicts_) size.width = std::max(size.width, verdict_width(verdict, context_.ruler));
    size.height += verdicts_height();
    return size;
  }

  bool numbered(double cell) const override { return alone_.numbered(cell); }

  void place(Rect area, double cell) override {
    const bool full = job::worded(context_.show.layout);
    const Rect upper{area.x, area.y, area.width, area.height - (full ? verdicts_height() : 0)};
    const scene::Size wanted = pair_.measure(cell);
    paired_ = wanted.width <= area.width && wanted.height <= upper.height;
    (paired_ ? pair_ : alone_).place(upper, cell);
    verdict_row_ = {area.x, upper.bottom(), area.width, kVerdictHeight};
    numbers_ = shelf().numbers(counted());
    backdrop_ = std::make_shared<const Items>(fixed_items());
    settled_ = std::make_shared<const Items>(settled_items());
  }

  /// One channel counts, for all of them.
  Meaning meaning() const override {
    const Layer& layer = context_.trace.layer();
    const std::vector<Channels> every{{}};
    if (!layer.transposed()) return {{{"overlap", Tensor::input, every}, {"output", Tensor::output, every}}, {}};
    GridMeaning sheet{"overlap", Tensor::output, every};
    for (int a = 0; a < numerics::kAxes; ++a) sheet.origin[a] = layer.padding[a].before;
    return {{std::move(sheet), {"input", Tensor::input, every}}, {}};
  }

  Body draw(const story::Cursor& cursor) const override {
    Body body;
    body.backdrop = {backdrop_, backdrop_->size()};
    body.settled = {settled_, touches_.first(cursor.beat + (cursor.finished ? 1 : 0))};
    if (cursor.finished)
      draw_end(body);
    else
      draw_step(body, cursor);
    if (cursor.finished || !context_.show.predict) add_verdicts(body.live);
    return body;
  }

  std::string titled(const std::string& layer) const override {
    return words::say(context_.trace.layer().transposed() ? words::kOverlapOfStamps : words::kOverlapOfWindows,
                      {{"layer", layer}});
  }
  std::vector<Span> conclusion() const override { return closing(); }
  std::string formula() const override {
    return words::say(context_.trace.layer().transposed() ? words::kProductsOfOutput : words::kReadsOfCell);
  }

 private:
  [[nodiscard]] Shelf make_pair() const {
    const Column counted = counted_column(context_, touches_), stepping = stepping_column(context_.trace);
    if (context_.trace.layer().transposed()) return {context_, {stepping, counted}, {{"→", ""}}};
    return {context_, {counted, stepping}, {{"→", ""}}};
  }
  [[nodiscard]] const Shelf& shelf() const { return paired_ ? pair_ : alone_; }
  [[nodiscard]] std::size_t counted() const { return paired_ && context_.trace.layer().transposed() ? 1 : 0; }
  [[nodiscard]] const Grid& counted_grid() const { return shelf().grid(counted(), 0); }
  [[nodiscard]] const Grid& stepping_grid() const { return pair_.grid(1 - counted(), 0); }
  [[nodiscard]] double verdicts_height() const { return static_cast<double>(verdicts_.size()) * kVerdictHeight + 6; }
  [[nodiscard]] Role heat(std::int64_t count) const {
    return scene::ramp_role(scene::Ramp::output,
                            (static_cast<double>(count) - 0.5) / static_cast<double>(touches_.most));
  }

  [[nodiscard]] Item counted_cell(const Cell& cell, std::int64_t count) const {
    const Grid& grid = counted_grid();
    return text_cell(grid.id({0, cell}), grid.slot(cell), heat(count), explain::number(static_cast<double>(count)),
                     numbers_.shown() ? numbers_.font() : 0);
  }

  [[nodiscard]] Item untouched_cell(const Cell& cell, Role role) const {
    const Grid& grid = counted_grid();
    return text_cell(grid.id({0, cell}), grid.slot(cell), role, {}, 0);
  }

  [[nodiscard]] Item pending(const Cell& cell) const {
    const Grid& grid = counted_grid();
    return pending_cell(grid.id({0, cell}), grid.slot(cell), Role::output_pending);
  }

  /// Cells that no step touches: known to be so only at the end.
  void add_never_touched(Items& items) const {
    for (const Cell& cell : untouched_) {
      items.push_back(untouched_cell(cell, Role::unread));
      if (!numbers_.shown()) continue;
      items.back().font = numbers_.font();
      items.back().text = {{"0", Role::unread, Weight::medium}};
    }
  }

  [[nodiscard]] Items fixed_items() const {
    Items items;
    shelf().add_fixed(items);
    for (const Cell& cell : untouched_) items.push_back(pending(cell));
    for (const Cell& cell : touched_) items.push_back(pending(cell));
    if (!paired_) return items;
    const Grid& grid = stepping_grid();
    const Role role = context_.trace.layer().transposed() ? Role::input : Role::output_pending;
    numerics::each_cell({grid.slices, grid.rows, grid.columns}, [&](const Cell& at) {
      items.push_back(text_cell(grid.id({0, at}), grid.slot(at), role, {}, 0));
    });
    return items;
  }

  [[nodiscard]] Items settled_items() const {
    Items items;
    items.reserve(touches_.cells.size());
    for (std::size_t t = 0; t < touches_.cells.size(); ++t)
      items.push_back(counted_cell(touches_.cells[t], touches_.counts[t]));
    return items;
  }

  [[nodiscard]] Cell stepping_cell(std::int64_t step) const {
    const Layer& layer = context_.trace.layer();
    return numerics::unflat(step, numerics::small_size(layer, context_.trace.geometry()));
  }

  /// What a step touches, a box a slice; nothing where it touches padding only.
  [[nodiscard]] std::vector<Rect> touched_boxes(std::int64_t step) const {
    std::map<std::int64_t, std::vector<Cell>> slices;
    for (std::size_t t = touches_.first(step); t < touches_.last(step); ++t)
      slices[touches_.cells[t][0]].push_back(touches_.cells[t]);
    std::vector<Rect> boxes;
    for (const auto& [z, cells] : slices) boxes.push_back(block_of(counted_grid(), *hull_of(cells)));
    return boxes;
  }

  void draw_end(Body& body) const {
    add_never_touched(body.live);
    add_crop(body.live);
  }

  void draw_step(Body& body, const story::Cursor& cursor) const {
    const bool gliding = cursor.glide < 1 && cursor.beat > 0;
    const std::int64_t from = gliding ? cursor.beat - 1 : cursor.beat;
    const double share = gliding ? cursor.glide : 1;
    const std::size_t first = touches_.first(cursor.beat);
    body.landings = touches_.last(cursor.beat) - first;
    std::optional<Telling> telling;
    if (!gliding && cursor.told) telling.emplace(*cursor.told, body.landings);
    if (telling)
      for (std::size_t t = first; t < first + telling->there; ++t) body.live.push_back((*settled_)[t]);
    else if (!gliding)
      for (std::size_t t = first; t < touches_.last(cursor.beat); ++t) {
        body.live.push_back((*settled_)[t]);
        if (!cursor.revealed && !body.live.back().text.empty()) body.live.back().text.front().text = "?";
      }
    add_crop(body.live);
    if (paired_) add_stepping_frame(body.live, from, cursor.beat, share);
    std::vector<Rect> start = touched_boxes(from);
    const std::vector<Rect> end = touched_boxes(cursor.beat);
    if (start.size() != end.size()) start = end;
    for (std::size_t b = 0; b < end.size(); ++b) start[b] = between(start[b], end[b], share);
    add_frames(body.live, "window", start, Role::window);
    if (telling && telling->part) {
      add_touch(body.live, cursor.beat, first + *telling->part, *telling);
      body.arithmetic = touch_sentence(first + *telling->part);
    } else {
      body.arithmetic = sentence(from, gliding || cursor.revealed || cursor.told);
    }
  }

  /// The cell that is told, and where there is room for the other map, one more on its way to it.
  void add_touch(Items& items, std::int64_t step, std::size_t touch, const Telling& telling) const {
    const Rect cell = counted_grid().slot(touches_.cells[touch]);
    items.push_back(told_frame(cell));
    if (!telling.flies() || !paired_ || !numbers_.shown()) return;
    items.push_back(flying("landing", {{"+1", Role::kernel, Weight::bold}}, kArithmeticFont,
                           stepping_grid().slot(stepping_cell(step)).centre(), cell.centre(), telling.share,
                           context_.ruler));
  }

  [[nodiscard]] std::vector<Span> touch_sentence(std::size_t touch) const {
    const Layer& layer = context_.trace.layer();
    const std::int64_t count = touches_.counts[touch];
    Cell at = touches_.cells[touch];
    if (!layer.transposed()) {
      return styled(
          words::kReadSoFar, Role::muted,
          {{"cell", {place_name("x", {0, at}, layer.dims, false), Role::input, Weight::bold}},
           {"times", {words::say(words::form(words::kTimes, count), {{"range", count}}), Role::ink, Weight::bold}}});
    }
    const Span products{words::say(words::form(words::kProducts, count), {{"range", count}}), Role::output_done,
                        Weight::bold};
    for (int a = 0; a < numerics::kAxes; ++a) at[a] -= layer.padding[a].before;
    if (!numerics::inside(at, context_.trace.output().size))
      return styled(words::kCroppedHasSoFar, Role::muted, {{"products", products}});
    return styled(words::kProductsSoFar, Role::muted,
                  {{"cell", {place_name("y", {0, at}, layer.dims, false), Role::output_done, Weight::bold}},
                   {"products", products}});
  }

  void add_stepping_frame(Items& items, std::int64_t from, std::int64_t to, double share) const {
    const Cell a = stepping_cell(from), b = stepping_cell(to);
    const Grid& grid = stepping_grid();
    const Rect box = between(grid.slot(a), grid.slot(b), share);
    items.push_back(frame("source", box, context_.trace.layer().transposed() ? Role::input : Role::output_active));
  }

  /// What the crop leaves, dashed around.
  void add_crop(Items& items) const {
    const Trace& trace = context_.trace;
    if (!trace.layer().transposed() || touches_.size == trace.output().size) return;
    Cell visible{};
    for (int a = 0; a < numerics::kAxes; ++a) visible[a] = trace.layer().padding[a].before;
    const std::size_t before = items.size();
    add_frames(items, "crop", counted_grid().blocks(visible, trace.output().size), Role::ink);
    for (std::size_t n = before; n < items.size(); ++n) items[n].stroke = 2, items[n].dashed = true;
  }

  void add_verdicts(Items& items) const {
    if (!job::worded(context_.show.layout)) return;
    Rect row = verdict_row_.moved(0, 6);
    double widest = 0;
    for (const Verdict& verdict : verdicts_) widest = std::max(widest, verdict_width(verdict, context_.ruler));
    row.x = std::clamp(counted_grid().area().centre().x - widest / 2, verdict_row_.x,
                       std::max(verdict_row_.x, verdict_row_.right() - widest));
    for (std::size_t v = 0; v < verdicts_.size(); ++v) {
      add_verdict(items, fmt::format("verdict.{}", v), row, verdicts_[v], context_.ruler);
      row.y += kVerdictHeight;
    }
  }

  [[nodiscard]] std::vector<Span> sentence(std::int64_t step, bool revealed) const {
    const Layer& layer = context_.trace.layer();
    const std::size_t first = touches_.first(step), count = touches_.last(step) - first;
    const auto again = std::count_if(touches_.counts.begin() + static_cast<std::ptrdiff_t>(first),
                                     touches_.counts.begin() + static_cast<std::ptrdiff_t>(first + count),
                                     [](std::int64_t c) { return c > 1; });
    const std::string before = !revealed ? "?" : again == 0 ? words::say(words::kNone) : std::to_string(again);
    const numerics::Place at{0, stepping_cell(step)};
    const bool adds = layer.transposed();
    const Span cell{place_name(adds ? "x" : "y", at, layer.dims, false), adds ? Role::input : Role::output_done,
                    Weight::bold};
    const words::Sentence& whole = adds ? words::kAddsProducts : words::kReadsCells;
    const words::Sentence& brief = adds ? words::kAddsProductsBriefly : words::kReadsCellsBriefly;
    // Beside other layers a sentence has the room of its own column.
    return styled(context_.alone ? whole : brief, Role::muted,
                  {{"cell", cell}, {"count", {std::to_string(count), Role::muted}}, {"before", {before, Role::muted}}});
  }

  [[nodiscard]] std::vector<Span> closing() const {
    const numerics::Layer& layer = context_.trace.layer();
    std::int64_t low = touches_.most, high = 0;
    numerics::Map counts(1, touches_.size);
    for (const Cell& cell : touches_.cells) counts.at({0, cell}) += 1;
    if (layer.transposed()) counts = context_.trace.overlap();
    for (const double count : counts.values) {
      low = std::min(low, static_cast<std::int64_t>(count));
      high = std::max(high, static_cast<std::int64_t>(count));
    }
    const std::string range =
        low == high ? std::to_string(low) : words::say(words::kRange, {{"low", low}, {"high", high}});
    const std::int64_t channels = layer.in_channels / layer.groups;
    if (!layer.transposed()) {
      const std::string times = words::say(words::form(words::kTimes, high), {{"range", range}});
      return styled(words::kEveryCellIsRead, Role::muted, {{"times", {times, Role::input, Weight::bold}}});
    }
    const std::string products = channels > 1 ? words::say(words::form(words::kProductsOfChannels, high),
                                                           {{"range", range}, {"channels", channels}})
                                              : words::say(words::form(words::kProducts, high), {{"range", range}});
    return styled(words::kEveryOutputAddsUp, Role::muted, {{"products", {products, Role::output_done, Weight::bold}}});
  }

  const Context context_;
  Touches touches_;
  std::vector<Cell> touched_, untouched_;
  std::vector<Verdict> verdicts_;
  Shelf alone_, pair_;
  bool paired_ = false;
  Rect verdict_row_;
  Numbers numbers_;
  std::shared_ptr<const Items> backdrop_, settled_;
};

}  // namespace

extern constinit const Row kOverlapRow{
    "overlap",        "how many products each output receives, and whether that is even",
    Touches::refuses, made<Overlap>,
    nullptr,          true};

}  // namespace convreel::views
