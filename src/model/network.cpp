#include "model/network.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "model/fold.hpp"
#include "model/operators.hpp"

namespace convreel::model {

using base::Error;
using base::ErrorKind;
using numerics::kAxes;
using numerics::MappingKind;

namespace {

constexpr std::int64_t kMostConstants = 1 << 16;  ///< of a tensor that is read while sizes are decided
constexpr std::int64_t kMostWeights = 1LL << 24;  ///< of one kernel
constexpr std::int64_t kMostAxis = (1LL << 31) - 1;

bool is_standard(const Node& node) { return node.domain.empty() || node.domain == "ai.onnx"; }

std::string name_of(const Node& node) {
  if (!node.name.empty()) return node.name;
  for (const std::string& output : node.outputs)
    if (!output.empty()) return output;
  return node.type;
}

std::string quoted_dims(const Dims& dims) {
  std::string text;
  for (const std::int64_t size : dims) text += (text.empty() ? "" : ", ") + (size < 0 ? "?" : std::to_string(size));
  return "[" + text + "]";
}

}  // namespace

numerics::Operation Unit::operation() const {
  return {std::get_if<numerics::Layer>(&does), std::get_if<numerics::Mapping>(&does), bias != kNoEdge};
}

bool is_spatial(const Unit& unit) {
  if (std::holds_alternative<numerics::Layer>(unit.does)) return true;
  const auto* mapping = std::get_if<numerics::Mapping>(&unit.does);
  return mapping && mapping->kind >= MappingKind::upsample && mapping->kind <= MappingKind::zero_pad;
}

InputShape input_shape(const Graph& graph) {
  for (std::size_t n = 0; n < graph.inputs.size(); ++n) {
    const Port& port = graph.inputs[n];
    const auto named = [&](const Tensor& tensor) { return tensor.name == port.name; };
    if (std::ranges::any_of(graph.tensors, named)) continue;  // old models list their weights as inputs too
    if (!port.dims || port.dims->size() < 3 || port.dims->size() > 2 + kAxes) continue;
    const Dims& dims = *port.dims;
    InputShape shape{n, static_cast<int>(dims.size()) - 2, dims[1], numerics::Cell{1, 1, 1}};
    if (shape.channels < 1)
      throw Error(ErrorKind::impossible,
                  fmt::format("the model's input {} does not say its channels: {}", port.name, quoted_dims(dims)));
    for (int a = numerics::first_axis(shape.dims); a < kAxes && shape.size; ++a) {
      const std::int64_t size = dims[static_cast<std::size_t>(a - numerics::first_axis(shape.dims) + 2)];
      if (size < 1)
        shape.size.reset();
      else
        (*shape.size)[a] = size;
    }
    return shape;
  }
  throw Error(ErrorKind::impossible, "the model reads no picture: no input has channels and one to three axes",
              "its inputs must declare their shapes, such as [N, 3, 224, 224]");
}

class NetworkMaker {
 public:
  NetworkMaker(Network& made, const std::optional<numerics::Cell>& size)
      : made_(made), graph_(made.file_.graph()), asked_(size) {}

  void make() {
    for (const Tensor& tensor : graph_.tensors) add_tensor(tensor);
    add_inputs();
    for (const Port& port : graph_.declared) declared_.emplace(port.name, &port);
    for (const Port& port : graph_.outputs) declared_.emplace(port.name, &port);
    for (const Node& node : graph_.nodes) add_node(node);
    if (made_.units_.empty()) throw Error(ErrorKind::impossible, "no node of the model reads its input");
  }

 private:
  void add_tensor(const Tensor& tensor) {
    if (tensor.elements != Elements::other) made_.file_.check(tensor);
    Edge edge{tensor.name, tensor.dims, &tensor, std::nullopt, tensor.elements == Elements::whole};
    add_edge(std::move(edge), kNoEdge);
  }

  void add_inputs() {
    const InputShape shape = input_shape(graph_);
    const Port& picture = graph_.inputs[shape.port];
    batch_ = std::max<std::int64_t>(1, picture.dims->front());
    if (!asked_ && !shape.size)
      throw Error(
          ErrorKind::usage,
          fmt::format("the model's input {} leaves its size open: {}", picture.name, quoted_dims(*picture.dims)),
          shape.dims == 2 ? "say it: -i 224x224" : "say it: -i SIZE");
    const numerics::Cell size = asked_ ? *asked_ : *shape.size;
    for (std::size_t n = 0; n < graph_.inputs.size(); ++n) {
      const Port& port = graph_.inputs[n];
      if (numbers_.contains(port.name)) continue;
      Dims dims = n == shape.port ? dims_of({shape.channels, size}, shape.dims) : other_input(port);
      check_dims(port.name, dims);
      add_edge({port.name, std::move(dims), nullptr, std::nullopt}, kNoEdge);
      if (n == shape.port) made_.input_ = made_.edges_.size() - 1;
    }
    if (made_.input_ == kNoEdge)
      throw Error(ErrorKind::impossible, fmt::format("the model has two inputs named {}", picture.name));
  }

  /// Of a second input: what is open counts as one.
  static Dims other_input(const Port& port) {
    Dims dims = port.dims.value_or(Dims{1});
    for (std::int64_t& size : dims) size = std::max<std::int64_t>(1, size);
    if (!dims.empty()) dims.front() = 1;
    return dims;
  }

  static void check_dims(const std::string& name, const Dims& dims) {
    for (const std::int64_t size : dims)
      if (size < 0 || size > kMostAxis)
        throw Error(ErrorKind::impossible, fmt::format("{} has the shape {}", name, quoted_dims(dims)));
    if (volume(dims) < 0)
      throw Error(ErrorKind::impossible, fmt::format("{} has more than 2^31 values: {}", name, quoted_dims(dims)));
  }

  /// One that has no name is nobody's input.
  void add_edge(Edge edge, std::size_t giver) {
    if (!edge.name.empty() && !numbers_.emplace(edge.name, made_.edges_.size()).second)
      throw Error(ErrorKind::impossible, fmt::format("two nodes of the model give {}", edge.name),
                  "the graph is cyclic or damaged");
    made_.edges_.push_back(std::move(edge));
    made_.givers_.push_back(giver);
  }

  void add_node(const Node& node) {
    Unit unit;
    Reading reading = reading_of(node, unit);
    if (auto edge = folded(reading)) {
      if (node.outputs.empty()) return;
      edge->name = node.outputs.front();
      return add_edge(std::move(*edge), kNoEdge);
    }
    if (!is_standard(node) || !gives_parts(node)) return add_unit(reading, node.outputs);
    for (std::size_t n = 0; n < node.outputs.size(); ++n) {
      Unit one;
      Reading part = reading_of(node, one);
      part.part = n;
      if (n > 0) one.name += fmt::format(":{}", n);
      add_unit(part, {node.outputs[n]});
    }
  }

  Reading reading_of(const Node& node, Unit& unit) {
    unit.name = name_of(node);
    unit.type = node.type;
    return {node, graph_.opset, inputs_of(node), batch_, [&](const Edge& edge) { return few(edge); }, unit};
  }

  void add_unit(Reading& reading, const std::vector<std::string>& outputs) {
    Unit& unit = reading.unit;
    for (const Edge* edge : reading.inputs)
      if (edge && !edge->fixed()) unit.reads.push_back(numbers_.at(edge->name));
    read_named(reading);
    Dims dims = output_dims(reading);
    const std::size_t number = made_.units_.size();
    unit.gives = made_.edges_.size();
    made_.units_.push_back(std::move(unit));
    check_dims(outputs.empty() ? reading.node.type : outputs.front(), dims);
    add_edge({outputs.empty() ? "" : outputs.front(), dims, nullptr, std::nullopt}, number);
    for (std::size_t n = 1; n < outputs.size(); ++n)
      add_edge({outputs[n], other_output(outputs[n], dims), nullptr, std::nullopt}, number);
  }

  /// What is impossible names the node.
  void read_named(Reading& reading) {
    if (!is_standard(reading.node)) {
      reading.unit.shape_only = fmt::format("the operator belongs to {}", reading.node.domain);
      return;
    }
    if (reading.unit.reads.empty()) {
      reading.unit.shape_only = "it calculates with constants";
      return;
    }
    try {
      read_operator(reading);
      set_constants(reading);
      set_pool(reading);
      if (const numerics::Layer* layer = reading.unit.operation().layer)
        if (auto problems = numerics::check(*layer); !problems.empty())
          throw Error(ErrorKind::impossible, std::move(problems));
      if (const numerics::Mapping* mapping = reading.unit.operation().mapping)
        if (auto problems = numerics::check(*mapping); !problems.empty())
          throw Error(ErrorKind::impossible, std::move(problems));
    } catch (const Error& error) {
      std::vector<base::Problem> problems = error.problems();
      for (base::Problem& problem : problems)
        problem.message = fmt::format("{} ({}): {}", reading.unit.name, reading.unit.type, problem.message);
      throw Error(error.kind(), std::move(problems));
    }
  }

  void set_constants(Reading& reading) {
    const numerics::Layer* layer = reading.unit.operation().layer;
    if (!layer || !layer->row().weights) return;
    reading.unit.kernel = numbers_.at(reading.input(1)->name);
    const Edge* bias = reading.input(2);
    if (!bias) return;
    if (volume(bias->dims) != layer->out_channels)
      throw Error(ErrorKind::impossible, fmt::format("its bias has the shape {} for {} output channels",
                                                     quoted_dims(bias->dims), layer->out_channels));
    reading.unit.bias = numbers_.at(bias->name);
  }

  /// An unpooling takes the places that its pool gives as a second output: they are found again, not read.
  void set_pool(Reading& reading) {
    Unit& unit = reading.unit;
    const numerics::Mapping* unpooling = unit.operation().mapping;
    if (!unpooling || unpooling->kind != MappingKind::max_unpool) return;
    const Edge* places = reading.input(1);
    const std::size_t giver = places && !places->fixed() ? made_.givers_[numbers_.at(places->name)] : kNoEdge;
    const Unit* pool = giver == kNoEdge ? nullptr : &made_.units_[giver];
    const numerics::Layer* layer = pool ? pool->operation().layer : nullptr;
    if (!layer || !layer->row().picks || !pool->shape_only.empty() || made_.edges_[pool->gives].name == places->name)
      unit.shape_only = "its places are not those of a MaxPool";
    else if (pool->operation().output_shape() != unpooling->input || layer->input != *unpooling->unpooled)
      unit.shape_only = fmt::format("its sizes are not those of its pool {}", pool->name);
    else
      unit.pool = giver;
    unit.reads.resize(1);
  }

  std::vector<const Edge*> inputs_of(const Node& node) {
    std::vector<const Edge*> inputs;
    for (const std::string& name : node.inputs) {
      const auto found = numbers_.find(name);
      if (!name.empty() && found == numbers_.end())
        throw Error(ErrorKind::impossible,
                    fmt::format("{} ({}) reads {}, which no node before it gives", name_of(node), node.type, name),
                    "the graph is cyclic, out of order or damaged");
      inputs.push_back(name.empty() ? nullptr : &made_.edges_[found->second]);
    }
    return inputs;
  }

  /// By what the unit does, else as declared, else as what it reads.
  Dims output_dims(const Reading& reading) {
    const numerics::Operation operation = reading.unit.operation();
    if (operation.layer || operation.mapping) return dims_of(operation.output_shape(), operation.dims());
    if (reading.output) return *reading.output;
    const Dims fallback = reading.unit.reads.empty() ? Dims{1} : made_.edges_[reading.unit.reads.front()].dims;
    return reading.node.outputs.empty() ? fallback : other_output(reading.node.outputs.front(), fallback);
  }

  Dims other_output(const std::string& name, const Dims& fallback) const {
    const auto found = declared_.find(name);
    if (found == declared_.end() || !found->second->dims) return fallback;
    Dims dims = *found->second->dims;
    if (!dims.empty()) dims.front() = 1;
    return std::ranges::any_of(dims, [](std::int64_t size) { return size < 1; }) ? fallback : dims;
  }

  std::optional<std::vector<double>> few(const Edge& edge) const {
    if (edge.constant) return edge.constant;
    if (!edge.tensor || edge.tensor->elements == Elements::other || volume(edge.dims) < 0 ||
        volume(edge.dims) > kMostConstants)
      return std::nullopt;
    return made_.file_.values(*edge.tensor, kMostConstants);
  }

  Network& made_;
  const Graph& graph_;
  const std::optional<numerics::Cell>& asked_;
  std::int64_t batch_ = 1;
  std::unordered_map<std::string, std::size_t> numbers_;
  std::unordered_map<std::string, const Port*> declared_;
};

Network::Network(const ModelFile& file, const std::optional<numerics::Cell>& size) : file_(file) {
  NetworkMaker(*this, size).make();
}

std::optional<std::size_t> Network::giver(std::size_t edge) const {
  return givers_[edge] == kNoEdge ? std::nullopt : std::optional(givers_[edge]);
}

numerics::Shape Network::shape(std::size_t edge) const {
  return shape_of(edges_[edge].dims)
      .value_or(numerics::Shape{std::max<std::int64_t>(1, volume(edges_[edge].dims)), {1, 1, 1}, true});
}

std::vector<double> Network::constants(std::size_t edge) const {
  if (edges_[edge].constant) return *edges_[edge].constant;
  return file_.values(*edges_[edge].tensor, kMostWeights);
}

std::vector<numerics::ReceptiveField> Network::fields() const {
  std::vector<numerics::Wired> wired;
  for (const Unit& unit : units_) {
    numerics::Wired one{unit.operation(), shape(unit.gives), {}};
    for (const std::size_t edge : unit.reads)
      if (const auto from = giver(edge))
        one.reads.push_back(*from);
      else if (edge == input_)
        one.reads.push_back(numerics::kChainInput);
    wired.push_back(std::move(one));
  }
  return numerics::receptive_fields(wired, shape(input_));
}

}  // namespace convreel::model
