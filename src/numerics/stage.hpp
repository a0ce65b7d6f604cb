// One layer of a stack with its numbers: a window layer (a trace) or a mapping. Answers what views, explanations and
// files ask of every layer. Its input is the map that the layer before gave, not a copy.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "numerics/operation.hpp"
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
  /// The window layer's trace, for who takes it over.
  [[nodiscard]] Trace* take_trace() { return std::get_if<Trace>(&layer_); }

  /// What it does, without its numbers; lives as long as the stage.
  [[nodiscard]] Operation operation() const;
  [[nodiscard]] int dims() const { return operation().dims(); }
  [[nodiscard]] std::string name() const { return operation().name(); }
  [[nodiscard]] std::string_view kind() const { return operation().kind(); }
  [[nodiscard]] const Map& input() const;
  [[nodiscard]] const Map& output() const { return *shared_output(); }
  [[nodiscard]] const SharedMap& shared_output() const;
  [[nodiscard]] Shape input_shape() const { return operation().input_shape(); }
  [[nodiscard]] Shape output_shape() const { return operation().output_shape(); }
  /// False when only the output's shape is told.
  [[nodiscard]] bool has_values() const { return !output().values.empty(); }
  /// True when outputs are made from several cells, so that every step tells something.
  [[nodiscard]] bool combines() const;
  [[nodiscard]] std::int64_t step_count() const { return output_shape().values(); }
  [[nodiscard]] Step step(std::int64_t index) const;
  /// The input cells that an output was made from, each once, in their order.
  [[nodiscard]] std::vector<Place> sources(const Place& output) const;

  [[nodiscard]] std::int64_t parameters() const { return operation().parameters(); }
  [[nodiscard]] std::int64_t multiplications() const { return operation().multiplications(); }
  [[nodiscard]] double jump(int axis) const { return operation().jump(axis); }

 private:
  struct Mapped {
    Mapping mapping;
    SharedMap input, output;
  };

  std::variant<Trace, Mapped> layer_;
};

/// Of all stages together.
struct StackCost {
  std::int64_t parameters = 0, multiplications = 0;
};
[[nodiscard]] StackCost cost(const std::vector<Stage>& stages);

/// One a stage, in order.
[[nodiscard]] std::vector<ReceptiveField> receptive_fields(const std::vector<Stage>& stages);

/// The cells that an output of the last of `stages` was made from: entry n is of the n-th stage's input, the last entry
/// the output itself. Each cell once, in order.
[[nodiscard]] std::vector<std::vector<Place>> cone(const std::vector<Stage>& stages, const Place& output);

/// How many ways lead from each cell of the chain's input to an output of its last stage.
[[nodiscard]] Map path_counts(const std::vector<Stage>& stages, const Place& output);
/// The output's derivative by each cell of the chain's input, where all stages have values.
[[nodiscard]] Map influence(const std::vector<Stage>& stages, const Place& output);

}  // namespace convreel::numerics
