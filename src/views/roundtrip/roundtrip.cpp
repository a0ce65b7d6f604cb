// roundtrip: a convolution and the transposed convolution with the same weights, one after the other. The shape comes
// back, the values do not.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <optional>
#include <utility>

#include "explain/formula.hpp"
#include "explain/number.hpp"
#include "explain/size.hpp"
#include "numerics/equality.hpp"
#include "views/catalogue.hpp"
#include "views/parts/parts.hpp"
#include "views/roundtrip/cells.hpp"
#include "views/roundtrip/leg.hpp"
#include "views/roundtrip/reunion.hpp"
#include "views/roundtrip/words.hpp"
#include "words/sentences.hpp"

namespace convreel::views {

namespace {

enum TripChapter : std::size_t { kThere, kBack, kCompare };

/// What a beat shows: the cells at one end and at the other, channel by channel.
struct Ends {
  Boxes from, to;
};

class Roundtrip final : public View {
 public:
  explicit Roundtrip(const Context& context)
      : context_(context),
        back_(sent_back(context.trace)),
        error_(difference(back_.output(), context.trace.input())),
        legs_{Leg(context.trace, RoundtripColumn::kInput, RoundtripColumn::kOutput),
              Leg(back_, RoundtripColumn::kOutput, RoundtripColumn::kRestored)},
        shelf_(roundtrip_shelf(context, back_, error_, legs_)),
        cells_(context.trace, back_, error_, shelf_) {}

  std::vector<story::Chapter> chapters() const override {
    const int dims = context_.trace.layer().dims;
    const std::string x = explain::size_text(context_.trace.input().size, dims),
                      y = explain::size_text(context_.trace.output().size, dims);
    const auto leg = [&](const Leg& of, const std::string& from, const std::string& to) {
      story::Chapter chapter{of.sums ? "transpose" : "convolve",
                             words::say(of.sums ? words::kTranspose : words::kConvolveOnce),
                             fmt::format("{} → {}", from, to), of.beats()};
      chapter.stepwise = true;
      chapter.row = (of.sums ? of.trace->input() : of.trace->output()).size[2];
      return chapter;
    };
    return {leg(legs_[0], x, y),
            leg(legs_[1], y, x),
            {"compare",
             words::say(words::kCompare),
             "x′ − x",
             static_cast<std::int64_t>(error_.values.size()),
             0,
             true,
             {},
             false,
             error_.size[2]}};
  }

  scene::Size measure(double cell) const override {
    scene::Size size = shelf_.measure(cell);
    if (!judged()) return size;
    for (const Verdict& verdict : {shape_verdict(), value_verdict()})
      size.width = std::max(size.width, verdict_width(verdict, context_.ruler));
    size.height += kVerdictsHeight;
    return size;
  }

  bool numbered(double cell) const override { return shelf_.numbered(cell); }

  void place(Rect area, double cell) override {
    const double foot = judged() ? kVerdictsHeight : 0;
    shelf_.place({area.x, area.y, area.width, area.height - foot}, cell);
    verdict_row_ = {area.x, area.bottom() - foot + 6, area.width, kVerdictHeight};
    cells_.write_numbers();
    backdrop_ = std::make_shared<const Items>(fixed_items());
    settle();
  }

  Body draw(const story::Cursor& cursor) const override {
    Body body;
    body.backdrop = {backdrop_, backdrop_->size()};
    const std::size_t chapter = cursor.chapter;
    body.settled = {settled_, ends_[chapter][static_cast<std::size_t>(cursor.beat) + (cursor.finished ? 1 : 0)]};
    if (judged() && (chapter == kCompare)) add_verdicts(body.live, cursor.finished);
    if (cursor.finished) return body;
    if (cursor.glide < 1 && cursor.beat > 0)
      draw_gliding(body, cursor);
    else
      draw_arrived(body, cursor);
    return body;
  }

  Meaning meaning() const override {
    const Layer& layer = context_.trace.layer();
    return {
        {input_meaning(layer), output_meaning(layer), input_meaning(layer, "restored"), input_meaning(layer, "error")},
        {}};
  }
  std::string titled(const std::string& layer) const override {
    return words::say(words::kThereAndBack, {{"layer", layer}});
  }
  std::vector<Span> conclusion() const override { return trip_conclusion(back_, error_); }
  std::string formula() const override {
    return words::say(words::kNextStatement, {{"before", explain::size_formula(context_.trace.layer())},
                                              {"next", explain::size_formula(back_.layer())}});
  }

 private:
  static constexpr double kVerdictsHeight = 2 * kVerdictHeight + 6;

  [[nodiscard]] bool judged() const { return job::worded(context_.show.layout); }

  [[nodiscard]] Items fixed_items() const {
    Items items;
    shelf_.add_fixed(items);
    for (std::size_t c = RoundtripColumn::kInput; c <= RoundtripColumn::kError; ++c) {
      const Map& map = cells_.map_of(c);
      for (std::int64_t n = 0; n < static_cast<std::int64_t>(map.values.size()); ++n) {
        const Place at = numerics::place_at(n, map.size);
        if (c == RoundtripColumn::kInput)
          items.push_back(cells_.cell(c, at, cells_.role_of(c, at.channel), map.at(at)));
        else
          items.push_back(
              pending_cell(shelf_.grid(c, at.channel).id(at), cells_.slot(c, at), cells_.pending_role(c, at)));
      }
    }
    return items;
  }

  /// Everything that steps leave behind, in one list; ends_[chapter][n] is how much stands after n of its beats.
  void settle() {
    auto items = std::make_shared<Items>();
    for (std::size_t l = 0; l < legs_.size(); ++l) {
      ends_[l] = {items->size()};
      for (std::int64_t n = 0; n < legs_[l].beats(); ++n) {
        settle_beat(*items, legs_[l], n);
        ends_[l].push_back(items->size());
      }
      for (const Place& at : legs_[l].untouched())
        items->push_back(cells_.cell(legs_[l].to, at, Role::output_done, legs_[l].trace->output().at(at)));
      ends_[l].back() = items->size();
    }
    ends_[kCompare] = {items->size()};
    for (std::int64_t n = 0; n < static_cast<std::int64_t>(error_.values.size()); ++n) {
      items->push_back(cells_.error(numerics::place_at(n, error_.size)));
      ends_[kCompare].push_back(items->size());
    }
    settled_ = std::move(items);
  }

  void settle_beat(Items& items, const Leg& leg, std::int64_t beat) const {
    if (!leg.sums) {
      const Place at = numerics::place_at(beat, leg.trace->output().size);
      items.push_back(cells_.cell(leg.to, at, Role::output_done, leg.trace->output().at(at)));
      return;
    }
    for (const Landed& landed : leg.sums->landings(beat))
      if (landed.output)
        items.push_back(cells_.cell(leg.to, {landed.sheet.channel, *landed.output}, Role::output_done, landed.sum));
  }

  void draw_arrived(Body& body, const story::Cursor& cursor) const {
    const Ends boxes = boxes_of(cursor.chapter, cursor.beat);
    if (stamps(cursor.chapter)) return draw_scatter(body, legs_[cursor.chapter], cursor, boxes);
    if (cursor.chapter == kCompare)
      add_comparison(body.live, cursor);
    else
      add_gather(body.live, legs_[cursor.chapter], cursor);
    add_frames(body.live, cursor.chapter, boxes, boxes, 1);
    say(body, cursor.chapter, cursor.beat, cursor.revealed || cursor.told);
  }

  void draw_gliding(Body& body, const story::Cursor& cursor) const {
    add_frames(body.live, cursor.chapter, boxes_of(cursor.chapter, cursor.beat - 1),
               boxes_of(cursor.chapter, cursor.beat), cursor.glide);
    say(body, cursor.chapter, cursor.beat - 1, true);
  }

  [[nodiscard]] bool stamps(std::size_t chapter) const {
    return chapter != kCompare && legs_[chapter].sums.has_value();
  }

  void draw_scatter(Body& body, const Leg& leg, const story::Cursor& cursor, const Ends& boxes) const {
    std::vector<Landed> landings;
    std::ranges::copy_if(leg.sums->landings(cursor.beat), std::back_inserter(landings),
                         [](const Landed& landed) { return landed.output.has_value(); });
    body.landings = landings.size();
    const Telling telling(cursor.told.value_or(static_cast<double>(landings.size())), landings.size());
    for (std::size_t l = 0; l < telling.there; ++l)
      add_landed(body.live, leg, landings[l], cursor.revealed || cursor.told);
    add_frames(body.live, cursor.chapter, boxes, boxes, 1);
    if (!cursor.told || !telling.part) return say(body, cursor.chapter, cursor.beat, true);
    const Place input = leg.sums->input(cursor.beat);
    add_landing(body.live, leg, input, landings[*telling.part], telling);
    body.arithmetic = landing_sentence(notation(leg), leg.trace->input().at(input), landings[*telling.part]);
  }

  void add_landed(Items& items, const Leg& leg, const Landed& landed, bool revealed) const {
    Item item = cells_.cell(leg.to, {landed.sheet.channel, *landed.output}, Role::output_done, landed.sum);
    if (revealed)
      item =
          veiled(std::move(item), signed_text(landed.product, cells_.numbers(leg.to)), cells_.numbers(leg.to).shown());
    else if (item.veiled = true; !item.text.empty())
      item.text.front().text = "?";
    items.push_back(std::move(item));
  }

  /// Where the product that is told lands, and itself on its way there.
  void add_landing(Items& items, const Leg& leg, const Place& input, const Landed& landed,
                   const Telling& telling) const {
    const Rect place = cells_.slot(leg.to, {landed.sheet.channel, *landed.output});
    items.push_back(told_frame(place));
    if (!telling.flies()) return;
    const Span product{signed_text(landed.product, cells_.numbers(leg.to)), Role::kernel, Weight::bold};
    items.push_back(flying("landing", {product}, kArithmeticFont, cells_.slot(leg.from, input).centre(), place.centre(),
                           telling.share, context_.ruler));
  }

  void add_gather(Items& items, const Leg& leg, const story::Cursor& cursor) const {
    const numerics::Step step = leg.trace->step(cursor.beat);
    for (const numerics::Term& term : step.terms)
      if (term.input)
        items.push_back(
            veiled(cells_.cell(leg.from, *term.input, cells_.role_of(leg.from, term.input->channel), term.x),
                   explain::number(term.w, context_.notation.kernel), cells_.numbers(leg.from).shown()));
    items.push_back(active(cells_.cell(leg.to, step.output, Role::output_active, step.sum), cursor.revealed));
  }

  void add_comparison(Items& items, const story::Cursor& cursor) const {
    const Place at = numerics::place_at(cursor.beat, error_.size);
    // Its shade says how much, so that a frame has to say which.
    Item item = cells_.error(at);
    items.push_back(cursor.revealed ? std::move(item) : active(std::move(item), false));
    items.push_back(frame("difference", cells_.slot(RoundtripColumn::kError, at), Role::output_active));
  }

  [[nodiscard]] static Item active(Item item, bool revealed) {
    item.role = Role::output_active;
    if (item.text.empty()) return item;
    item.text.front().weight = Weight::bold;
    if (!revealed) item.text.front().text = "?";
    return item;
  }

  /// Frames of a beat: at its source and at its target, one a channel.
  [[nodiscard]] Ends boxes_of(std::size_t chapter, std::int64_t beat) const {
    if (chapter == kCompare)
      return {{cells_.slot(RoundtripColumn::kInput, numerics::place_at(beat, error_.size))},
              {cells_.slot(RoundtripColumn::kRestored, numerics::place_at(beat, error_.size))}};
    const Leg& leg = legs_[chapter];
    if (leg.sums) return {{cells_.slot(leg.from, leg.sums->input(beat))}, cells_.hulls(leg.to, leg.written(beat))};
    return {cells_.hulls(leg.from, leg.read(beat)), {}};
  }

  void add_frames(Items& items, std::size_t chapter, const Ends& from, const Ends& to, double share) const {
    const bool gathers = chapter != kCompare && !legs_[chapter].sums;
    const Role source = chapter == kBack ? Role::output_active : Role::input;
    add_moving_frames(items, "source", from.from, to.from, share, gathers ? Role::window : source);
    add_moving_frames(items, "target", from.to, to.to, share, chapter == kCompare ? Role::output_active : Role::window);
  }

  [[nodiscard]] const explain::NumberStyle& style(std::size_t column) const { return cells_.numbers(column).style(); }
  /// Both layers have the same weights.
  [[nodiscard]] explain::Notation notation(const Leg& leg) const {
    return {style(leg.from), context_.notation.kernel, style(leg.to)};
  }

  [[nodiscard]] Comparands comparands() const {
    return {style(RoundtripColumn::kInput), style(RoundtripColumn::kRestored), style(RoundtripColumn::kError)};
  }

  void say(Body& body, std::size_t chapter, std::int64_t beat, bool revealed) const {
    if (chapter == kCompare) {
      const Place at = numerics::place_at(beat, error_.size);
      write_sentence(body, comparison_sentence(context_.trace, back_, comparands(), at, revealed),
                     {cells_.slot(RoundtripColumn::kRestored, at), cells_.slot(RoundtripColumn::kInput, at)},
                     context_.ruler);
      return;
    }
    const Leg& leg = legs_[chapter];
    if (leg.sums) {
      body.arithmetic = stamping_sentence(leg, notation(leg), chapter == kBack, beat);
      return;
    }
    const Sentence sentence = gathering_sentence(leg, notation(leg), chapter == kBack, leg.trace->step(beat), revealed);
    write_sentence(body, sentence, {}, context_.ruler);
    for (std::size_t t = 0; t < std::min(body.parts.size(), sentence.read.size()); ++t)
      body.parts[t].source = read_box(leg.from, sentence.read[t]);
  }

  /// Around what is read in a column; nothing where that is padding, which stands nowhere in this view.
  [[nodiscard]] std::optional<Rect> read_box(std::size_t column, const std::vector<Place>& places) const {
    std::optional<Rect> box;
    for (const Place& place : places) {
      if (!numerics::inside(place.cell, cells_.map_of(column).size)) continue;
      const Rect slot = cells_.slot(column, place);
      box = box ? scene::united(*box, slot) : slot;
    }
    return box;
  }

  [[nodiscard]] Verdict shape_verdict() const { return shape_judged(context_.trace, back_); }
  [[nodiscard]] Verdict value_verdict() const { return values_judged(error_); }

  void add_verdicts(Items& items, bool finished) const {
    Rect row = verdict_row_;
    const double widest =
        std::max(verdict_width(shape_verdict(), context_.ruler), verdict_width(value_verdict(), context_.ruler));
    row.x += std::max(0.0, (verdict_row_.width - widest) / 2);
    add_verdict(items, "verdict.shape", row, shape_verdict(), context_.ruler);
    if (finished) add_verdict(items, "verdict.values", row.moved(0, kVerdictHeight), value_verdict(), context_.ruler);
  }

  const Context context_;
  const Trace back_;
  const Map error_;
  const std::array<Leg, 2> legs_;
  Shelf shelf_;
  RoundtripCells cells_;
  Rect verdict_row_;
  std::array<std::vector<std::size_t>, 3> ends_;
  std::shared_ptr<const Items> backdrop_, settled_;
};

std::optional<std::string> roundtrip_refuses(const Layer& layer) {
  if (const auto why = numerics::no_layer_back(layer)) return why;
  return RunningSums::refuses(layer.transposed() ? layer : numerics::layer_back(layer));
}

}  // namespace

extern constinit const Row kRoundtripRow{
    "roundtrip", "a convolution, then the transposed one with the same weights: the shape comes back",
    roundtrip_refuses, made<Roundtrip>};

}  // namespace convreel::views
