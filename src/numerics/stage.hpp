// One layer of a stack with its numbers: a window layer (a trace) or a mapping. Answers what views, explanations and
// files ask of every layer. Its input is the map that the layer before gave, not a copy.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "numerics/mapping.hpp"
#include "numerics/trace.hpp"

namespace convreel::numerics {

class Stage {
 public:
  Stage(Trace trace);  // NOLINT: a trace is a stage
  /// Throws Error{impossible} with check()'s problems.
  Stage(Mapping mapping, SharedMap input);

  /// The window layer's trace; null for a mapping, and the other way round.
  [[nodiscard]] const Trace* trace() const { return std::get_if<Trace>(&layer_); }
  [[nodiscard]] const Mapping* mapping() const;

  [[nodiscard]] int dims() const;
  /// PyTorch's name: "Conv2d".
  [[nodiscard]] std::string name() const;
  /// The trace's word: "conv", "relu".
  [[nodiscard]] std::string_view kind() const;
  [[nodiscard]] const Map& input() const;
  [[nodiscard]] const Map& output() const { return *shared_output(); }
  [[nodiscard]] const SharedMap& shared_output() const;
  [[nodiscard]] Shape input_shape() const;
  [[nodiscard]] Shape output_shape() const;
  /// False when only the output's shape is told.
  [[nodiscard]] bool has_values() const { return !output().values.empty(); }
  /// True when outputs are made from several cells, so that every step tells something.
  [[nodiscard]] bool combines() const;
  [[nodiscard]] std::int64_t step_count() const { return output_shape().values(); }
  [[nodiscard]] Step step(std::int64_t index) const;
  /// The input cells that an output was made from, each once, in their order.
  [[nodiscard]] std::vector<Place> sources(const Place& output) const;

  /// With bias where it has one.
  [[nodiscard]] std::int64_t parameters() const;
  /// Multiplications by a number of its own.
  [[nodiscard]] std::int64_t multiplications() const;

  /// The input positions along an axis that outputs first..last depend on, as if the map had no border.
  [[nodiscard]] Span span(int axis, Span outputs) const;
  /// Input cells from one output cell to the next.
  [[nodiscard]] double jump(int axis) const;

 private:
  struct Mapped {
    Mapping mapping;
    SharedMap input, output;
  };

  std::variant<Trace, Mapped> layer_;
};

/// What an output cell of a chain's stage sees of the chain's input, along each axis.
struct ReceptiveField {
  std::array<std::int64_t, kAxes> size{1, 1, 1};  ///< input cells, as if the input had no border
  std::array<double, kAxes> jump{1, 1, 1};        ///< input cells from one output cell to the next
  std::array<double, kAxes> start{};              ///< the middle of the first output cell's field, in input cells
  bool whole = false;                             ///< sees everything: a linear layer
};
/// One a stage, in order. The size is the largest that any output cell has.
[[nodiscard]] std::vector<ReceptiveField> receptive_fields(const std::vector<Stage>& stages);

/// The cells that an output of the last of `stages` was made from: entry n is of the n-th stage's input, the last entry
/// the output itself. Each cell once, in order.
[[nodiscard]] std::vector<std::vector<Place>> cone(const std::vector<Stage>& stages, const Place& output);

/// How many ways lead from each cell of the chain's input to an output of its last stage.
[[nodiscard]] Map path_counts(const std::vector<Stage>& stages, const Place& output);
/// The output's derivative by each cell of the chain's input, where all stages have values.
[[nodiscard]] Map influence(const std::vector<Stage>& stages, const Place& output);

}  // namespace convreel::numerics
