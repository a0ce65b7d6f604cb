// A model with its sizes decided: every node is a layer of ours, joins maps, or passes their shapes on.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

#include "model/file.hpp"
#include "numerics/operation.hpp"

namespace convreel::model {

/// What flows between nodes, one picture at a time (the first axis is 1).
struct Edge {
  std::string name;
  Dims dims;
  const Tensor* tensor = nullptr;               ///< constants that stay in the file
  std::optional<std::vector<double>> constant;  ///< constants at hand
  bool whole = false;                           ///< constants that are whole numbers by their type

  [[nodiscard]] bool fixed() const { return tensor || constant; }
};

/// How several maps become one.
enum class Join { add, subtract, multiply, divide, maximum, minimum, concat };

/// Some of a map's channels, one after the other.
struct ChannelRange {
  std::int64_t first = 0, count = 0;
};

inline constexpr std::size_t kNoEdge = static_cast<std::size_t>(-1);

/// A node that reads maps or what became of them.
struct Unit {
  std::string name, type;
  std::variant<std::monostate, numerics::Layer, numerics::Mapping, Join, ChannelRange> does;
  std::string shape_only;          ///< why no values come out; empty when they do
  std::vector<std::size_t> reads;  ///< the edges that are no constants
  std::size_t gives = kNoEdge;
  std::size_t kernel = kNoEdge, bias = kNoEdge;  ///< constants of a window layer
  std::optional<std::size_t> pool;               ///< an unpooling's: the unit whose places it reads

  [[nodiscard]] numerics::Operation operation() const;
};

class Network {
 public:
  /// `size` is the input's, in place of the declared one. Throws Error{usage} when neither says it, Error{impossible}
  /// for a graph that cannot be. `file` outlives the network.
  Network(const ModelFile& file, const std::optional<numerics::Cell>& size);

  [[nodiscard]] const std::vector<Unit>& units() const { return units_; }
  [[nodiscard]] const Edge& edge(std::size_t number) const { return edges_[number]; }
  [[nodiscard]] std::size_t input() const { return input_; }
  /// The unit that gives an edge; empty for the input and constants.
  [[nodiscard]] std::optional<std::size_t> giver(std::size_t edge) const;
  [[nodiscard]] numerics::Shape shape(std::size_t edge) const;
  /// The numbers of a constant edge.
  [[nodiscard]] std::vector<double> constants(std::size_t edge) const;
  /// What every unit's output sees of the input.
  [[nodiscard]] std::vector<numerics::ReceptiveField> fields() const;

 private:
  friend class NetworkMaker;

  const ModelFile& file_;
  std::vector<Edge> edges_;
  std::vector<Unit> units_;
  std::vector<std::size_t> givers_;  ///< of each edge
  std::size_t input_ = kNoEdge;
};

/// The picture that a model reads, as far as the file says.
struct InputShape {
  std::size_t port = 0;  ///< of the graph's inputs
  int dims = 2;
  std::int64_t channels = 1;
  std::optional<numerics::Cell> size;  ///< empty when it is left open
};
/// Throws Error{impossible} when the model reads no map with channels and one to three axes.
[[nodiscard]] InputShape input_shape(const Graph& graph);

/// Layers that change where values lie or gather several: what the table lists.
[[nodiscard]] bool is_spatial(const Unit& unit);

}  // namespace convreel::model
