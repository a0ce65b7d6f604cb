// One view of one layer as a reel, with everything that it refers to, and what every view must keep to.
#pragma once

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <utility>

#include "base/error.hpp"
#include "explain/formula.hpp"
#include "explain/number.hpp"
#include "explain/title.hpp"
#include "support/scenes.hpp"
#include "support/support.hpp"
#include "views/catalogue.hpp"
#include "views/reel/reel.hpp"
#include "views/view.hpp"

namespace convreel::views::test_support {

using numerics::Layer;
using numerics::LayerKind;

/// Small whole numbers, negative weights among them.
inline numerics::Trace filled(const Layer& layer, bool bias = false) {
  numerics::Map input(layer.in_channels, layer.input);
  for (std::size_t v = 0; v < input.values.size(); ++v) input.values[v] = static_cast<double>((v * 7 + 3) % 10);
  numerics::Kernel kernel;
  if (layer.row().weights)
    kernel = layer.transposed() ? numerics::Kernel(layer.in_channels, layer.out_channels / layer.groups, layer.kernel)
                                : numerics::Kernel(layer.out_channels, layer.in_channels / layer.groups, layer.kernel);
  for (std::size_t v = 0; v < kernel.values.size(); ++v) kernel.values[v] = static_cast<double>(v % 5) - 2;
  std::vector<double> biases;
  if (bias) biases.assign(static_cast<std::size_t>(layer.out_channels), 1);
  return {layer, std::move(input), std::move(kernel), std::move(biases)};
}

struct ViewFilm {
  numerics::Trace trace;
  job::Show show;
  test::PlainRuler ruler;
  std::unique_ptr<Reel> reel;

  ViewFilm(numerics::Trace t, std::string view, job::Show s = {}, story::Pace pace = {})
      : trace(std::move(t)), show(std::move(s)) {
    show.views = {std::move(view)};
    reel = make_reel({{&trace, &show, ""}}, show, pace, ruler);
  }
  [[nodiscard]] scene::Scene last() const { return reel->shot(reel->size() - 1).scene; }
};

inline bool within(const scene::Rect& box, const scene::Rect& limit) {
  constexpr double kSlack = 1e-6;  // sums of doubles
  return box.x >= limit.x - kSlack && box.y >= limit.y - kSlack && box.right() <= limit.right() + kSlack &&
         box.bottom() <= limit.bottom() + kSlack;
}

/// Ids of a list that occur more than once.
inline std::set<std::string> doubled(const scene::Items& items) {
  std::set<std::string> seen, twice;
  for (const scene::Item& item : items)
    if (!seen.insert(item.id).second) twice.insert(item.id);
  return twice;
}

/// No words overlap or leave their box, nothing leaves the canvas, live ids are unique, lists only grow.
inline void expect_sound(const ViewFilm& film) {
  const std::int64_t stride = std::max<std::int64_t>(1, film.reel->size() / 9);
  scene::Scene before;
  for (std::int64_t i = 0; i < film.reel->size(); i += stride) {
    const scene::Scene scene = film.reel->shot(i).scene;
    EXPECT_THAT(test::layout_faults(scene, film.ruler), testing::IsEmpty()) << "shot " << i;
    EXPECT_THAT(doubled(scene.live), testing::IsEmpty()) << "shot " << i;
    EXPECT_EQ(scene, film.reel->shot(i).scene);
    const scene::Rect canvas{0, 0, scene.canvas.width, scene.canvas.height};
    for (const scene::Item* item : scene::visible(scene)) {
      EXPECT_TRUE(within(item->box, canvas)) << item->id;
      for (const scene::Point& p : item->points) EXPECT_TRUE(within({p.x, p.y, 0, 0}, canvas)) << item->id;
    }
    if (i > 0) {
      EXPECT_EQ(scene.settled.items, before.settled.items);
      EXPECT_EQ(scene.backdrop.items, before.backdrop.items);
      EXPECT_GE(scene.settled.count, before.settled.count);
    }
    before = scene;
  }
}

/// The closing picture shows the trace's output, and nothing active.
inline void expect_final_output(const ViewFilm& film) {
  const scene::Scene last = film.last();
  const numerics::Map& output = film.trace.output();
  const auto style = explain::grid_numbers(output.values);
  for (std::int64_t c = 0; c < output.channels; ++c)
    for (std::int64_t y = 0; y < output.size[1]; ++y)
      for (std::int64_t x = 0; x < output.size[2]; ++x) {
        const std::string id = fmt::format("output.{}.{}.{}", c, y, x);
        const scene::Item* item = scene::find(last, id);
        ASSERT_NE(item, nullptr) << id;
        EXPECT_NE(item->role, scene::Role::output_active);
        if (item->font > 0) {
          EXPECT_EQ(item->text.at(0).text, explain::number(output.at({c, {0, y, x}}), style)) << id;
        }
      }
  EXPECT_EQ(scene::find(last, "window.0"), nullptr);
}

inline Layer random_layer(std::mt19937& random) {
  const auto pick = [&](std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(high - low + 1));
  };
  Layer layer;
  layer.kind = static_cast<LayerKind>(pick(0, 3));
  layer.dims = static_cast<int>(pick(1, 2));
  layer.input = layer.kernel = {1, 1, 1};
  for (int a = numerics::first_axis(layer.dims); a < numerics::kAxes; ++a) {
    layer.input[a] = pick(1, 7);
    layer.kernel[a] = pick(1, 4);
    layer.stride[a] = pick(1, 3);
    layer.dilation[a] = layer.kind == LayerKind::avg_pool ? 1 : pick(1, 2);
    layer.padding[a] = {pick(0, 3), pick(0, 3)};
    if (layer.transposed()) layer.output_padding[a] = pick(0, 1);
  }
  layer.ceil_mode = !layer.row().weights && pick(0, 1) == 1;
  layer.groups = !layer.row().weights ? 1 : pick(1, 2);
  layer.in_channels = layer.groups * pick(1, 2);
  layer.out_channels = !layer.row().weights ? layer.in_channels : layer.groups * pick(1, 2);
  return layer;
}

/// What measure() asks for is enough: nothing lies outside, at any cell size. A frame's line may stand over a little.
inline void expect_inside_measure(const ViewFilm& film, double cell) {
  const auto view = view_named(film.show.views.front()).make({film.trace, film.show, film.ruler});
  const scene::Size size = view->measure(cell);
  const scene::Rect area{7, 11, size.width, size.height}, limit = area.inset(-1.5);
  view->place(area, cell);
  const std::vector<story::Chapter> chapters = view->chapters();
  const Body body = view->draw({chapters.size() - 1, chapters.back().beats - 1, 1, true, false});
  for (const scene::Items& items : {*body.backdrop.items, *body.settled.items, body.live})
    for (const scene::Item& item : items) {
      EXPECT_TRUE(!item.points.empty() || within(item.box, limit)) << item.id << " cell " << cell;
      for (const scene::Point& p : item.points)
        EXPECT_TRUE(within({p.x, p.y, 0, 0}, limit)) << item.id << " cell " << cell;
    }
}

/// The film, or null when the page has no room for cells of a size that can be seen.
inline std::unique_ptr<ViewFilm> film_if_it_fits(numerics::Trace trace, const std::string& view, const job::Show& show,
                                                 story::Pace pace) {
  try {
    return std::make_unique<ViewFilm>(std::move(trace), view, show, pace);
  } catch (const base::Error& error) {
    EXPECT_EQ(error.kind(), base::ErrorKind::impossible);
    EXPECT_THAT(error.what(), testing::HasSubstr("even with cells of"));
    return nullptr;
  }
}

/// Up to `most` random layers that the view accepts, half of them gliding, in every layout. Nearly all must fit the
/// page. `check` sees every film; by default the output must end as the trace's.
inline void expect_sound_over_random_layers(const std::string& view, int most, unsigned seed,
                                            void (*check)(const ViewFilm&) = expect_final_output) {
  const int count = test::rounds(most);
  std::mt19937 random(seed);
  int too_large = 0;
  for (int tried = 0; tried < count;) {
    const Layer layer = random_layer(random);
    if (!numerics::check(layer).empty() || view_named(view).refuses(layer)) continue;
    SCOPED_TRACE(explain::layer_title(layer) + " " + explain::size_formula(layer) + " #" + std::to_string(tried));
    job::Show show;
    show.layout = tried % 8 == 6 ? job::Layout::article : tried % 8 == 7 ? job::Layout::plain : job::Layout::full;
    show.numbers = tried % 9 != 8;
    const bool bias = layer.row().weights && tried % 2 == 0;
    ++tried;
    const auto film = film_if_it_fits(filled(layer, bias), view, show, {tried % 2 == 1, 10});
    if (!film) {
      ++too_large;
      continue;
    }
    expect_sound(*film);
    check(*film);
    for (const double cell : {5.0, 13.0, 17.0, 40.0}) expect_inside_measure(*film, cell);
  }
  EXPECT_LE(too_large, 1 + count / 20);
}

inline Layer square(LayerKind kind, std::int64_t i, std::int64_t k, std::int64_t s = 1, std::int64_t p = 0) {
  Layer layer;
  layer.kind = kind;
  layer.input = {1, i, i};
  layer.kernel = {1, k, k};
  layer.stride = {1, s, s};
  layer.padding = {numerics::Sides{}, {p, p}, {p, p}};
  return layer;
}

inline std::string joined(const scene::Item* item) {
  std::string text;
  if (item)
    for (const scene::Span& span : item->text) text += span.text;
  return text;
}

}  // namespace convreel::views::test_support
