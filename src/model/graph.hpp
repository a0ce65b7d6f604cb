// An ONNX model as its file says it, nothing decided: nodes, tensors, declared shapes. No word of protobuf.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace convreel::model {

/// Sizes along the axes; -1 where the file leaves one open.
using Dims = std::vector<std::int64_t>;

/// What a tensor holds; `other` is texts and what else is no real number.
enum class Elements { real, whole, other };

/// A tensor of constants. Its numbers stay in the file until somebody asks for them.
struct Tensor {
  std::string name;
  Dims dims;
  std::size_t index = 0;  ///< which of the file's
  Elements elements = Elements::real;
};

struct Attribute {
  std::optional<std::int64_t> whole;
  std::optional<double> real;
  std::string text;
  std::vector<std::int64_t> wholes;
  std::vector<double> reals;
  std::optional<Tensor> tensor;
};

struct Node {
  std::string name, type, domain;
  std::vector<std::string> inputs, outputs;  ///< names of edges; empty where one is left out
  std::map<std::string, Attribute> attributes;
};

/// A declared edge.
struct Port {
  std::string name;
  std::optional<Dims> dims;  ///< empty when no shape is declared
};

struct Graph {
  std::int64_t opset = 0;  ///< of the standard's own domain
  std::string producer;
  std::vector<Node> nodes;
  std::vector<Tensor> tensors;
  std::vector<Port> inputs, outputs, declared;
};

}  // namespace convreel::model
