// What the programs of all frameworks share.
#pragma once

#include <fmt/format.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "explain/python.hpp"
#include "numerics/trace.hpp"

namespace convreel::explain {

// What every program speaks of.
using numerics::Cell;
using numerics::first_axis;
using numerics::kAxes;
using numerics::Layer;
using numerics::Padding;
using numerics::PaddingMode;
using numerics::Sides;
using numerics::Trace;

/// A program, line by line.
class Script {
 public:
  template <class... Args>
  void line(fmt::format_string<Args...> format, Args&&... args) {
    text_ += fmt::format(format, std::forward<Args>(args)...) + "\n";
  }
  void blank() { text_ += "\n"; }
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

/// "x = np.array([[1, 2],\n              [3, 4]], dtype=float)": `open` and `close` around the numbers.
struct Around {
  std::string_view open, close;
};
inline constexpr Around kNumpyInput{"x = np.array(", ", dtype=float)"}, kNumpyKernel{"w = np.array(", ", dtype=float)"},
    kNumpyBias{"b = np.array(", ", dtype=float)"};
/// A map, its shape with a batch of one in front when `batch`.
[[nodiscard]] std::string map_line(const numerics::Map& map, int dims, const Around& around, bool batch);
/// The input alike.
[[nodiscard]] std::string input_line(const numerics::Trace& trace, const Around& around, bool batch);
/// The kernel as it is stored; only of a layer with weights.
[[nodiscard]] std::string kernel_line(const numerics::Trace& trace, const Around& around);
[[nodiscard]] std::string bias_line(const numerics::Trace& trace, const Around& around);

/// Throws Error{impossible}: "Keras cannot say this layer: ...".
[[noreturn]] void cannot_say(std::string_view framework, std::string_view reason, std::string hint);
/// Throws Error{impossible} for so many numbers that they fill no page.
void hold_to_a_page(std::size_t numbers);
void hold_to_a_page(const numerics::Trace& trace);

/// Cells of the last windows that hang over the padded end, by axis; ceil mode has them.
[[nodiscard]] numerics::Cell overhang(const numerics::Trace& trace);
/// What every mean is divided by; empty when the windows differ.
[[nodiscard]] std::optional<std::int64_t> one_divisor(const numerics::Trace& trace);
/// The end of every axis longer by that.
[[nodiscard]] numerics::Padding with_more_after(numerics::Padding padding, const numerics::Cell& more);
/// Cell as sides of the end alone.
[[nodiscard]] bool any(const numerics::Cell& cell);

/// NumPy's and JAX' word for a padding mode: "reflect", "edge", "wrap"; empty for zeros.
[[nodiscard]] std::string_view numpy_mode(numerics::PaddingMode mode);
/// ", ::-1, ::-1": every axis in use backwards.
[[nodiscard]] std::string backwards(int dims);

}  // namespace convreel::explain
