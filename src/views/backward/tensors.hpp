// One of the two rows of the backward view: a layer's bias, kernel, input and output side by side, with their values or
// with their gradients. Both rows have the same columns, so that a gradient stands below what it belongs to.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "numerics/gradient.hpp"
#include "views/parts/parts.hpp"

namespace convreel::views {

enum class Part : std::uint8_t { bias, kernel, input, output };

[[nodiscard]] Part part_of(numerics::BackwardSteps::Side side);

class Tensors {
 public:
  /// A part's numbers: a kernel's planes as channels, row-major, a bias as one cell a channel.
  struct Values {
    Part part;
    Map map;
  };

  /// What the layer was given and what it made.
  explicit Tensors(const Context& context);
  Tensors(const Context& context, const numerics::Gradients& gradients);

  [[nodiscard]] const std::vector<Values>& parts() const { return parts_; }
  [[nodiscard]] scene::Size measure(double cell) const { return shelf_.measure(cell); }
  [[nodiscard]] bool numbered(double cell) const { return shelf_.numbered(cell); }
  void place(scene::Rect area, double cell) { shelf_.place(area, cell); }

  [[nodiscard]] const Grid& grid(Part part, std::int64_t channel) const { return shelf_.grid(column(part), channel); }
  [[nodiscard]] std::string text(Part part, double value) const { return shelf_.numbers(column(part)).text(value); }
  [[nodiscard]] explain::NumberStyle style(Part part) const { return shelf_.numbers(column(part)).style(); }
  [[nodiscard]] Item cell(Part part, const Place& at) const;
  [[nodiscard]] Role role(Part part, std::int64_t channel) const;

  /// Signs and captions.
  void add_fixed(Items& items) const { shelf_.add_fixed(items); }
  void add_meaning(Meaning& meaning) const;

 private:
  Tensors(const Context& context, bool gradients, std::vector<Values> parts);

  [[nodiscard]] std::size_t column(Part part) const;

  const Context context_;
  bool gradients_;
  std::vector<Values> parts_;
  Shelf shelf_;
};

/// How a sum's numbers are written: as in the cells that they come from and go to.
struct GradientNotation {
  explain::NumberStyle factor, gradient, sum;
};

/// "∂L/∂x[1,1] = 2·1 + (−1)·3 = −1" in the roles of its parts. `revealed` false: a question mark instead of the answer.
[[nodiscard]] Sentence gradient_sentence(const Trace& trace, const GradientNotation& notation,
                                         const numerics::BackwardSteps::Step& step, bool revealed);

}  // namespace convreel::views
