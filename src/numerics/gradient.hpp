// Back-propagation through one layer: from the gradient at its output to those at its input, its weights and its bias.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "numerics/adjacency.hpp"
#include "numerics/trace.hpp"

namespace convreel::numerics {

/// dL/dy as given, and what follows from it. `kernel` and `bias` are empty where the layer has none.
struct Gradients {
  Map output, input;
  Kernel kernel;
  std::vector<double> bias;  ///< one an output channel
};

/// Every product of the forward pass is gone through backwards: a term w * x of an output with gradient g adds w * g to
/// the input's gradient and x * g to the weight's. A maximum sends g to its winner, a mean g / divisor to every input.
/// Throws Error{impossible} when `output` has not the shape of the trace's output.
[[nodiscard]] Gradients gradients(const Trace& trace, Map output);

/// A gradient for an output of that shape when nobody gives one: -2..3. A larger map keeps a smaller one's numbers.
[[nodiscard]] Map sample_gradient(const Map& shape);

/// The same sums one by one, each gathered from what it is joined to, as an animation tells them: every input, then
/// every weight, then every bias.
class BackwardSteps {
 public:
  enum class Side { input, weight, bias };

  struct Term {
    Contribution at;  ///< of a bias only the output
    double factor = 1, gradient = 0, divisor = 1;

    [[nodiscard]] double value() const { return factor * gradient / divisor; }
  };

  struct Step {
    Side side = Side::input;
    /// A weight's channel counts the kernel's first two axes row-major, its cell is the tap; a bias has a channel only.
    Place asked;
    std::vector<Term> terms;  ///< by output, in reading order
    double sum = 0;
  };

  /// `trace` outlives this. Throws as gradients() does.
  BackwardSteps(const Trace& trace, Map output) : trace_(trace), sums_(gradients(trace, std::move(output))) {}

  [[nodiscard]] const Trace& trace() const { return trace_; }
  [[nodiscard]] const Gradients& sums() const { return sums_; }
  [[nodiscard]] std::int64_t count() const;
  /// Side and place without the terms.
  [[nodiscard]] Step asked(std::int64_t index) const;
  [[nodiscard]] Step at(std::int64_t index) const;

 private:
  [[nodiscard]] std::vector<Contribution> joined_to(const Step& step) const;
  [[nodiscard]] Term term(Side side, const Contribution& contribution) const;
  [[nodiscard]] numerics::Step step_of(const Place& output) const;

  const Trace& trace_;
  Gradients sums_;
};

/// <A x, g> and <x, A'g>: the layer without its bias, and its backward pass, are adjoint. Nothing when an output is no
/// number, as where a maximum saw padding only.
struct Adjoint {
  double forward = 0, backward = 0;
};
[[nodiscard]] std::optional<Adjoint> adjoint(const Trace& trace, const Gradients& gradients);

}  // namespace convreel::numerics
