// How the products of a window are combined to one number: a kind's own rule, beside its geometry.
#pragma once

namespace convreel::numerics {

struct Layer;
struct Step;

/// The result of the terms of a step: sets its sum, and its winner or divisor. Output, terms and bias are set.
using Reducer = void (*)(const Layer&, Step&);

void sum_products(const Layer& layer, Step& step);
/// Follows PyTorch: padding never wins, the first maximum wins, NaN beats everything.
void take_maximum(const Layer& layer, Step& step);
void take_mean(const Layer& layer, Step& step);

}  // namespace convreel::numerics
