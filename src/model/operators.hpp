// ONNX's operators in our words, those of old and of new opsets. Private to this room.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "model/network.hpp"

namespace convreel::model {

/// A node while it is read.
struct Reading {
  const Node& node;
  std::int64_t opset = 0;
  std::vector<const Edge*> inputs;  ///< null where one is left out
  std::int64_t batch = 1;           ///< that the file has where we have 1
  /// The numbers of a constant, when there are few.
  std::function<std::optional<std::vector<double>>(const Edge&)> constant;

  Unit& unit;
  std::size_t part = 0;             ///< which of its outputs the unit gives, where each has a unit of its own
  std::optional<Dims> output = {};  ///< where no layer or mapping decides it

  [[nodiscard]] const Edge* input(std::size_t n) const { return n < inputs.size() ? inputs[n] : nullptr; }
};

/// Null where it is not given.
[[nodiscard]] const Attribute* attribute(const Reading& reading, const char* name);
/// The numbers of an input that is a constant of few.
[[nodiscard]] std::optional<std::vector<double>> numbers(const Reading& reading, std::size_t n);

/// A constant where a whole number is meant: what is behind the point is lost, and ±2^31 is the most. Empty for NaN.
[[nodiscard]] std::optional<std::int64_t> whole_of(double number);

/// Each output of such a node is another part of its input.
[[nodiscard]] bool gives_parts(const Node& node);
/// Sets what the unit does, or `shape_only`. Throws Error{impossible} for what cannot be.
void read_operator(Reading& reading);

/// A map's shape; empty for another number of axes than ours.
[[nodiscard]] std::optional<numerics::Shape> shape_of(const Dims& dims);
[[nodiscard]] Dims dims_of(const numerics::Shape& shape, int dims);
/// Number of values.
[[nodiscard]] std::int64_t volume(const Dims& dims);

}  // namespace convreel::model
