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

#include "explain/explain.hpp"
#include "support/scenes.hpp"
#include "views/catalogue.hpp"
#include "views/reel.hpp"

namespace convreel::views::test_support {

using numerics::Layer;
using numerics::LayerKind;

/// Small whole numbers, negative weights among them.
inline numerics::Trace filled(const Layer& layer, bool bias = false) {
  numerics::Map input(layer.in_channels, layer.input);
  for (std::size_t v = 0; v < input.values.size(); ++v) input.values[v] = static_cast<double>((v * 7 + 3) % 10);
  numerics::Kernel kernel;
  if (!layer.pooling())
    kernel = layer.transposed() ? numerics::Kernel(layer.in_channels, layer.out_channels / layer.groups, layer.kernel)
                                : numerics::Kernel(layer.out_channels, layer.in_channels / layer.groups, layer.kernel);
  for (std::size_t v = 0; v < kernel.values.size(); ++v) kernel.values[v] = static_cast<double>(v % 5) - 2;
  std::vector<double> biases;
  if (bias) biases.assign(static_cast<std::size_t>(layer.out_channels), 1);
  return {layer, std::move(input), std::move(kernel), std::move(biases)};
}

struct ViewFilm {
  numerics::Trace trace;
  spec::Show show;
  test::PlainRuler ruler;
  std::unique_ptr<Reel> reel;

  ViewFilm(numerics::Trace t, std::string view, spec::Show s = {}, story::Pace pace = {})
      : trace(std::move(t)), show(std::move(s)) {
    show.views = {std::move(view)};
    reel = make_reel({{&trace, &show, ""}}, show, pace, ruler);
  }
  [[nodiscard]] scene::Scene last() const { return reel->shot(reel->size() - 1).scene; }
};

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
    const scene::Rect canvas{-1, -1, scene.canvas.width + 2, scene.canvas.height + 2};
    for (const scene::Item* item : scene::visible(scene)) {
      EXPECT_EQ(scene::united(canvas, item->box), canvas) << item->id;
      for (const scene::Point& p : item->points) EXPECT_EQ(scene::united(canvas, {p.x, p.y, 0, 0}), canvas) << item->id;
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
  const int decimals = explain::shared_decimals(output.values);
  for (std::int64_t c = 0; c < output.channels; ++c)
    for (std::int64_t y = 0; y < output.size[1]; ++y)
      for (std::int64_t x = 0; x < output.size[2]; ++x) {
        const std::string id = fmt::format("output.{}.{}.{}", c, y, x);
        const scene::Item* item = scene::find(last, id);
        ASSERT_NE(item, nullptr) << id;
        EXPECT_NE(item->role, scene::Role::output_active);
        if (item->font > 0) {
          EXPECT_EQ(item->text.at(0).text, explain::number(output.at({c, {0, y, x}}), decimals)) << id;
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
  layer.ceil_mode = layer.pooling() && pick(0, 1) == 1;
  layer.groups = layer.pooling() ? 1 : pick(1, 2);
  layer.in_channels = layer.groups * pick(1, 2);
  layer.out_channels = layer.pooling() ? layer.in_channels : layer.groups * pick(1, 2);
  return layer;
}

/// `count` random layers that the view accepts, half of them gliding, in every layout.
inline void expect_sound_over_random_layers(const std::string& view, int count, unsigned seed) {
  std::mt19937 random(seed);
  for (int tried = 0; tried < count;) {
    const Layer layer = random_layer(random);
    if (!numerics::check(layer).empty() || view_named(view).refuses(layer)) continue;
    SCOPED_TRACE(explain::layer_title(layer) + " " + explain::size_formula(layer) + " #" + std::to_string(tried));
    spec::Show show;
    show.layout = tried % 8 == 6 ? spec::Layout::article : tried % 8 == 7 ? spec::Layout::plain : spec::Layout::full;
    show.numbers = tried % 9 != 8;
    const ViewFilm film(filled(layer, !layer.pooling() && tried % 2 == 0), view, show, {tried % 2 == 1, 10});
    expect_sound(film);
    expect_final_output(film);
    ++tried;
  }
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
