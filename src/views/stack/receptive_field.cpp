// receptive-field: one output in the middle and the cells that it sees, layer by layer back to the input; then how
// often each input cell is counted, and how much it weighs.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

#include "views/catalogue.hpp"
#include "views/parts/parts.hpp"
#include "views/stack/maps_view.hpp"
#include "words/sentences.hpp"

namespace convreel::views {

namespace {

/// The middle cell of the last map's first channel.
Place middle_of(const numerics::Shape& shape) {
  if (shape.flat) return {};
  return {0, {shape.size[0] / 2, shape.size[1] / 2, shape.size[2] / 2}};
}

class ReceptiveField final : public MapsView {
 public:
  explicit ReceptiveField(const StackContext& context)
      : MapsView(context),
        cone_(numerics::cone(context.stages, middle_of(context.stages.back().output_shape()))),
        paths_(numerics::path_counts(context.stages, cone_.back().front())) {
    if (context.stages.back().has_values())
      weights_ = shares(numerics::influence(context.stages, cone_.back().front()));
  }

  std::vector<story::Chapter> chapters() const override {
    return {{"field",
             words::say(words::kField),
             explain::field_text(numerics::receptive_fields(stages()).back(), dims()),
             layers() + 2 + (weights_ ? 1 : 0),
             0,
             true,
             {},
             false,
             1,
             true}};
  }

  void place(Rect area, double cell) override {
    maps_.place(area, cell);
    auto fixed = std::make_shared<Items>();
    maps_.add_fixed(*fixed);
    for (std::size_t m = 0; m < maps_.count(); ++m)
      for (std::int64_t n = 0; n < maps_.drawn(m); ++n)
        fixed->push_back(maps_.cell(m, maps_.at(m, n), m == 0 ? Role::input : Role::output_pending));
    backdrop_ = std::move(fixed);
  }

  Body draw(const story::Cursor& cursor) const override {
    Body body;
    body.backdrop = {backdrop_, backdrop_->size()};
    const std::int64_t back = std::min(cursor.beat, layers());
    for (std::int64_t b = 0; b <= back; ++b) {
      const std::size_t m = maps_.last() - static_cast<std::size_t>(b);
      if (m == 0 && cursor.beat > layers())
        add_heat(body.live, cursor.beat == layers() + 1 ? paths_ : *weights_);
      else
        add_cells(body.live, m);
      if (m != maps_.last())
        maps_.add_hulls(body.live, "field", m, cone_[m],
                        Role::window);  // over the cells: one painted later would eat its line
    }
    body.arithmetic = {{words(cursor.beat), Role::ink}};
    return body;
  }

  std::string titled(const std::string& layer) const override {
    return words::say(words::kReceptiveFieldOf, {{"layer", layer}});
  }

 private:
  [[nodiscard]] std::int64_t layers() const { return static_cast<std::int64_t>(stages().size()); }
  [[nodiscard]] int dims() const { return stages().front().dims(); }

  /// Per cent of the whole, so that they can be read.
  static Map shares(Map map) {
    double total = 0;
    for (const double v : map.values) total += std::abs(v);
    for (double& v : map.values) v = total > 0 ? std::round(100 * std::abs(v) / total) : 0;
    return map;
  }

  void add_cells(Items& items, std::size_t m) const {
    const Role role = m == maps_.last() ? Role::output_active : m == 0 ? Role::input : Role::output_done;
    for (const Place& place : cone_[m])
      if (maps_.is_drawn(m, place)) {
        items.push_back(maps_.cell(m, place, role));
        items.back().veiled = m != maps_.last();
      }
  }

  void add_heat(Items& items, const Map& counts) const {
    const double most = *std::max_element(counts.values.begin(), counts.values.end());
    for (const Place& place : cone_.front()) {
      if (!maps_.is_drawn(0, place)) continue;
      const double count = counts.at(place);
      items.push_back(maps_.text(0, place, scene::ramp_role(scene::Ramp::output, most > 0 ? count / most : 0), count));
    }
  }

  [[nodiscard]] std::string words(std::int64_t beat) const {
    if (beat == 0) return words::say(words::kWhichCells);
    if (beat == layers() + 1) return words::say(words::kPathsOfCells);
    if (beat == layers() + 2) return words::say(words::kWeightsOfCells);
    const auto n = static_cast<std::size_t>(layers() - beat);
    return words::say(words::kBackThrough, static_cast<std::int64_t>(cone_[n].size()),
                      {{"layer", explain::stage_title(stages()[n])}});
  }

  std::vector<std::vector<Place>> cone_;
  Map paths_;
  std::optional<Map> weights_;  ///< not where only shapes are told
  std::shared_ptr<const Items> backdrop_;
};

}  // namespace

extern constinit const Row kReceptiveFieldRow{
    "receptive-field",
    "the cells of every layer that one output sees, and how much each input cell counts",
    refuses_one_layer,
    nullptr,
    made_of_stack<ReceptiveField>,
    true};

}  // namespace convreel::views
