#include "model/run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/error.hpp"
#include "job/resolve.hpp"

namespace convreel::model {

namespace {

using numerics::Map;
using numerics::Shape;
using numerics::SharedMap;

double joined_values(Join join, double a, double b) {
  switch (join) {
    case Join::add:
      return a + b;
    case Join::subtract:
      return a - b;
    case Join::multiply:
      return a * b;
    case Join::divide:
      return a / b;
    case Join::maximum:
      return std::max(a, b);
    case Join::minimum:
      return std::min(a, b);
    case Join::concat:
      break;
  }
  return b;
}

/// Where a map that may be smaller is read for a place of the joined one.
numerics::Place read_at(const numerics::Place& place, const Map& map) {
  numerics::Place at{map.channels == 1 ? 0 : place.channel, place.cell};
  for (int a = 0; a < numerics::kAxes; ++a)
    if (map.size[a] == 1) at.cell[a] = 0;
  return at;
}

Map combined(Join join, const std::vector<SharedMap>& maps, const Shape& shape) {
  Map output(shape.channels, shape.size);
  for (std::size_t m = 0; m < maps.size(); ++m)
    for (std::int64_t v = 0; v < shape.values(); ++v) {
      const double value = maps[m]->at(read_at(numerics::place_at(v, shape.size), *maps[m]));
      double& made = output.values[static_cast<std::size_t>(v)];
      made = m == 0 ? value : joined_values(join, made, value);
    }
  return output;
}

Map concatenated(const std::vector<SharedMap>& maps, const Shape& shape) {
  Map output;
  output.channels = shape.channels;
  output.size = shape.size;
  for (const SharedMap& map : maps) output.values.insert(output.values.end(), map->values.begin(), map->values.end());
  return output;
}

Map ranged(const ChannelRange& range, const Map& map) {
  Map output;
  output.channels = range.count;
  output.size = map.size;
  const std::int64_t each = numerics::area(map.size);
  output.values.assign(map.values.begin() + range.first * each,
                       map.values.begin() + (range.first + range.count) * each);
  return output;
}

}  // namespace

void hold_cost(const std::string& name, std::int64_t values, std::int64_t products, const base::Limits& limits) {
  limits.hold(base::Limit::values, static_cast<double>(values), fmt::format("{} gives {} values", name, values));
  limits.hold(base::Limit::products, static_cast<double>(products), fmt::format("{} has {} products", name, products));
}

numerics::Kernel kernel_of(const Network& network, const Unit& unit) {
  if (unit.kernel == kNoEdge) return {};
  const Dims& dims = network.edge(unit.kernel).dims;
  numerics::Kernel kernel;
  kernel.outer = dims[0];
  kernel.inner = dims[1];
  kernel.size = unit.operation().layer->kernel;
  kernel.values = network.constants(unit.kernel);
  return kernel;
}

std::vector<double> bias_of(const Network& network, const Unit& unit) {
  return unit.bias == kNoEdge ? std::vector<double>{} : network.constants(unit.bias);
}

numerics::Stage stage_of(const Network& network, const Unit& unit, SharedMap input) {
  const numerics::Operation operation = unit.operation();
  if (operation.mapping) return {*operation.mapping, std::move(input)};
  return numerics::Trace(*operation.layer, std::move(input), kernel_of(network, unit), bias_of(network, unit));
}

Run::Run(const Network& network, SharedMap input, const base::Limits& limits) : network_(network), limits_(limits) {
  maps_[network.input()] = std::move(input);
}

bool Run::reach(std::size_t edge, std::vector<char>& needed) {
  std::vector<std::size_t> open{edge};
  while (!open.empty()) {
    const std::size_t next = open.back();
    open.pop_back();
    if (maps_.contains(next)) continue;
    const auto giver = network_.giver(next);
    if (!giver) {
      stopped_by_ = fmt::format("the second input {}", network_.edge(next).name);
      return false;
    }
    const Unit& unit = network_.units()[*giver];
    const numerics::Operation operation = unit.operation();
    const bool linear = operation.mapping && numerics::row_of(*operation.mapping).shape_only;
    if (!unit.shape_only.empty() || linear || unit.gives != next) {
      stopped_by_ = fmt::format("{} ({})", unit.name, unit.type);
      return false;
    }
    if (std::exchange(needed[*giver], 1) == 0) std::ranges::copy(needed_by(unit), std::back_inserter(open));
  }
  return true;
}

SharedMap Run::values(std::size_t edge) {
  std::vector<char> needed(network_.units().size());
  if (!reach(edge, needed)) return nullptr;
  std::map<std::size_t, std::size_t> last_reader;
  for (std::size_t n = 0; n < needed.size(); ++n)
    if (needed[n] != 0)
      for (const std::size_t read : needed_by(network_.units()[n])) last_reader[read] = n;
  for (std::size_t n = 0; n < needed.size(); ++n) {
    if (needed[n] == 0) continue;
    const Unit& unit = network_.units()[n];
    maps_[unit.gives] = made(unit);
    for (const std::size_t read : needed_by(unit))
      if (last_reader[read] == n && read != edge && read != network_.input()) maps_.erase(read);
  }
  return maps_.at(edge);
}

std::optional<std::vector<std::int64_t>> Run::sources(const Unit& unpooling) {
  const std::size_t read = network_.units()[*unpooling.pool].reads.front();
  const SharedMap map = values(read);
  if (!map) return std::nullopt;
  maps_[read] = map;
  return found_by(*unpooling.pool);
}

std::vector<std::size_t> Run::needed_by(const Unit& unit) const {
  std::vector<std::size_t> edges = unit.reads;
  if (unit.pool) edges.push_back(network_.units()[*unit.pool].reads.front());
  return edges;
}

std::vector<std::int64_t> Run::found_by(std::size_t pool) const {
  const Unit& unit = network_.units()[pool];
  return numerics::unpool_sources(*stage_of(network_, unit, maps_.at(unit.reads.front())).trace());
}

SharedMap Run::made(const Unit& unit) const {
  hold_cost(unit.name, network_.shape(unit.gives).values(), unit.operation().multiplications(), limits_);
  std::vector<SharedMap> maps;
  for (const std::size_t read : unit.reads) maps.push_back(maps_.at(read));
  const auto* join = std::get_if<Join>(&unit.does);
  if (const auto* range = std::get_if<ChannelRange>(&unit.does))
    return std::make_shared<const Map>(ranged(*range, *maps.front()));
  if (unit.pool) {
    numerics::Mapping unpooling = *unit.operation().mapping;
    unpooling.sources = found_by(*unit.pool);
    return std::make_shared<const Map>(numerics::mapped(unpooling, *maps.front()));
  }
  if (!join) return stage_of(network_, unit, maps.front()).shared_output();
  const Shape shape = network_.shape(unit.gives);
  return std::make_shared<const Map>(*join == Join::concat ? concatenated(maps, shape) : combined(*join, maps, shape));
}

}  // namespace convreel::model
