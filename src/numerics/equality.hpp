// One window layer that computes what several compute one after the other, where there is such a layer.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "numerics/stage.hpp"

namespace convreel::numerics {

/// The layer, computed by itself from the stack's input, and why it is the same.
struct OneLayer {
  Trace trace;
  std::string rule;  ///< "stride r, kernel box(r) * rot180(w)"
  /// Layers between that are not linear: the one layer leaves them out, and the two sides differ.
  std::vector<std::string> left_out;
};

/// The layer, or a sentence that says why there is none. Two convolutions with padding between them differ at the
/// border, where the second one reads zeros: they have none.
[[nodiscard]] std::variant<OneLayer, std::string> as_one_layer(const std::vector<Stage>& stages);

/// The layer that leads back from a layer's output to its input with the same weights. A transposed one gets the output
/// padding that the convolution's remainder asks for.
[[nodiscard]] Layer layer_back(const Layer& layer);
/// Why a layer has none, in a sentence; empty when it has.
[[nodiscard]] std::optional<std::string> no_layer_back(const Layer& layer);
/// The layer that makes the gradient at a layer's input, computed by itself from the one at its output. There is one
/// unless no_layer_back() says why not.
[[nodiscard]] OneLayer gradient_as_one_layer(const Trace& trace, Map gradient);

/// Whether two numbers are one but for rounding; `largest` is the map's largest magnitude.
[[nodiscard]] bool same_number(double a, double b, double largest);

}  // namespace convreel::numerics
