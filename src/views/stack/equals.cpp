// equals: a stack above, or a layer's backward pass; below it the one layer that computes the same from the same input.
// Each step makes one output on both sides, and marks the cell below: the same number, or another one.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

#include "explain/number.hpp"
#include "explain/size.hpp"
#include "explain/stack_text.hpp"
#include "numerics/equality.hpp"
#include "numerics/gradient.hpp"
#include "views/catalogue.hpp"
#include "views/parts/parts.hpp"
#include "views/stack/sides.hpp"
#include "words/sentences.hpp"

namespace convreel::views {

namespace {

using numerics::OneLayer;

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
      : EqualsView(several_layers(context), std::get<OneLayer>(numerics::as_one_layer(context.stages)), context.show,
                   context.ruler) {}
  explicit EqualsView(const Context& context)
      : EqualsView(backward_pass(context), numerics::gradient_as_one_layer(context.trace, context.gradient()),
                   context.show, context.ruler) {
    forward_ = &context.trace;
  }

  std::vector<story::Chapter> chapters() const override {
    const numerics::Stage stage(one_.trace);
    return {
        {"equals", words::say(words::kBothSides), explain::shape_text(stage.output_shape(), dims()), count(), 0, true}};
  }

  scene::Size measure(double cell) const override {
    const Size above = upper_->measure(cell), below = shelf_.measure(cell);
    return {std::max(above.width, below.width), above.height + kBetweenSides + below.height};
  }
  bool numbered(double cell) const override { return upper_->numbered(cell) && shelf_.numbered(cell); }

  void place(Rect area, double cell) override {
    if (article_) cell = largest_cell(area, [&](double c) { return measure(c); });
    const double above = upper_->measure(cell).height, below = shelf_.measure(cell).height;
    const double top = area.y + std::max(0.0, area.height - above - kBetweenSides - below) / 2;
    upper_->place({area.x, top, area.width, above}, cell);
    shelf_.place({area.x, top + above + kBetweenSides, area.width, below}, cell);
    auto fixed = std::make_shared<Items>();
    upper_->add_fixed(*fixed);
    Items own;
    shelf_.add_fixed(own);
    for (Item& item : own) {
      if (item.id.starts_with("joint.")) item.id = "one." + item.id;
      fixed->push_back(std::move(item));
    }
    for (std::int64_t p = 0; p < planes(); ++p)
      numerics::each_cell(kernel().size, [&](const Cell& tap) { fixed->push_back(weight(p, tap)); });
    for (std::int64_t n = 0; n < count(); ++n)
      fixed->push_back(pending_cell(cell_id(kResult, at(n), dims()), result_slot(at(n)), Role::output_pending));
    backdrop_ = std::move(fixed);
    settle();
  }

  Body draw(const story::Cursor& cursor) const override {
    Body body;
    body.backdrop = {backdrop_, backdrop_->size()};
    const auto beat = static_cast<std::size_t>(cursor.beat);
    body.settled = {settled_, cursor.finished ? settled_->size() : 2 * beat};
    if (cursor.finished) return body;
    const Place output = at(cursor.beat);
    upper_->add_window(body.live, output);
    for (Item item : {upper_->cell(output, Role::output_active), result(output, Role::output_active)}) {
      if (!item.text.empty() && !cursor.revealed) item.text.front().text = "?";
      body.live.push_back(std::move(item));
    }
    body.arithmetic = {{cursor.revealed ? fitting_sentence(output) : words::say(words::kEachInItsWay), Role::ink}};
    return body;
  }

  std::vector<Span> conclusion() const override {
    std::int64_t same = 0;
    for (std::int64_t n = 0; n < count(); ++n) same += agrees(at(n)) ? 1 : 0;
    if (same == count())
      return {{words::say(forward_ ? words::kGradientsAgree : words::kOutputsAgree, {{"n", count()}}), Role::ink,
               Weight::bold}};
    std::string differ = words::say(forward_ ? words::kGradientsDiffer : words::kOutputsDiffer,
                                    {{"differ", count() - same}, {"n", count()}});
    if (!one_.left_out.empty())
      differ = words::say(words::kNotLinear, {{"differ", differ}, {"layer", one_.left_out.front()}});
    return {{std::move(differ), Role::ink, Weight::bold}};
  }

  Meaning meaning() const override {
    Meaning meaning = upper_->meaning(kResult);
    GridMeaning weights{"kernel", Tensor::kernel, {}};
    const Trace& of = forward_ ? *forward_ : one_.trace;
    for (std::int64_t p = 0; p < planes(); ++p) weights.channels.push_back(plane_channels(of, p));
    if (forward_) {
      meaning.grids.push_back(std::move(weights));
      return meaning;
    }
    GridMeaning input = meaning.grids.front(), output = output_meaning(of.layer(), kResult);
    output.channels.resize(static_cast<std::size_t>(upper_->channels()));
    meaning.elsewhere.push_back({{std::move(input), std::move(weights), std::move(output)}, {}, {}, &of});
    return meaning;
  }

  std::string titled(const std::string& layer) const override {
    return words::say(forward_ ? words::kGradientIsOneLayer : words::kEqualsOneLayer, {{"layer", layer}});
  }
  std::string formula() const override {
    const numerics::Layer& layer = one_.trace.layer();
    return words::say(words::kCostOfBoth,
                      {{"weights", upper_->weights()},
                       {"products", upper_->products()},
                       {"own-weights", numerics::parameter_count(layer, !one_.trace.bias().empty())},
                       {"own-products", numerics::product_count(layer)},
                       {"rule", one_.rule}});
  }

  std::string transcript() const override {
    std::string text = formula() + "\n";
    for (std::int64_t n = 0; n < count(); ++n)
      text += words::say(words::kStepSays, {{"step", n + 1}, {"sum", sentence(at(n))}});
    return text;
  }

 private:
  static constexpr const char* kResult = "one";

  EqualsView(std::unique_ptr<UpperSide> upper, OneLayer one, const job::Show& show, const scene::Ruler& ruler)
      : upper_(std::move(upper)),
        one_(std::move(one)),
        ruler_(ruler),
        article_(show.layout == job::Layout::article),
        largest_(largest_of(one_.trace.output())),
        shelf_(shelf(show)) {}

  [[nodiscard]] const numerics::Kernel& kernel() const { return one_.trace.kernel(); }
  [[nodiscard]] std::int64_t planes() const { return std::min(kMostPlanes, kernel().outer * kernel().inner); }
  [[nodiscard]] int dims() const { return one_.trace.layer().dims; }
  [[nodiscard]] std::int64_t count() const { return upper_->channels() * numerics::area(one_.trace.output().size); }
  [[nodiscard]] Place at(std::int64_t n) const { return numerics::place_at(n, one_.trace.output().size); }

  Shelf shelf(const job::Show& show) const {
    const Map& output = one_.trace.output();
    Column weights{
        "kernel",         words::say(words::kKernel), {explain::size_text(kernel().size, dims()), ""}, planes(),
        kernel().size[1], kernel().size[2],           {kernel().values, show.numbers, ruler_},         Role::kernel};
    weights.slices = kernel().size[0];
    if (planes() < kernel().outer * kernel().inner)
      weights.caption.note =
          words::say(words::kSomeShown, {{"shown", planes()}, {"all", kernel().outer * kernel().inner}});
    weights.across = planes();
    const numerics::Stage stage(one_.trace);
    Column result{kResult,
                  stage.name(),
                  {explain::shape_text(stage.output_shape(), dims()), explain::stage_details(stage)},
                  upper_->channels(),
                  output.size[1],
                  output.size[2],
                  {output.values, show.numbers, ruler_}};
    result.slices = output.size[0];
    return {ShelfContext{dims(), show, ruler_}.naming(), {std::move(weights), std::move(result)}, {{"→", ""}}};
  }

  [[nodiscard]] Item weight(std::int64_t plane, const Cell& tap) const {
    const double value = kernel().at(plane / kernel().inner, plane % kernel().inner, tap);
    return weight_cell(cell_id("kernel", {plane, tap}, dims()), shelf_.grid(0, plane).slot(tap), value,
                       shelf_.numbers(0));
  }

  [[nodiscard]] Item result(const Place& place, Role role) const {
    return value_cell(cell_id(kResult, place, dims()), result_slot(place), role, one_.trace.output().at(place),
                      shelf_.numbers(1));
  }

  [[nodiscard]] Rect result_slot(const Place& place) const { return shelf_.grid(1, place.channel).slot(place.cell); }

  [[nodiscard]] bool agrees(const Place& place) const {
    return numerics::same_number(upper_->output().at(place), one_.trace.output().at(place), largest_);
  }

  /// What every step leaves: the output above, and below the same or another number.
  void settle() {
    auto items = std::make_shared<Items>();
    for (std::int64_t n = 0; n < count(); ++n) {
      items->push_back(upper_->cell(at(n), Role::output_done));
      items->push_back(result(at(n), agrees(at(n)) ? Role::output_done : Role::bad));
    }
    settled_ = std::move(items);
  }

  [[nodiscard]] std::string verdict(const Place& place, const std::string& above) const {
    return words::say(agrees(place) ? words::kSidesSame : words::kSidesDiffer,
                      {{"above", above}, {"below", explain::number(one_.trace.output().at(place))}});
  }
  [[nodiscard]] std::string short_sentence(const Place& place) const {
    return verdict(place, words::say(words::kAbove, {{"value", explain::number(upper_->output().at(place))}}));
  }
  [[nodiscard]] std::string sentence(const Place& place) const { return verdict(place, upper_->sum(place)); }
  /// In the line that the page keeps for it.
  [[nodiscard]] std::string fitting_sentence(const Place& place) const {
    std::string text = sentence(place);
    const std::vector<Span> spans{{text, Role::ink}};
    return ruler_.width(spans, kArithmeticFont) > kArithmeticRoom ? short_sentence(place) : text;
  }

  std::unique_ptr<UpperSide> upper_;
  OneLayer one_;
  const Trace* forward_ = nullptr;  ///< whose backward pass stands above, where it is no stack
  const scene::Ruler& ruler_;
  bool article_;  ///< the page leaves the cell size to the view
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

std::optional<std::string> no_gradient_layer(const Layer& layer) {
  const auto why = numerics::no_layer_back(layer);
  if (!why) return std::nullopt;
  return "equals shows that a layer's gradient is another layer: " + *why;
}

}  // namespace

extern constinit const Row kEqualsRow{"equals",
                                      "a stack, or a gradient, and the one layer that computes the same, cell by cell",
                                      no_gradient_layer,
                                      made<EqualsView>,
                                      made_of_stack<EqualsView>,
                                      true,
                                      true,
                                      unequal};

}  // namespace convreel::views
