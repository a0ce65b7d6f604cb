#include "numerics/stage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "numerics/adjacency.hpp"
#include "numerics/arithmetic.hpp"
#include "numerics/axis.hpp"

namespace convreel::numerics {

namespace {

/// The inputs first..last whose stamps reach outputs first..last.
Span stamped_span(const Axis& axis, Span outputs) {
  const std::int64_t p = axis.p.before;
  std::optional<Span> found;
  for (std::int64_t u = 0; u < axis.k; ++u) {
    const std::int64_t first = ceil_div(outputs.first + p - u * axis.d, axis.s);
    const std::int64_t last = floor_div(outputs.last + p - u * axis.d, axis.s);
    if (first > last) continue;
    found = found ? Span{std::min(found->first, first), std::max(found->last, last)} : Span{first, last};
  }
  // Between two stamps no input is seen: the place where one would be.
  return found.value_or(Span{floor_div(outputs.first + p, axis.s), floor_div(outputs.first + p, axis.s)});
}

Span window_span(const Layer& layer, int a, Span outputs) {
  const Axis axis = axis_of(layer, a);
  if (layer.transposed()) return stamped_span(axis, outputs);
  return {outputs.first * axis.s - axis.p.before, outputs.last * axis.s - axis.p.before + axis.ke() - 1};
}

std::vector<Place> distinct(std::vector<Place> places) {
  std::sort(places.begin(), places.end());
  places.erase(std::unique(places.begin(), places.end()), places.end());
  return places;
}

}  // namespace

Stage::Stage(Trace trace) : layer_(std::move(trace)) {}

Stage::Stage(Mapping mapping, SharedMap input) : layer_(Mapped{std::move(mapping), std::move(input), {}}) {
  auto& made = std::get<Mapped>(layer_);
  if (auto problems = check(made.mapping); !problems.empty())
    throw base::Error(base::ErrorKind::impossible, std::move(problems));
  made.output = std::make_shared<const Map>(mapped(made.mapping, *made.input));
}

const Mapping* Stage::mapping() const {
  const auto* made = std::get_if<Mapped>(&layer_);
  return made ? &made->mapping : nullptr;
}

int Stage::dims() const { return trace() ? trace()->layer().dims : mapping()->dims; }

std::string Stage::name() const {
  return trace() ? fmt::format("{}{}d", trace()->layer().row().torch_name, dims()) : mapping()->name;
}

std::string_view Stage::kind() const { return trace() ? trace()->layer().row().name : row_of(*mapping()).name; }

const Map& Stage::input() const { return trace() ? trace()->input() : *std::get<Mapped>(layer_).input; }

const SharedMap& Stage::shared_output() const {
  return trace() ? trace()->shared_output() : std::get<Mapped>(layer_).output;
}

Shape Stage::input_shape() const {
  return trace() ? Shape{trace()->input().channels, trace()->input().size} : mapping()->input;
}

Shape Stage::output_shape() const {
  return trace() ? Shape{trace()->output().channels, trace()->output().size} : row_of(*mapping()).output(*mapping());
}

bool Stage::combines() const { return trace() || row_of(*mapping()).combines; }

Step Stage::step(std::int64_t index) const {
  return trace() ? trace()->step(index) : step_of(*mapping(), input(), output(), index);
}

std::vector<Place> Stage::sources(const Place& place) const {
  std::vector<Place> places;
  if (trace()) {
    for (const Contribution& c : contributions_to(trace()->layer(), place)) places.push_back(c.input);
    return distinct(std::move(places));
  }
  Step step;
  step.output = place;
  step.index = place.channel * area(output_shape().size) + flat(place.cell, output_shape().size);
  row_of(*mapping()).read(*mapping(), input(), step);
  for (const Term& term : step.terms) places.push_back(*term.input);
  return distinct(std::move(places));
}

std::int64_t Stage::parameters() const {
  return trace() ? parameter_count(trace()->layer(), !trace()->bias().empty()) : parameter_count(*mapping());
}

std::int64_t Stage::multiplications() const {
  if (!trace()) return multiplication_count(*mapping());
  return trace()->layer().row().weights ? product_count(trace()->layer()) : 0;
}

Span Stage::span(int axis, Span outputs) const {
  return trace() ? window_span(trace()->layer(), axis, outputs) : row_of(*mapping()).span(*mapping(), axis, outputs);
}

double Stage::jump(int axis) const {
  if (!trace()) return row_of(*mapping()).jump(*mapping(), axis);
  const auto stride = static_cast<double>(trace()->layer().stride[axis]);
  return trace()->layer().transposed() ? 1 / stride : stride;
}

namespace {

/// The chain's input positions that an output position of stage `last` depends on.
Span field_of(const std::vector<Stage>& stages, std::size_t last, int axis, std::int64_t at) {
  Span span{at, at};
  for (std::size_t n = last + 1; n-- > 0;) span = stages[n].span(axis, span);
  return span;
}

bool sees_all(const Stage& stage) { return stage.mapping() && stage.mapping()->kind == MappingKind::linear; }

void add_axis(const std::vector<Stage>& stages, std::size_t n, int a, ReceptiveField& field) {
  const Span first = field_of(stages, n, a, 0);
  field.size[a] = first.size();
  field.start[a] = static_cast<double>(first.first + first.last) / 2;
  const std::int64_t outputs = stages[n].output_shape().size[a];
  for (std::int64_t y = 1; y < outputs; ++y) field.size[a] = std::max(field.size[a], field_of(stages, n, a, y).size());
}

/// A layer over values in a row knows no axes any more; it sees what the row's values see, a linear one all of it.
ReceptiveField field_in_row(const std::vector<Stage>& stages, std::size_t n, const ReceptiveField& before) {
  ReceptiveField field = before;
  field.whole = field.whole || sees_all(stages[n]);
  if (!field.whole) return field;
  field.size = stages.front().input_shape().size;
  field.jump = {};
  for (int a = 0; a < kAxes; ++a) field.start[a] = static_cast<double>(field.size[a] - 1) / 2;
  return field;
}

}  // namespace

std::vector<ReceptiveField> receptive_fields(const std::vector<Stage>& stages) {
  std::vector<ReceptiveField> fields;
  ReceptiveField field;
  for (std::size_t n = 0; n < stages.size(); ++n) {
    if (stages[n].output_shape().flat) {
      field = field_in_row(stages, n, field);
    } else {
      for (int a = 0; a < kAxes; ++a) {
        field.jump[a] *= stages[n].jump(a);
        add_axis(stages, n, a, field);
      }
    }
    fields.push_back(field);
  }
  return fields;
}

namespace {

/// Of one stage's step, what a term's cell counts for the output.
using TermFactor = double (*)(const Stage&, const Step&, std::size_t term);

/// Sums over all ways of the product of their factors.
Map sent_back(const std::vector<Stage>& stages, const Place& output, TermFactor factor) {
  const Shape last = stages.back().output_shape();
  Map map(last.channels, last.size);
  map.at(output) = 1;
  for (std::size_t n = stages.size(); n-- > 0;) {
    const Shape shape = stages[n].input_shape();
    Map before(shape.channels, shape.size);
    for (std::size_t v = 0; v < map.values.size(); ++v) {
      if (map.values[v] == 0) continue;
      const Step step = stages[n].step(static_cast<std::int64_t>(v));
      for (std::size_t t = 0; t < step.terms.size(); ++t)
        if (step.terms[t].input) before.at(*step.terms[t].input) += map.values[v] * factor(stages[n], step, t);
    }
    map = std::move(before);
  }
  return map;
}

double one_path(const Stage&, const Step&, std::size_t) { return 1; }

double derivative(const Stage& stage, const Step& step, std::size_t t) {
  if (step.winner) return *step.winner == t ? 1 : 0;
  const Term& term = step.terms[t];
  return stage.mapping() ? slope_at(*stage.mapping(), step) * term.w / step.divisor : term.w / step.divisor;
}

}  // namespace

Map path_counts(const std::vector<Stage>& stages, const Place& output) { return sent_back(stages, output, one_path); }
Map influence(const std::vector<Stage>& stages, const Place& output) { return sent_back(stages, output, derivative); }

std::vector<std::vector<Place>> cone(const std::vector<Stage>& stages, const Place& output) {
  std::vector<std::vector<Place>> cells(stages.size() + 1);
  cells.back() = {output};
  for (std::size_t n = stages.size(); n-- > 0;) {
    std::vector<Place> read;
    for (const Place& place : cells[n + 1]) {
      const std::vector<Place> own = stages[n].sources(place);
      read.insert(read.end(), own.begin(), own.end());
    }
    cells[n] = distinct(std::move(read));
  }
  return cells;
}

}  // namespace convreel::numerics
