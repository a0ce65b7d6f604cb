// Every view alone, pairs of views and layers compared, over random layers: nothing overlaps, nothing leaves its box or
// the canvas, and what has a place keeps it.
#include <map>

#include "view_film.hpp"

namespace convreel::views::test_support {
namespace {

/// Several layers in several views, with everything that the reel refers to.
struct Gathering {
  std::vector<numerics::Trace> traces;
  std::vector<job::Show> shows;
  test::PlainRuler ruler;
  std::unique_ptr<Reel> reel;

  /// False when the page has no room.
  bool film(story::Pace pace) {
    std::vector<Panel> panels;
    for (std::size_t t = 0; t < traces.size(); ++t)
      panels.push_back({&traces[t], &shows[t], traces.size() > 1 ? "stride 2, dilation 1 → 3×3" : ""});
    try {
      reel = make_reel(panels, shows.front(), pace, ruler);
    } catch (const base::Error& error) {
      EXPECT_EQ(error.kind(), base::ErrorKind::impossible);
      return false;
    }
    return true;
  }
};

/// The boxes of cells and words, which keep their places while the steps go on.
using Places = std::map<std::string, scene::Rect>;

/// Ids that stand somewhere else than in `places`; those not met before are put down there.
std::set<std::string> moved(const scene::Scene& scene, Places& places) {
  std::set<std::string> ids;
  for (const scene::Item* item : scene::visible(scene)) {
    const bool placed = item->form == scene::Form::cell || item->form == scene::Form::text ||
                        item->form == scene::Form::panel || item->form == scene::Form::disc;
    if (!placed || !item->points.empty()) continue;
    const auto [at, fresh] = places.emplace(item->id, item->box);
    if (!fresh && at->second != item->box) ids.insert(item->id);
  }
  return ids;
}

/// Stills of the main chapter say so in their counter.
bool in_steps(const scene::Scene& scene) { return scene::find(scene, "counter") != nullptr; }

void expect_in_order(const Gathering& of) {
  const std::int64_t stride = std::max<std::int64_t>(1, of.reel->size() / 13);
  for (std::int64_t i = 0; i < of.reel->size(); i += stride) {
    const scene::Scene scene = of.reel->shot(i).scene;
    EXPECT_THAT(test::layout_faults(scene, of.ruler), testing::IsEmpty()) << "shot " << i;
    EXPECT_THAT(doubled(scene.live), testing::IsEmpty()) << "shot " << i;
    EXPECT_EQ(scene.canvas, of.reel->canvas());
  }
  Places places;
  const std::vector<std::int64_t> stills = of.reel->stills();
  for (std::size_t s = 0; s < stills.size(); s += std::max<std::size_t>(1, stills.size() / 7)) {
    const scene::Scene scene = of.reel->shot(stills[s]).scene;
    if (!in_steps(scene)) continue;
    EXPECT_THAT(moved(scene, places), testing::IsEmpty()) << "still " << s;
  }
}

numerics::Layer allowed_layer(std::mt19937& random) {
  for (;;) {
    const numerics::Layer layer = random_layer(random);
    if (numerics::check(layer).empty()) return layer;
  }
}

std::vector<std::string> views_of(const numerics::Layer& layer) {
  std::vector<std::string> names;
  for (const Row& row : catalogue())
    if (!row.refuses(layer)) names.emplace_back(row.name);
  return names;
}

TEST(Together, EveryViewOfRandomLayersIsInOrder) {
  std::mt19937 random(11);
  const int rounds = test::rounds(60);
  int filmed = 0;
  for (int n = 0; n < rounds; ++n) {
    const numerics::Layer layer = allowed_layer(random);
    for (const std::string& view : views_of(layer)) {
      SCOPED_TRACE(view + ": " + explain::layer_title(layer) + " " + explain::size_formula(layer));
      Gathering alone{{filled(layer, n % 2 == 0 && layer.row().weights)}, {{}}, {}, {}};
      alone.shows.front().views = {view};
      alone.shows.front().layout = n % 4 == 0 ? job::Layout::article : job::Layout::full;
      if (!alone.film({n % 2 == 1, 10})) continue;
      expect_in_order(alone);
      ++filmed;
    }
  }
  EXPECT_GT(filmed, 4 * rounds);
}

TEST(Together, TwoViewsOfRandomLayersAreInOrder) {
  std::mt19937 random(12);
  const int rounds = test::rounds(100);
  int filmed = 0;
  for (int n = 0; n < rounds; ++n) {
    const numerics::Layer layer = allowed_layer(random);
    const std::vector<std::string> names = views_of(layer);
    const std::string first = names[random() % names.size()], second = names[random() % names.size()];
    SCOPED_TRACE(first + "+" + second + ": " + explain::layer_title(layer) + " " + explain::size_formula(layer));
    Gathering both{{filled(layer)}, {{}}, {}, {}};
    both.shows.front().views = {first, second};
    both.shows.front().layout = static_cast<job::Layout>(n % 3);
    if (!both.film({n % 2 == 1, 10})) continue;
    expect_in_order(both);
    ++filmed;
  }
  EXPECT_GT(filmed, rounds * 3 / 4);
}

TEST(Together, ComparedRandomLayersAreInOrder) {
  std::mt19937 random(13);
  const int rounds = test::rounds(200);
  int filmed = 0;
  for (int n = 0; n < rounds; ++n) {
    Gathering compared;
    const std::size_t count = 2 + random() % 3;
    std::string names;
    for (std::size_t l = 0; l < count; ++l) {
      const numerics::Layer layer = allowed_layer(random);
      const std::vector<std::string> views = views_of(layer);
      compared.traces.push_back(filled(layer));
      compared.shows.emplace_back();
      compared.shows.back().layout = static_cast<job::Layout>(n / 2 % 3);
      compared.shows.back().views = {n % 3 == 0 ? views[random() % views.size()] : std::string(default_view(layer))};
      names += explain::layer_title(layer) + " " + explain::size_formula(layer) + " by " +
               compared.shows.back().views.front() + "; ";
    }
    SCOPED_TRACE(names);
    if (!compared.film({n % 2 == 1, 10})) continue;
    expect_in_order(compared);
    ++filmed;
  }
  EXPECT_GT(filmed, rounds / 2);
}

bool asks(const scene::Item& item) {
  return std::any_of(item.text.begin(), item.text.end(),
                     [](const scene::Span& span) { return span.text.find('?') != std::string::npos; });
}

/// `convreel render preset:teach/whose-same`: only padding differs.
TEST(Together, ComparedInputsStandBelowEachOtherWithoutTheirPadding) {
  Gathering of;
  const numerics::Sides paddings[] = {{0, 1}, {1, 0}, {1, 1}};
  for (const numerics::Sides& padding : paddings) {
    Layer layer;
    layer.dims = 1;
    layer.input = {1, 1, 6};
    layer.kernel = {1, 1, 3};
    layer.stride = {1, 1, 2};
    layer.padding[2] = padding;
    of.traces.push_back(filled(layer));
    of.shows.emplace_back().views = {"slide"};
  }
  ASSERT_TRUE(of.film({}));
  const scene::Scene scene = of.reel->shot(of.reel->size() - 1).scene;
  const scene::Item* first = scene::find(scene, "input.0.0.0");
  const scene::Item* second = scene::find(scene, "view2.input.0.0.1");
  const scene::Item* third = scene::find(scene, "view3.input.0.0.1");
  ASSERT_TRUE(first && second && third);
  EXPECT_LT(first->box.bottom(), second->box.y) << "below each other";
  EXPECT_EQ(first->box.x, second->box.x);
  EXPECT_EQ(first->box.x, third->box.x);
  expect_in_order(of);
}

/// `convreel compare 'conv2d -s 1' 'conv2d -s 2'`.
TEST(Together, ComparedLayersSpeakForThemselvesAndConcludeTogether) {
  Gathering of;
  for (const std::int64_t stride : {1, 2}) {
    of.traces.push_back(filled(square(LayerKind::conv, 5, 3, stride)));
    of.shows.emplace_back().views = {"slide"};
  }
  ASSERT_TRUE(of.film({}));
  const scene::Scene first = of.reel->shot(0).scene, last = of.reel->shot(of.reel->size() - 1).scene;
  EXPECT_THAT(joined(scene::find(first, "arithmetic")), testing::StartsWith("y[0,0] = "));
  EXPECT_EQ(joined(scene::find(first, "arithmetic.2")), joined(scene::find(first, "arithmetic")));
  EXPECT_EQ(scene::find(first, "conclusion"), nullptr);
  EXPECT_EQ(joined(scene::find(last, "arithmetic.2")), "at stride 2 the window has 2×2 places on 5×5: 5×5 becomes 2×2");
  const std::string conclusion = "the same 5×5 input gives 3×3 or 2×2 outputs, of 81 or 36 products";
  EXPECT_EQ(joined(scene::find(last, "conclusion")), conclusion);
  EXPECT_THAT(of.reel->alt_text(), testing::EndsWith(" " + explain::capitalised(conclusion) + "."));
  const scene::Item* kernel = scene::find(first, "kernel.0.0.0");
  const scene::Item* below = scene::find(first, "view2.kernel.0.0.0");
  ASSERT_TRUE(kernel && below);
  EXPECT_EQ(kernel->box.x, below->box.x) << "the same columns in each row";
}

TEST(Together, PredictHidesEveryStepInEveryView) {
  for (const numerics::Layer& layer :
       {square(LayerKind::conv, 4, 3, 1, 1), square(LayerKind::conv_transpose, 3, 3, 2, 1),
        square(LayerKind::max_pool, 4, 2, 2), square(LayerKind::avg_pool, 4, 2, 2)})
    for (const std::string& view : views_of(layer)) {
      SCOPED_TRACE(view + ": " + explain::layer_title(layer));
      Gathering quiz{{filled(layer)}, {{}}, {}, {}};
      quiz.shows.front().views = {view};
      quiz.shows.front().predict = std::chrono::seconds(1);
      ASSERT_TRUE(quiz.film({}));
      std::int64_t hidden = 0;
      for (std::int64_t i = 0; i < quiz.reel->size(); ++i) {
        const scene::Scene scene = quiz.reel->shot(i).scene;
        const auto shown = scene::visible(scene);
        const bool asking = std::any_of(shown.begin(), shown.end(), [](const auto* item) { return asks(*item); });
        EXPECT_EQ(asking, !quiz.reel->moment(i).cursor.revealed) << "shot " << i;
        hidden += asking ? 1 : 0;
      }
      EXPECT_GE(hidden, quiz.traces.front().step_count() / 4);
    }
}

TEST(Together, TheCheckOfPlacesCanFail) {
  Gathering alone{{filled(square(LayerKind::conv, 5, 3))}, {{}}, {}, {}};
  alone.shows.front().views = {"slide"};
  ASSERT_TRUE(alone.film({}));
  scene::Scene scene = alone.reel->shot(1).scene;
  Places places;
  EXPECT_THAT(moved(scene, places), testing::IsEmpty());
  scene::Item jumped = *scene::find(scene, "output.0.2.2");
  jumped.box.x += 1;
  scene.live.push_back(jumped);
  EXPECT_THAT(moved(scene, places), testing::ElementsAre("output.0.2.2"));
}

TEST(Together, NoViewIsAnError) {
  Gathering none{{filled(square(LayerKind::conv, 5, 3))}, {{}}, {}, {}};
  none.shows.front().views.clear();
  const std::vector<Panel> panels{{&none.traces.front(), &none.shows.front(), ""}};
  EXPECT_THROW(static_cast<void>(make_reel(panels, none.shows.front(), {}, none.ruler)), base::Error);
}

}  // namespace
}  // namespace convreel::views::test_support
