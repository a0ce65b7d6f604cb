// What the equals view holds against one layer: several layers one after the other, or the backward pass of one. Where
// its cells are and what each output was made from; knows no story.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "numerics/equality.hpp"
#include "views/parts/parts.hpp"
#include "views/view.hpp"

namespace convreel::views {

class UpperSide {
 public:
  virtual ~UpperSide() = default;

  [[nodiscard]] virtual scene::Size measure(double cell) const = 0;
  [[nodiscard]] virtual bool numbered(double cell) const = 0;
  virtual void place(Rect area, double cell) = 0;
  /// All but the outputs' numbers.
  virtual void add_fixed(Items& items) const = 0;

  [[nodiscard]] virtual const Map& output() const = 0;
  /// Its channels that are drawn.
  [[nodiscard]] virtual std::int64_t channels() const = 0;
  [[nodiscard]] virtual Item cell(const Place& output, Role role) const = 0;
  /// Frames around what an output was made from.
  virtual void add_window(Items& items, const Place& output) const = 0;
  /// How it comes to that number.
  [[nodiscard]] virtual std::string sum(const Place& output) const = 0;

  /// What its cells stand for, and those of the lower side: `result` shows the same outputs.
  [[nodiscard]] virtual Meaning meaning(const std::string& result) const = 0;
  [[nodiscard]] virtual std::int64_t weights() const = 0;
  [[nodiscard]] virtual std::int64_t products() const = 0;
};

[[nodiscard]] std::unique_ptr<UpperSide> several_layers(const StackContext& context);
[[nodiscard]] std::unique_ptr<UpperSide> backward_pass(const Context& context);

}  // namespace convreel::views
