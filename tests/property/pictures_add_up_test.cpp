// Random convolutions, every view of them: the numbers that a picture writes are read back from the scene, multiplied
// and added here, and must give the number that it writes into the output. So the views agree with each other.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "explain/formula.hpp"
#include "explain/number.hpp"
#include "explain/title.hpp"
#include "support/scenes.hpp"
#include "views/catalogue.hpp"
#include "views/reel/reel.hpp"

namespace convreel::test {
namespace {

using numerics::Layer;
using numerics::LayerKind;
using scene::Item;
using scene::Scene;

std::int64_t pick(std::int64_t low, std::int64_t high) { return *rc::gen::inRange<std::int64_t>(low, high + 1); }

std::vector<double> small_integers(std::size_t n) {
  std::vector<double> values;
  for (std::size_t v = 0; v < n; ++v) values.push_back(static_cast<double>(pick(-4, 5)));
  return values;
}

/// Strides, dilations, padding beyond ke - 1, output padding, groups.
Layer any_layer(LayerKind kind) {
  Layer layer;
  layer.kind = kind;
  layer.dims = static_cast<int>(pick(1, 2));
  layer.input = layer.kernel = {1, 1, 1};
  for (int a = numerics::first_axis(layer.dims); a < numerics::kAxes; ++a) {
    layer.input[a] = pick(1, 4);
    layer.kernel[a] = pick(1, 3);
    layer.stride[a] = pick(1, 3);
    layer.dilation[a] = pick(1, 2);
    layer.padding[a] = {pick(0, 4), pick(0, 4)};
    if (layer.transposed()) layer.output_padding[a] = pick(0, std::max(layer.stride[a], layer.dilation[a]) - 1);
  }
  layer.groups = pick(1, 2);
  layer.in_channels = layer.groups * pick(1, 2);
  layer.out_channels = layer.groups * pick(1, 2);
  layer.flip_kernel = pick(0, 3) == 0;
  RC_PRE(numerics::check(layer).empty());
  return layer;
}

numerics::Trace any_trace(const Layer& layer) {
  numerics::Map input(layer.in_channels, layer.input);
  input.values = small_integers(input.values.size());
  const std::int64_t per_group = (layer.transposed() ? layer.out_channels : layer.in_channels) / layer.groups;
  numerics::Kernel kernel(layer.transposed() ? layer.in_channels : layer.out_channels, per_group, layer.kernel);
  kernel.values = small_integers(kernel.values.size());
  std::vector<double> bias;
  if (pick(0, 1) == 1) bias = small_integers(static_cast<std::size_t>(layer.out_channels));
  return {layer, std::move(input), std::move(kernel), std::move(bias)};
}

/// A view of a trace with cells so large that every number is written; null where the view refuses.
struct Film {
  job::Show show;
  PlainRuler ruler;
  std::unique_ptr<views::Reel> reel;
  std::vector<Scene> steps;  ///< the stills of the main chapter
  Scene last;

  Film(const numerics::Trace& trace, const std::string& view) {
    if (views::view_named(view).refuses(trace.layer())) return;
    show.views = {view};
    show.cell = 46;
    show.chapters = job::Chapters::none;
    reel = views::make_reel({{&trace, &show, ""}}, show, {}, ruler);
    for (const std::int64_t shot : reel->stills()) steps.push_back(reel->shot(shot).scene);
    last = std::move(steps.back());
    steps.pop_back();
  }
};

double number(std::string text) {
  for (std::size_t at = text.find("−"); at != std::string::npos; at = text.find("−")) text.replace(at, 3, "-");
  if (text.starts_with('+')) text.erase(0, 1);
  const auto value = base::parse_double(text);
  if (!value) ADD_FAILURE() << "no number: " << text;
  return value.value_or(0);
}

double first_number(const Item& item) { return number(item.text.at(0).text); }

std::string output_id(const numerics::Place& at) {
  return fmt::format("output.{}.{}.{}", at.channel, at.cell[1], at.cell[2]);
}

double bias_of(const numerics::Trace& trace, std::int64_t channel) {
  return trace.bias().empty() ? 0 : trace.bias()[static_cast<std::size_t>(channel)];
}

/// Values under the window times the weights in their corners, every step, against the output that is lit.
void expect_windows_add_up(const numerics::Trace& trace, const std::string& view) {
  const Film film(trace, view);
  if (!film.reel) return;
  ASSERT_EQ(static_cast<std::int64_t>(film.steps.size()), trace.step_count());
  for (std::size_t s = 0; s < film.steps.size(); ++s) {
    const numerics::Place at = trace.step(static_cast<std::int64_t>(s)).output;
    double sum = bias_of(trace, at.channel);
    for (const Item* item : visible(film.steps[s]))
      if (item->veiled && item->id.starts_with("input.")) sum += first_number(*item) * number(item->text.at(1).text);
    ASSERT_EQ(sum, first_number(*scene::find(film.steps[s], output_id(at)))) << view << " step " << s;
  }
}

/// What every stamp adds, as its corner says, against the finished output.
void expect_stamps_add_up(const numerics::Trace& trace) {
  const Film film(trace, "stamp");
  if (!film.reel) return;
  std::map<std::string, double> sums;
  for (const Scene& step : film.steps)
    for (const Item& item : step.live)
      if (item.veiled && item.id.starts_with("output.")) sums[item.id] += number(item.text.at(1).text);
  for (std::int64_t s = 0; s < trace.step_count(); ++s) {
    const numerics::Place at = trace.step(s).output;
    ASSERT_EQ(sums[output_id(at)] + bias_of(trace, at.channel), first_number(*scene::find(film.last, output_id(at))));
  }
}

/// Rows of the matrix times the vector, against the output beside them.
void expect_matrix_adds_up(const numerics::Trace& trace) {
  const Film film(trace, "matrix");
  if (!film.reel) return;
  std::vector<double> x;
  for (const Item* item : visible(film.last)) {
    if (!item->id.starts_with("vector.") || item->form != scene::Form::cell) continue;
    if (item->text.empty()) return;  // a long vector is a ramp of values, whatever the cells of the matrix
    x.push_back(first_number(*item));
  }
  for (std::int64_t r = 0; r < trace.step_count(); ++r) {
    const numerics::Place at = trace.step(r).output;
    double sum = bias_of(trace, at.channel);
    for (std::size_t c = 0; c < x.size(); ++c) {
      const Item* entry = scene::find(film.last, fmt::format("matrix.0.{}.{}", r, c));
      if (entry && entry->form == scene::Form::cell) sum += first_number(*entry) * x[c];
    }
    ASSERT_EQ(sum, first_number(*scene::find(film.last, output_id(at)))) << "row " << r;
  }
}

/// A window's row times the column of weights, every step, against the output that is lit.
void expect_im2col_adds_up(const numerics::Trace& trace) {
  const Film film(trace, "im2col");
  if (!film.reel) return;
  for (std::size_t s = 0; s < film.steps.size(); ++s) {
    const numerics::Place at = trace.step(static_cast<std::int64_t>(s)).output;
    const std::int64_t row = numerics::flat(at.cell, trace.output().size);
    double sum = bias_of(trace, at.channel);
    const Layer& layer = trace.layer();
    const std::int64_t width = numerics::area(layer.kernel) * layer.in_channels / layer.groups;
    for (std::int64_t c = 0; c < width; ++c)
      sum += first_number(*scene::find(film.steps[s], fmt::format("windows.0.{}.{}", row, c))) *
             first_number(*scene::find(film.steps[s], fmt::format("weights.0.{}.0", c)));
    ASSERT_EQ(sum, first_number(*scene::find(film.steps[s], output_id(at)))) << "step " << s;
  }
}

void expect_every_view_adds_up(const numerics::Trace& trace) {
  SCOPED_TRACE(explain::layer_title(trace.layer()) + " " + explain::size_formula(trace.layer()));
  for (const char* view : {"slide", "zero-insertion"}) expect_windows_add_up(trace, view);
  expect_stamps_add_up(trace);
  expect_matrix_adds_up(trace);
  expect_im2col_adds_up(trace);
}

RC_GTEST_PROP(Pictures, OfConvolutionsAddUp, ()) { expect_every_view_adds_up(any_trace(any_layer(LayerKind::conv))); }

RC_GTEST_PROP(Pictures, OfTransposedConvolutionsAddUp, ()) {
  expect_every_view_adds_up(any_trace(any_layer(LayerKind::conv_transpose)));
}

RC_GTEST_PROP(Pictures, OfDifferentViewsEndAlike, ()) {
  const numerics::Trace trace = any_trace(any_layer(pick(0, 1) == 0 ? LayerKind::conv : LayerKind::conv_transpose));
  for (const char* view : {"slide", "zero-insertion", "stamp", "matrix", "im2col", "iso", "backward"}) {
    const Film film(trace, view);
    if (!film.reel) continue;
    for (std::int64_t s = 0; s < trace.step_count(); ++s) {
      const Item* item = scene::find(film.last, output_id(trace.step(s).output));
      ASSERT_EQ(first_number(*item), trace.output().at(trace.step(s).output)) << view;
    }
  }
}

TEST(Pictures, AWrongNumberWouldBeSeen) {
  Layer layer;
  layer.input = layer.kernel = {1, 1, 1};
  numerics::Map input(1, layer.input);
  input.values = {2};
  numerics::Kernel kernel(1, 1, layer.kernel);
  kernel.values = {3};
  const Film film({layer, input, kernel, {}}, "slide");
  const Item cell = *scene::find(film.steps.at(0), "input.0.0.0");
  EXPECT_EQ(first_number(cell) * number(cell.text.at(1).text), 6);
  EXPECT_EQ(first_number(*scene::find(film.last, "output.0.0.0")), 6);
  EXPECT_EQ(number("−4"), -4);
}

}  // namespace
}  // namespace convreel::test
