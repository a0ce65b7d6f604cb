#include "views/stack/sides.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "explain/gradient_text.hpp"
#include "explain/size.hpp"
#include "explain/stack_text.hpp"
#include "numerics/gradient.hpp"
#include "views/stack/maps.hpp"
#include "words/sentences.hpp"

namespace convreel::views {

namespace {

constexpr std::int64_t kMostMaps = 4;

class SeveralLayers final : public UpperSide {
 public:
  explicit SeveralLayers(const StackContext& context) : context_(context), maps_(context) {}

  scene::Size measure(double cell) const override { return maps_.measure(cell); }
  bool numbered(double cell) const override { return maps_.numbered(cell); }
  void place(Rect area, double cell) override { maps_.place(area, cell); }

  void add_fixed(Items& items) const override {
    maps_.add_fixed(items);
    for (std::size_t m = 0; m < maps_.count(); ++m)
      for (std::int64_t n = 0; n < maps_.drawn(m); ++n)
        items.push_back(m < maps_.last() ? maps_.cell(m, maps_.at(m, n), m == 0 ? Role::input : Role::output_done)
                                         : maps_.pending(m, maps_.at(m, n)));
  }

  const Map& output() const override { return context_.stages.back().output(); }
  std::int64_t channels() const override { return maps_.drawn(maps_.last()) / numerics::area(output().size); }
  Item cell(const Place& output, Role role) const override { return maps_.cell(maps_.last(), output, role); }

  void add_window(Items& items, const Place& output) const override {
    const auto cone = numerics::cone(context_.stages, output);
    for (std::size_t m = 0; m < maps_.last(); ++m)
      maps_.add_hulls(items, "cone", m, cone[m], m == 0 ? Role::window : Role::link);
  }
  std::string sum(const Place& output) const override {
    const numerics::Stage& last = context_.stages.back();
    return explain::stage_arithmetic(last, last.step(numerics::flat(output, last.output_shape().size)));
  }

  Meaning meaning(const std::string& result) const override {
    Meaning meaning = maps_.meaning();
    meaning.grids.push_back(meaning.grids.back());
    meaning.grids.back().grid = result;
    return meaning;
  }

  std::int64_t weights() const override { return numerics::cost(context_.stages).parameters; }
  std::int64_t products() const override { return numerics::cost(context_.stages).multiplications; }

 private:
  const StackContext context_;
  StackMaps maps_;
};

class BackwardPass final : public UpperSide {
 public:
  explicit BackwardPass(const Context& context)
      : context_(context),
        steps_(context.trace, context.gradient()),
        shelf_(ShelfContext(context).naming(),
               {column("gradient", "∂L/∂y", steps_.sums().output), column("back", "∂L/∂x", output())},
               {{"→", words::say(words::kWeightsBackwards)}}) {}

  scene::Size measure(double cell) const override { return shelf_.measure(cell); }
  bool numbered(double cell) const override { return shelf_.numbered(cell); }
  void place(Rect area, double cell) override { shelf_.place(area, cell); }

  void add_fixed(Items& items) const override {
    shelf_.add_fixed(items);
    const Map& gradient = steps_.sums().output;
    for (std::int64_t c = 0; c < drawn(gradient); ++c)
      numerics::each_cell(gradient.size, [&](const Cell& at) {
        items.push_back(value_cell(cell_id("gradient", {c, at}, dims()), shelf_.grid(0, c).slot(at), Role::input,
                                   gradient.at({c, at}), shelf_.numbers(0)));
      });
    for (std::int64_t c = 0; c < channels(); ++c)
      numerics::each_cell(output().size, [&](const Cell& at) {
        items.push_back(
            pending_cell(cell_id("back", {c, at}, dims()), shelf_.grid(1, c).slot(at), Role::output_pending));
      });
  }

  const Map& output() const override { return steps_.sums().input; }
  std::int64_t channels() const override { return drawn(output()); }
  Item cell(const Place& output, Role role) const override {
    return value_cell(cell_id("back", output, dims()), shelf_.grid(1, output.channel).slot(output.cell), role,
                      steps_.sums().input.at(output), shelf_.numbers(1));
  }

  void add_window(Items& items, const Place& output) const override {
    const numerics::BackwardSteps::Step step = step_of(output);
    std::vector<Place> read;
    for (const auto& term : step.terms)
      if (term.at.output.channel < drawn(steps_.sums().output)) read.push_back(term.at.output);
    for (const ChannelHull& one : hulls_of(read))
      items.push_back(frame(fmt::format("cone.0.{}.{}", one.channel, one.hull.slice),
                            block_of(shelf_.grid(0, one.channel), one.hull), Role::window));
  }
  std::string sum(const Place& output) const override {
    return explain::gradient_arithmetic(context_.trace, step_of(output));
  }

  Meaning meaning(const std::string& result) const override {
    const Layer& layer = context_.trace.layer();
    Meaning meaning{{output_meaning(layer, "gradient"), input_meaning(layer, "back"), input_meaning(layer, result)},
                    {}};
    meaning.grids[0].channels.resize(static_cast<std::size_t>(drawn(steps_.sums().output)));
    for (const std::size_t g : {1U, 2U}) meaning.grids[g].channels.resize(static_cast<std::size_t>(channels()));
    return meaning;
  }
  std::int64_t weights() const override { return static_cast<std::int64_t>(context_.trace.kernel().values.size()); }
  std::int64_t products() const override { return numerics::product_count(context_.trace.layer()); }

 private:
  [[nodiscard]] int dims() const { return context_.trace.layer().dims; }
  [[nodiscard]] static std::int64_t drawn(const Map& map) { return std::min(kMostMaps, map.channels); }
  [[nodiscard]] numerics::BackwardSteps::Step step_of(const Place& input) const {
    return steps_.at(numerics::flat(input, output().size));
  }

  [[nodiscard]] Column column(std::string name, std::string word, const Map& map) const {
    Column made = column_of(context_, std::move(name), std::move(word), map);
    made.channels = drawn(map);
    if (made.channels < map.channels)
      made.caption.note = words::say(words::kChannelsShown, {{"shown", made.channels}, {"all", map.channels}});
    return made;
  }

  const Context context_;
  numerics::BackwardSteps steps_;
  Shelf shelf_;
};

}  // namespace

std::unique_ptr<UpperSide> several_layers(const StackContext& context) {
  return std::make_unique<SeveralLayers>(context);
}

std::unique_ptr<UpperSide> backward_pass(const Context& context) { return std::make_unique<BackwardPass>(context); }

}  // namespace convreel::views
