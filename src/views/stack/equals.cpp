// equals: a stack above, below it the one layer that computes the same from the same input. Each step makes one output
// on both sides, and marks the cell below: the same number, or another one.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

#include "explain/formula.hpp"
#include "explain/number.hpp"
#include "explain/stack_text.hpp"
#include "numerics/equality.hpp"
#include "views/catalogue.hpp"
#include "views/parts/parts.hpp"
#include "views/stack/maps.hpp"
#include "views/stack/words.hpp"

namespace convreel::views {

namespace {

constexpr std::int64_t kMostPlanes = 4;
constexpr double kBetweenSides = 22;

double largest_of(const Map& map) {
  double largest = 0;
  for (const double value : map.values) largest = std::max(largest, std::abs(value));
  return largest;
}

class EqualsView final : public View {
 public:
  explicit EqualsView(const StackContext& context)
      : context_(context),
        maps_(context),
        one_(std::get<numerics::OneLayer>(numerics::as_one_layer(context.stages))),
        largest_(largest_of(one_.trace.output())),
        shelf_(shelf()) {}

  std::vector<story::Chapter> chapters() const override {
    return {{"equals", "both sides",
             explain::shape_text(context_.stages.back().output_shape(), context_.stages.back().dims()),
             maps_.drawn(maps_.last()), 0, true}};
  }

  scene::Size measure(double cell) const override {
    const Size above = maps_.measure(cell), below = shelf_.measure(cell);
    return {std::max(above.width, below.width), above.height + kBetweenSides + below.height};
  }
  bool numbered(double cell) const override { return maps_.numbered(cell) && shelf_.numbered(cell); }

  void place(Rect area, double cell) override {
    const double above = maps_.measure(cell).height, below = shelf_.measure(cell).height;
    const double top = area.y + std::max(0.0, area.height - above - kBetweenSides - below) / 2;
    maps_.place({area.x, top, area.width, above}, cell);
    shelf_.place({area.x, top + above + kBetweenSides, area.width, below}, cell);
    auto fixed = std::make_shared<Items>();
    maps_.add_fixed(*fixed);
    Items own;
    shelf_.add_fixed(own);
    for (Item& item : own) {
      item.id = "one." + item.id;
      fixed->push_back(std::move(item));
    }
    for (std::size_t m = 0; m < maps_.count(); ++m)
      for (std::int64_t n = 0; n < maps_.drawn(m); ++n)
        fixed->push_back(m < maps_.last() ? maps_.cell(m, maps_.at(m, n), m == 0 ? Role::input : Role::output_done)
                                          : maps_.bare(m, maps_.at(m, n), Role::output_pending));
    for (std::int64_t p = 0; p < planes(); ++p)
      numerics::each_cell(kernel().size, [&](const Cell& tap) { fixed->push_back(weight(p, tap)); });
    for (std::int64_t n = 0; n < maps_.drawn(maps_.last()); ++n) {
      const Place place = maps_.at(maps_.last(), n);
      fixed->push_back(text_cell(cell_id("one", place, dims()), result_slot(place), Role::output_pending, {}, 0));
    }
    backdrop_ = std::move(fixed);
    settle();
  }

  Body draw(const story::Cursor& cursor) const override {
    Body body;
    body.backdrop = {backdrop_, backdrop_->size()};
    const auto beat = static_cast<std::size_t>(cursor.beat);
    body.settled = {settled_, cursor.finished ? settled_->size() : 2 * beat};
    if (cursor.finished) return body;
    const Place output = maps_.at(maps_.last(), cursor.beat);
    add_window(body.live, output);
    for (Item item : {maps_.cell(maps_.last(), output, Role::output_active), result(output, Role::output_active)}) {
      if (!item.text.empty() && !cursor.revealed) item.text.front().text = "?";
      body.live.push_back(std::move(item));
    }
    body.arithmetic = {
        {cursor.revealed ? sentence(output) : "both sides make the same output, each in its own way", Role::ink}};
    return body;
  }

  std::vector<Span> conclusion() const override {
    const std::int64_t count = maps_.drawn(maps_.last());
    std::int64_t same = 0;
    for (std::int64_t n = 0; n < count; ++n) same += agrees(maps_.at(maps_.last(), n)) ? 1 : 0;
    if (same == count) return {{fmt::format("all {} outputs are the same on both sides", count), Role::good}};
    const std::string why = one_.left_out.empty() ? "" : fmt::format(": {} is not linear", one_.left_out.front());
    return {{fmt::format("{} of {} outputs differ{}", count - same, count, why), Role::bad}};
  }

  Meaning meaning() const override { return {}; }
  std::string epithet() const override { return " = one layer"; }
  std::string formula() const override {
    std::int64_t parameters = 0, products = 0;
    for (const numerics::Stage& stage : context_.stages) {
      parameters += stage.parameters();
      products += stage.multiplications();
    }
    const numerics::Layer& layer = one_.trace.layer();
    return fmt::format("above: {} weights, {} products; one layer: {} weights, {} products; {}", parameters, products,
                       numerics::parameter_count(layer, !one_.trace.bias().empty()), numerics::product_count(layer),
                       one_.rule);
  }

 private:
  [[nodiscard]] const numerics::Kernel& kernel() const { return one_.trace.kernel(); }
  [[nodiscard]] std::int64_t planes() const { return std::min(kMostPlanes, kernel().outer * kernel().inner); }
  [[nodiscard]] int dims() const { return context_.stages.front().dims(); }

  Shelf shelf() const {
    const Map& output = one_.trace.output();
    const std::int64_t channels = maps_.drawn(maps_.last()) / numerics::area(output.size);
    Column weights{
        "kernel",         "kernel",         {explain::size_text(kernel().size, dims()), ""},          planes(),
        kernel().size[1], kernel().size[2], {kernel().values, context_.show.numbers, context_.ruler}, Role::kernel};
    if (planes() < kernel().outer * kernel().inner)
      weights.caption.note = fmt::format("{} of {} shown", planes(), kernel().outer * kernel().inner);
    weights.across = planes();
    const numerics::Stage stage(one_.trace);
    Column result{"one",
                  stage.name(),
                  {explain::shape_text(stage.output_shape(), dims()), explain::stage_details(stage)},
                  channels,
                  output.size[1],
                  output.size[2],
                  {output.values, context_.show.numbers, context_.ruler}};
    return {ShelfContext{dims(), context_.show, context_.ruler}, {std::move(weights), std::move(result)}, {{"→", ""}}};
  }

  [[nodiscard]] Item weight(std::int64_t plane, const Cell& tap) const {
    const double value = kernel().at(plane / kernel().inner, plane % kernel().inner, tap);
    return weight_cell(cell_id("kernel", {plane, tap}, dims()), shelf_.grid(0, plane).slot(tap), value,
                       shelf_.numbers(0));
  }

  [[nodiscard]] Item result(const Place& place, Role role) const {
    return value_cell(cell_id("one", place, dims()), result_slot(place), role, one_.trace.output().at(place),
                      shelf_.numbers(1));
  }

  [[nodiscard]] Rect result_slot(const Place& place) const { return shelf_.grid(1, place.channel).slot(place.cell); }

  [[nodiscard]] bool agrees(const Place& place) const {
    return numerics::same_number(context_.stages.back().output().at(place), one_.trace.output().at(place), largest_);
  }

  /// What every step leaves: the output above, and below the same or another number.
  void settle() {
    auto items = std::make_shared<Items>();
    for (std::int64_t n = 0; n < maps_.drawn(maps_.last()); ++n) {
      const Place place = maps_.at(maps_.last(), n);
      items->push_back(maps_.cell(maps_.last(), place, Role::output_done));
      items->push_back(result(place, agrees(place) ? Role::output_done : Role::bad));
    }
    settled_ = std::move(items);
  }

  void add_window(Items& items, const Place& output) const {
    const auto cone = numerics::cone(context_.stages, output);
    for (std::size_t m = 0; m < maps_.last(); ++m)
      maps_.add_hulls(items, "cone", m, cone[m], m == 0 ? Role::window : Role::link);
  }

  [[nodiscard]] std::string sentence(const Place& place) const {
    const double above = context_.stages.back().output().at(place), below = one_.trace.output().at(place);
    return fmt::format("above {}, one layer {}: {}", explain::number(above), explain::number(below),
                       agrees(place) ? "the same" : "not the same");
  }

  const StackContext context_;
  StackMaps maps_;
  numerics::OneLayer one_;
  double largest_;
  Shelf shelf_;
  std::shared_ptr<const Items> backdrop_, settled_;
};

std::optional<std::string> unequal(const std::vector<numerics::Stage>& stages) {
  const auto found = numerics::as_one_layer(stages);
  const auto* why = std::get_if<std::string>(&found);
  if (!why) return std::nullopt;
  return "equals shows a stack that one layer can replace: " + *why;
}

}  // namespace

extern constinit const Row kEqualsRow{"equals",
                                      "a stack, and the one layer that computes the same, cell by cell",
                                      refuses_one_layer,
                                      nullptr,
                                      made_of_stack<EqualsView>,
                                      false,
                                      false,
                                      unequal};

}  // namespace convreel::views
