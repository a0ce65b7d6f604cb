#include "numerics/stage.hpp"

#include <algorithm>
#include <utility>

#include "numerics/adjacency.hpp"

namespace convreel::numerics {

namespace {

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

Operation Stage::operation() const {
  if (const Trace* one = trace()) return {&one->layer(), nullptr, !one->bias().empty()};
  return {nullptr, mapping()};
}

const Map& Stage::input() const { return trace() ? trace()->input() : *std::get<Mapped>(layer_).input; }

const SharedMap& Stage::shared_output() const {
  return trace() ? trace()->shared_output() : std::get<Mapped>(layer_).output;
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
  step.index = flat(place, output_shape().size);
  row_of(*mapping()).read(*mapping(), input(), step);
  for (const Term& term : step.terms) places.push_back(*term.input);
  return distinct(std::move(places));
}

StackCost cost(const std::vector<Stage>& stages) {
  StackCost sum;
  for (const Stage& stage : stages) {
    sum.parameters += stage.parameters();
    sum.multiplications += stage.multiplications();
  }
  return sum;
}

std::vector<ReceptiveField> receptive_fields(const std::vector<Stage>& stages) {
  std::vector<Wired> chain;
  for (std::size_t n = 0; n < stages.size(); ++n)
    chain.push_back({stages[n].operation(), stages[n].output_shape(), {n == 0 ? kChainInput : n - 1}});
  return receptive_fields(chain, stages.front().input_shape());
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
