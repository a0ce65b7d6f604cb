#include "job/resolve.hpp"

#include <cmath>
#include <utility>

#include "job/layer_name.hpp"
#include "job/resolve_parts.hpp"

namespace convreel::job {

namespace {

base::Duration scaled(base::Duration duration, double speed) {
  return base::Duration(std::llround(static_cast<double>(duration.count()) / speed));
}

template <class Value>
void take(Value& target, const std::optional<Value>& written) {
  if (written) target = *written;
}

}  // namespace

Show decide_show(const JobSpec& spec) {
  Show show;
  take(show.views, spec.views);
  take(show.theme, spec.theme);
  take(show.theme_overrides, spec.set);
  take(show.layout, spec.layout);
  show.size = spec.size;
  show.cell = spec.cell;
  show.title = spec.title;
  take(show.numbers, spec.numbers);
  take(show.arithmetic, spec.arithmetic);
  take(show.chapters, spec.chapters);
  show.motion = spec.motion;
  const double speed = spec.speed.value_or(1);
  show.step = scaled(spec.step.value_or(show.step), speed);
  show.hold_start = scaled(spec.hold_start.value_or(show.hold_start), speed);
  show.hold_end = scaled(spec.hold_end.value_or(show.hold_end), speed);
  if (spec.predict) show.predict = scaled(*spec.predict, speed);
  show.fps = spec.fps;
  take(show.loop, spec.loop);
  show.steps = spec.steps;
  take(show.transparent, spec.transparent);
  show.aa_levels = spec.aa_levels;
  return show;
}

Job resolve(const JobSpec& spec, const Tools& tools) {
  if (!spec.layer) throw base::Error(base::ErrorKind::usage, "no layer is named", "such as layer = \"conv2d\"");
  refuse_foreign_options(spec, *spec.layer);
  Numbers numbers = open_numbers(spec, *spec.layer, tools);
  const numerics::Layer layer = decide_layer(spec, *spec.layer, numbers);
  std::vector<double> bias = fitted_bias(layer, numbers);
  numerics::Trace trace(layer, fitted_input(layer, numbers), fitted_kernel(layer, numbers), std::move(bias));
  return {spec.name.value_or(std::string(name(*spec.layer))), std::move(trace), decide_show(spec), {}};
}

}  // namespace convreel::job
