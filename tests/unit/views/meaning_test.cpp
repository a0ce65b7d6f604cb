// Whatever view draws a cell says what it stands for, so that a pointer over it lights what belongs to it.
#include "views/meaning.hpp"

#include <cmath>
#include <regex>

#include "numerics/adjacency.hpp"
#include "unit/views/view_film.hpp"

namespace convreel::views {
namespace {

using numerics::LayerKind;
using test_support::filled;
using test_support::square;
using test_support::ViewFilm;

struct CellName {
  std::string grid;
  std::size_t channel = 0;
  Position drawn{};
};

std::optional<CellName> cell_name(const std::string& id) {
  static const std::regex kName(R"(([^.]+)\.(\d+)\.(\d+)\.(\d+))");
  std::smatch found;
  if (!std::regex_match(id, found, kName)) return std::nullopt;
  return CellName{found[1], std::stoul(found[2]), {0, std::stod(found[3]), std::stod(found[4])}};
}

std::vector<TensorCell> stands_for(const Meaning& meaning, const std::string& id) {
  for (const CellMeaning& cell : meaning.cells)
    if (cell.id == id) return cell.cells;
  const auto name = cell_name(id);
  for (const GridMeaning& grid : meaning.grids) {
    if (!name || grid.grid != name->grid || name->channel >= grid.channels.size()) continue;
    TensorCell cell{grid.tensor, grid.channels[name->channel], {}};
    for (std::size_t a = 0; a < cell.at.size(); ++a)
      cell.at[a] = (name->drawn[a] - static_cast<double>(grid.origin[a])) / static_cast<double>(grid.spacing[a]);
    return {cell};
  }
  return {};
}

/// Cells are boxes, or polygons where they lie in space. Zeros of a matrix are dots, a legend's boxes are its own.
bool is_cell(const scene::Item& item) {
  if (item.form == scene::Form::cell) return !item.id.starts_with("legend.");
  return item.form == scene::Form::polygon && cell_name(item.id);
}

using Meanings = std::vector<ViewMeaning>;

bool stated(const Meanings& meanings, const std::string& id) {
  return std::ranges::any_of(meanings, [&](const ViewMeaning& view) {
    return id.starts_with(view.prefix) && !stands_for(view.meaning, id.substr(view.prefix.size())).empty();
  });
}

/// Ids of a scene's cells of which nobody says what they stand for.
std::set<std::string> unstated(const scene::Scene& scene, const Meanings& meanings) {
  std::set<std::string> ids;
  for (const scene::Item* item : scene::visible(scene))
    if (is_cell(*item) && !item->id.ends_with(".leaving") && !stated(meanings, item->id)) ids.insert(item->id);
  return ids;
}

std::set<std::string> unstated(const Reel& reel) {
  std::set<std::string> ids;
  for (std::int64_t i = 0; i < reel.size(); ++i) ids.merge(unstated(reel.shot(i).scene, reel.meanings()));
  return ids;
}

numerics::Layer with_channels(numerics::Layer layer, std::int64_t in, std::int64_t out, std::int64_t groups) {
  layer.in_channels = in;
  layer.out_channels = out;
  layer.groups = groups;
  return layer;
}

std::vector<numerics::Layer> layers() {
  std::vector<numerics::Layer> layers{square(LayerKind::conv, 4, 3, 1, 1),
                                      square(LayerKind::conv_transpose, 3, 3, 2, 1),
                                      square(LayerKind::conv_transpose, 5, 3, 1, 3),
                                      square(LayerKind::max_pool, 4, 2, 2),
                                      square(LayerKind::avg_pool, 4, 2, 2, 1),
                                      with_channels(square(LayerKind::conv, 3, 2), 2, 2, 1),
                                      with_channels(square(LayerKind::conv, 3, 2, 1, 1), 4, 2, 2),
                                      with_channels(square(LayerKind::conv_transpose, 2, 2, 2), 4, 4, 2)};
  for (const std::size_t turned : {0U, 1U}) {
    layers.push_back(layers[turned]);
    layers.back().flip_kernel = true;
  }
  return layers;
}

/// Calls `check` with every view of every layer that it takes.
void each_film(void (*check)(const ViewFilm&)) {
  for (const Row& row : catalogue())
    for (const numerics::Layer& layer : layers()) {
      if (row.refuses(layer)) continue;
      SCOPED_TRACE(fmt::format("{}: {}", row.name, explain::layer_title(layer)));
      check(ViewFilm(filled(layer), std::string(row.name)));
    }
}

std::vector<numerics::Stage> small_stack() {
  std::vector<numerics::Stage> stages;
  stages.emplace_back(filled(with_channels(square(LayerKind::conv, 4, 2, 1, 0), 1, 4, 1)));
  numerics::Mapping shuffle;
  shuffle.kind = numerics::MappingKind::pixel_shuffle;
  shuffle.factor = 2;
  shuffle.input = stages[0].output_shape();
  stages.emplace_back(shuffle, stages[0].shared_output());
  return stages;
}

TEST(Meaning, ViewsOfStacksStateItForEveryCell) {
  const std::vector<numerics::Stage> stages = small_stack();
  const test::PlainRuler ruler;
  for (const Row& row : catalogue()) {
    if (!row.make_of_stack) continue;
    job::Show show;
    show.views = {std::string(row.name)};
    const auto reel = make_reel({{nullptr, &show, "", &stages}}, show, {}, ruler);
    EXPECT_THAT(unstated(*reel), testing::IsEmpty()) << row.name;
  }
}

TEST(Meaning, EveryViewStatesItForEveryCell) {
  each_film([](const ViewFilm& film) { EXPECT_THAT(unstated(*film.reel), testing::IsEmpty()); });
}

/// A view that draws a cell and has forgotten to say what it stands for.
class Silent final : public View {
 public:
  std::vector<story::Chapter> chapters() const override { return {{"main", "", "", 1, 0, true}}; }
  scene::Size measure(double) const override { return {}; }
  bool numbered(double) const override { return true; }
  void place(scene::Rect, double) override {}
  Body draw(const story::Cursor&) const override {
    Body body;
    body.live.resize(2);
    body.live[0].id = "echo.0.1.2";
    body.live[1].id = "output.0.0.0";
    return body;
  }
  Meaning meaning() const override { return {{{"output", Tensor::output, {{std::nullopt, 0}}}}, {}}; }
  std::vector<Span> conclusion() const override { return {}; }
  std::string formula() const override { return {}; }
};

TEST(Meaning, ASilentViewIsFound) {
  const Silent view;
  const scene::Scene scene{{}, {}, {}, view.draw({}).live};
  EXPECT_THAT(unstated(scene, {{"", nullptr, view.meaning()}}), testing::ElementsAre("echo.0.1.2"));
}

/// The value of a tensor's cell; none outside the input, and none where it depends on the step which slice of
/// the kernel is shown.
std::optional<double> value_of(const numerics::Trace& trace, const TensorCell& cell) {
  numerics::Cell at{};
  for (std::size_t a = 0; a < cell.at.size(); ++a) {
    if (cell.at[a] != std::floor(cell.at[a])) return std::nullopt;
    at[a] = static_cast<std::int64_t>(cell.at[a]);
  }
  auto [in, out] = cell.channels;
  if (trace.layer().in_channels == 1) in = 0;
  if (trace.layer().out_channels == 1) out = 0;
  if (cell.tensor == Tensor::kernel) {
    if (!in || !out) return std::nullopt;
    for (const auto& c : numerics::contributions_to(trace.layer(), {*out, {}}))
      if (c.input.channel == *in) return trace.kernel().at(c.outer, c.inner, at);
    return std::nullopt;
  }
  const numerics::Map& map = cell.tensor == Tensor::input ? trace.input() : trace.output();
  if (!numerics::inside(at, map.size)) return std::nullopt;
  return map.at({(cell.tensor == Tensor::input ? in : out).value(), at});
}

double written(const scene::Item& item) {
  return std::stod(std::regex_replace(item.text.front().text, std::regex("−"), "-"));
}

TEST(Meaning, CellsShowTheNumberOfWhatTheyStandFor) {
  each_film([](const ViewFilm& film) {
    const Meaning meaning = film.reel->meanings().front().meaning;
    const scene::Scene last = film.last();
    int checked = 0;
    for (const scene::Item* item : scene::visible(last)) {
      const std::string grid = item->id.substr(0, item->id.find('.'));
      if (!is_cell(*item) || item->text.empty() || film.show.views.front() == "overlap") continue;
      if (grid != "input" && grid != "output" && grid != "kernel" && grid != "vector") continue;
      if (const auto value = value_of(film.trace, stands_for(meaning, item->id).at(0))) {
        EXPECT_NEAR(written(*item), *value, 0.01) << item->id;
        ++checked;
      }
    }
    EXPECT_TRUE(checked > 0 || film.show.views.front() == "overlap");
  });
}

TEST(Meaning, ViewsSideBySideStateTheirOwn) {
  const numerics::Trace trace = filled(square(LayerKind::conv, 3, 2)), other = filled(square(LayerKind::conv, 4, 2));
  const test::PlainRuler ruler;
  job::Show show;
  show.views = {"slide", "matrix"};
  const auto together = make_reel({{&trace, &show, ""}}, show, {}, ruler);
  EXPECT_THAT(unstated(*together), testing::IsEmpty());
  EXPECT_TRUE(stated(together->meanings(), "view2.matrix.0.1.2"));
  show.views = {"slide"};
  const auto compared = make_reel({{&trace, &show, "a"}, {&other, &show, "b"}}, show, {}, ruler);
  EXPECT_THAT(unstated(*compared), testing::IsEmpty());
  EXPECT_EQ(compared->meanings().back().trace, &other);
}

TEST(Meaning, AnEntryOfTheMatrixIsAnInputForAnOutput) {
  const ViewFilm film(filled(square(LayerKind::conv, 3, 2)), "matrix");
  EXPECT_THAT(stands_for(film.reel->meanings().front().meaning, "matrix.0.3.8"),
              testing::ElementsAre(TensorCell{Tensor::input, {0, {}}, {0, 2, 2}},
                                   TensorCell{Tensor::output, {{}, 0}, {0, 1, 1}}));
}

TEST(Meaning, AWindowOfGroupsIsOneChannelOfEach) {
  const ViewFilm film(filled(with_channels(square(LayerKind::conv, 3, 2), 4, 2, 2)), "im2col");
  const auto cells = stands_for(film.reel->meanings().front().meaning, "windows.0.1.4");
  EXPECT_THAT(cells, testing::UnorderedElementsAre(
                         TensorCell{Tensor::input, {1, {}}, {0, 0, 1}}, TensorCell{Tensor::kernel, {1, {}}, {0, 0, 0}},
                         TensorCell{Tensor::input, {3, {}}, {0, 0, 1}}, TensorCell{Tensor::kernel, {3, {}}, {0, 0, 0}},
                         TensorCell{Tensor::output, {}, {0, 0, 1}}));
}

}  // namespace
}  // namespace convreel::views
