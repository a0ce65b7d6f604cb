#include "model/part.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "model/cut.hpp"
#include "model/run.hpp"

namespace convreel::model {

using base::Error;
using base::ErrorKind;

std::vector<std::size_t> listed_units(const Network& network) {
  std::vector<std::size_t> numbers;
  for (std::size_t n = 0; n < network.units().size(); ++n)
    if (is_spatial(network.units()[n])) numbers.push_back(n);
  return numbers;
}

std::size_t unit_named(const Network& network, std::string_view text) {
  const auto& units = network.units();
  for (std::size_t n = 0; n < units.size(); ++n)
    if (units[n].name == text || network.edge(units[n].gives).name == text) return n;
  const std::vector<std::size_t> listed = listed_units(network);
  if (const auto row = base::parse_int(text)) {
    if (*row >= 1 && *row <= static_cast<std::int64_t>(listed.size()))
      return listed[static_cast<std::size_t>(*row - 1)];
    throw Error(ErrorKind::usage, fmt::format("there is no layer {}: the model has {}", *row, listed.size()),
                "convreel model FILE.onnx lists them, counted from 1");
  }
  std::vector<std::string_view> names;
  for (const Unit& unit : units) names.push_back(unit.name);
  const auto near = base::nearest(text, names);
  throw Error(ErrorKind::usage, fmt::format("the model has no layer \"{}\"", text),
              near ? fmt::format("did you mean {}?", *near) : "convreel model FILE.onnx lists them");
}

namespace {

bool has_values(const Unit& unit) {
  const numerics::Operation operation = unit.operation();
  return unit.shape_only.empty() && (operation.layer || operation.mapping);
}

std::string words_of(const Unit& unit) { return fmt::format("{} ({})", unit.name, unit.type); }

[[noreturn]] void refuse_link(const Unit& unit) {
  if (std::holds_alternative<Join>(unit.does) || unit.reads.size() > 1)
    throw Error(ErrorKind::impossible,
                fmt::format("{} reads {} maps, and a stack is one line of layers", words_of(unit), unit.reads.size()),
                "name layers on one side of it");
  if (std::holds_alternative<ChannelRange>(unit.does))
    throw Error(ErrorKind::impossible,
                fmt::format("{} takes some of the channels, and a stack passes on all", words_of(unit)),
                "name layers on one side of it");
  throw Error(ErrorKind::impossible, fmt::format("{} has its shape told only: {}", words_of(unit), unit.shape_only),
              "name layers on one side of it");
}

/// The units from one to another, each fed by the one before.
std::vector<const Unit*> path(const Network& network, std::size_t first, std::size_t last) {
  std::vector<const Unit*> units;
  for (std::size_t n = last;;) {
    const Unit& unit = network.units()[n];
    if (!has_values(unit) || unit.reads.empty()) refuse_link(unit);
    units.insert(units.begin(), &unit);
    if (n == first) return units;
    if (unit.reads.size() > 1) refuse_link(unit);
    const auto before = network.giver(unit.reads.front());
    if (!before || *before < first)
      throw Error(
          ErrorKind::impossible,
          fmt::format("{} does not lead to {}", words_of(network.units()[first]), words_of(network.units()[last])),
          "a stack is one line of layers, from the input on");
    n = *before;
  }
}

std::vector<const Unit*> chosen(const Network& network, const std::string& text) {
  const auto range = text.find("..");
  // A name may hold two dots itself.
  const bool single = range == std::string::npos ||
                      std::ranges::any_of(network.units(), [&](const Unit& unit) { return unit.name == text; });
  if (single) {
    const std::size_t n = unit_named(network, text);
    return path(network, n, n);
  }
  return path(network, unit_named(network, std::string_view(text).substr(0, range)),
              unit_named(network, std::string_view(text).substr(range + 2)));
}

/// The model's input: the values given, else those that teach.
numerics::Map model_input(const job::JobSpec& spec, const InputShape& shape, const job::Tools& tools) {
  job::JobSpec input = spec;
  input.in_channels = shape.channels;
  if (!spec.input_size && shape.size) {
    input.input_size = job::Sizes(shape.size->begin() + numerics::first_axis(shape.dims), shape.size->end());
    input.input_size_yields = true;
  }
  return job::chain_input(input, {numerics::LayerKind::conv, shape.dims}, shape.channels, tools);
}

}  // namespace

std::optional<numerics::Cell> asked_size(const job::JobSpec& spec, const InputShape& shape) {
  if (!spec.input_size) return std::nullopt;
  return job::cell_of("input-size", *spec.input_size, {numerics::LayerKind::conv, shape.dims});
}

job::ModelPart part_of(const job::JobSpec& spec, const job::Tools& tools) {
  const auto file = reader().read(std::filesystem::path(*spec.model), spec.limits);
  if (!spec.model_part)
    throw Error(ErrorKind::usage, "which layer of the model?", "--layer NAME, or --layers A..B for several");
  const InputShape shape = input_shape(file->graph());
  if (!shape.size && !spec.input_size && !spec.input_values)
    (void)Network(*file, std::nullopt);  // which says what is open
  numerics::Map input = model_input(spec, shape, tools);
  const Network network(*file, input.size);
  const std::vector<const Unit*> units = chosen(network, *spec.model_part);
  Run run(network, std::make_shared<const numerics::Map>(std::move(input)), spec.limits);
  const std::size_t read = units.front()->reads.front();
  job::ModelPart part;
  numerics::SharedMap map = run.values(read);
  if (!map) {
    part.note =
        fmt::format("{} gives no values, so {} reads numbers that teach", run.stopped_by(), words_of(*units.front()));
    job::JobSpec taught;
    taught.limits = spec.limits;
    const numerics::Operation first = units.front()->operation();
    const numerics::Shape given = first.input_shape();
    taught.input_size = job::Sizes(given.size.begin() + numerics::first_axis(first.dims()), given.size.end());
    map = std::make_shared<const numerics::Map>(job::chain_input(
        taught, {first.layer ? first.layer->kind : numerics::LayerKind::conv, first.dims()}, given.channels, tools));
  }
  std::vector<numerics::Stage> stages = cut(network, units, map, run, spec, part.note);
  const bool single = units.size() == 1 && stages.front().trace();
  part.chain = single ? job::Chain(std::move(*stages.front().take_trace())) : job::Chain(std::move(stages));
  part.name = base::mended(units.size() == 1 ? units.front()->name : units.front()->name + "-" + units.back()->name);
  return part;
}

}  // namespace convreel::model
