// backward: back-propagation with numbers. Above what the layer computed, below it the gradient of each of its tensors;
// from the one at the output the others are gathered cell by cell.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "explain/gradient_text.hpp"
#include "views/backward/tensors.hpp"
#include "views/catalogue.hpp"
#include "views/parts/parts.hpp"
#include "words/sentences.hpp"

namespace convreel::views {

namespace {

using numerics::BackwardSteps;
using Side = BackwardSteps::Side;

constexpr std::int64_t kMaxSlices = 16;
constexpr double kShelfGap = 14;

class Backward final : public View {
 public:
  explicit Backward(const Context& context)
      : context_(context),
        steps_(context.trace, context.gradient()),
        values_(context),
        gradients_(context, steps_.sums()) {}

  std::vector<story::Chapter> chapters() const override {
    return {{"gradients", words::say(words::kGradients), "", steps_.count(), 0, true}};
  }

  scene::Size measure(double cell) const override {
    const scene::Size above = values_.measure(cell), below = gradients_.measure(cell);
    return {std::max(above.width, below.width), above.height + kShelfGap + below.height};
  }
  bool numbered(double cell) const override { return values_.numbered(cell) && gradients_.numbered(cell); }

  void place(Rect area, double cell) override {
    // A row with a legend is the higher one.
    const double spare = (area.height - measure(cell).height) / 2;
    const double above = values_.measure(cell).height + spare, below = gradients_.measure(cell).height + spare;
    values_.place({area.x, area.y, area.width, above}, cell);
    gradients_.place({area.x, area.bottom() - below, area.width, below}, cell);
    backdrop_ = std::make_shared<const Items>(fixed_items());
    settled_ = std::make_shared<const Items>(settled_items());
  }

  Body draw(const story::Cursor& cursor) const override {
    Body body;
    body.backdrop = {backdrop_, backdrop_->size()};
    if (cursor.finished) {
      body.settled = {settled_, settled_->size()};
      return body;
    }
    body.settled = {settled_, static_cast<std::size_t>(cursor.beat)};
    const BackwardSteps::Step asked = steps_.asked(cursor.beat);
    const BackwardSteps::Step before = steps_.asked(std::max<std::int64_t>(cursor.beat - 1, 0));
    if (cursor.glide < 1 && cursor.beat > 0 && before.side == asked.side) {
      add_asked(body.live, asked, between(gradient_box(before), gradient_box(asked), cursor.glide));
      say(body, steps_.at(cursor.beat - 1), true);
      return body;
    }
    const BackwardSteps::Step step = steps_.at(cursor.beat);
    if (cursor.revealed || cursor.told) add_products(body.live, step);
    if (cursor.revealed || cursor.told) body.live.push_back(answer(step, cursor.revealed));
    add_asked(body.live, step, gradient_box(step));
    say(body, step, cursor.revealed || cursor.told);
    return body;
  }

  Meaning meaning() const override {
    Meaning meaning;
    values_.add_meaning(meaning);
    gradients_.add_meaning(meaning);
    return meaning;
  }
  std::string titled(const std::string& layer) const override {
    return words::say(words::kBackward, {{"layer", layer}});
  }
  /// The identity that the gradients keep, where the layer is linear.
  std::vector<Span> conclusion() const override {
    const std::string identity = explain::adjoint_text(context_.trace, steps_.sums());
    return {{identity.empty() ? words::say(words::kWindowsItWon) : identity, Role::ink}};
  }
  std::string formula() const override { return explain::gradient_formula(context_.trace.layer()); }
  std::string transcript() const override { return explain::gradient_transcript(steps_); }

 private:
  [[nodiscard]] bool weighted() const { return context_.trace.layer().row().weights; }
  [[nodiscard]] Item asked_gradient(const BackwardSteps::Step& step) const {
    return gradients_.cell(part_of(step.side), step.asked);
  }
  [[nodiscard]] Rect gradient_box(const BackwardSteps::Step& step) const { return asked_gradient(step).box; }
  [[nodiscard]] Place weight_place(const numerics::Contribution& c) const {
    return {c.outer * context_.trace.kernel().inner + c.inner, c.tap};
  }

  [[nodiscard]] Items fixed_items() const {
    Items items;
    values_.add_fixed(items);
    gradients_.add_fixed(items);
    for (const auto& [part, map] : values_.parts())
      for (std::int64_t n = 0; n < static_cast<std::int64_t>(map.values.size()); ++n) {
        const Place at = numerics::place_at(n, map.size);
        items.push_back(values_.cell(part, at));
        items.push_back(gradients_.cell(part, at));
        if (part != Part::output) items.back() = pending(items.back());
      }
    for (const Place& at : context_.trace.unread()) mark_unread(items, values_.cell(Part::input, at).id);
    return items;
  }

  static Item pending(const Item& cell) { return pending_cell(cell.id, cell.box, Role::output_pending); }

  static void mark_unread(Items& items, const std::string& id) {
    for (Item& item : items)
      if (item.id == id) {
        item.role = Role::unread;
        for (scene::Span& span : item.text) span.role = Role::unread;
      }
  }

  [[nodiscard]] Items settled_items() const {
    Items items;
    for (std::int64_t n = 0; n < steps_.count(); ++n) items.push_back(asked_gradient(steps_.asked(n)));
    return items;
  }

  void add_asked(Items& items, const BackwardSteps::Step& step, Rect box) const {
    items.push_back(frame("asked", box, gradients_.role(part_of(step.side), step.asked.channel), 4));
  }

  /// Lights the two other tensors of every product.
  void add_products(Items& items, const BackwardSteps::Step& step) const {
    if (step.side == Side::input) add_beam(items, step);
    std::set<std::string> lit;  // a padding mode reads one input twice: it is lit once
    const auto light = [&](Item item) {
      if (lit.insert(item.id).second) items.push_back(std::move(item));
    };
    for (const BackwardSteps::Term& term : step.terms) {
      const bool over_weight = step.side == Side::input && weighted();
      const std::string weight = over_weight ? values_.text(Part::kernel, term.factor) : "";
      light(veiled(gradients_.cell(Part::output, term.at.output), weight, over_weight));
      if (over_weight) light(veiled(values_.cell(Part::kernel, weight_place(term.at)), "", false));
      if (step.side == Side::weight)
        light(veiled(values_.cell(Part::input, term.at.input), gradients_.text(Part::output, term.gradient), true));
    }
  }

  /// What they come to; a question mark while they are told.
  [[nodiscard]] Item answer(const BackwardSteps::Step& step, bool revealed) const {
    Item result = asked_gradient(step);
    for (scene::Span& span : result.text) {
      span.weight = Weight::bold;
      if (!revealed) span.text = "?";
    }
    return result;
  }

  /// A beam for each of the output's slices across the gap, from the lit gradients to the input's. It stays in the gap,
  /// so that no number lies under it.
  void add_beam(Items& items, const BackwardSteps::Step& step) const {
    std::map<std::pair<std::int64_t, std::int64_t>, std::vector<Cell>> from;  // by the output's channel and slice
    for (const BackwardSteps::Term& term : step.terms)
      from[{term.at.output.channel, term.at.output.cell[0]}].push_back(term.at.output.cell);
    for (const auto& [where, cells] : from)
      items.push_back(beam(part_id(fmt::format("link.{}", where.first), static_cast<std::size_t>(where.second)),
                           gradient_box(step), block_of(gradients_.grid(Part::output, where.first), *hull_of(cells))));
  }

  [[nodiscard]] Item beam(std::string id, const Rect& left_box, const Rect& right_box) const {
    constexpr double kClear = 5;
    double left = 0;
    for (std::int64_t c = 0; c < context_.trace.layer().in_channels; ++c)
      left = std::max(left, gradients_.grid(Part::input, c).area().right() + kClear);
    const double right = gradients_.grid(Part::output, 0).area().x - kClear;
    const auto at = [&](double x, double y1, double y2) {
      const double share = (x - left_box.right()) / (right_box.x - left_box.right());
      return scene::Point{x, y1 + (y2 - y1) * share};
    };
    Item item;
    item.id = std::move(id);
    item.form = scene::Form::polygon;
    item.role = Role::link;
    item.points = {at(left, left_box.y, right_box.y), at(right, left_box.y, right_box.y),
                   at(right, left_box.bottom(), right_box.bottom()), at(left, left_box.bottom(), right_box.bottom())};
    const auto [low, high] = std::minmax_element(item.points.begin(), item.points.end(),
                                                 [](const auto& a, const auto& b) { return a.y < b.y; });
    item.box = {left, low->y, right - left, high->y - low->y};
    return item;
  }

  [[nodiscard]] GradientNotation notation(Side side) const {
    return {side == Side::weight ? context_.notation.input : context_.notation.kernel, gradients_.style(Part::output),
            gradients_.style(part_of(side))};
  }

  void say(Body& body, const BackwardSteps::Step& step, bool revealed) const {
    Sources sources;
    for (const BackwardSteps::Term& term : step.terms) {
      const bool weight = step.side == Side::weight;
      sources.push_back(
          (weight ? values_.cell(Part::input, term.at.input) : gradients_.cell(Part::output, term.at.output)).box);
    }
    write_sentence(body, gradient_sentence(context_.trace, notation(step.side), step, revealed), sources,
                   context_.ruler);
  }

  const Context context_;
  BackwardSteps steps_;
  Tensors values_, gradients_;
  std::shared_ptr<const Items> backdrop_, settled_;
};

std::optional<std::string> backward_refuses(const Layer& layer) {
  if (!layer.row().weights) return std::nullopt;
  const std::int64_t slices = layer.out_channels * layer.in_channels / layer.groups;
  if (slices <= kMaxSlices) return std::nullopt;
  return fmt::format(
      "the layer has {} kernels, and backward shows up to {}: use fewer channels or more groups, or slide", slices,
      kMaxSlices);
}

}  // namespace

extern constinit const Row kBackwardRow{
    .name = "backward",
    .summary = "back-propagation: the gradients at inputs, weights and bias, sum by sum",
    .unsuited = backward_refuses,
    .make = made<Backward>,
    .depth = true,
    .gradients = true};

}  // namespace convreel::views
