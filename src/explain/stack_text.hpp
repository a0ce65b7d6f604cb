// A stack in words: what each stage does, the table of all of them, the steps one stage after the other.
#pragma once

#include <string>
#include <vector>

#include "numerics/stage.hpp"

namespace convreel::explain {

using Stages = std::vector<numerics::Stage>;

/// "2×4×4", "400 in a row": channels always, as several layers differ in them.
[[nodiscard]] std::string shape_text(const numerics::Shape& shape, int dims);
/// "3×3, stride 2, padding 1", "×2 bilinear"; empty where the name says all.
[[nodiscard]] std::string operation_details(const numerics::Operation& operation);
[[nodiscard]] std::string stage_details(const numerics::Stage& stage);
/// "Conv2d 3×3, padding 1".
[[nodiscard]] std::string stage_title(const numerics::Stage& stage);

/// "Conv2d → ReLU → MaxPool2d"; a long stack by its ends and its number of layers.
[[nodiscard]] std::string stack_title(const Stages& stages);
/// "18 weights, 324 products", of all layers together.
[[nodiscard]] std::string stack_costs(const Stages& stages);
/// What stacks that are compared come to: "1×6×6 or 1×7×7, with 9 weights, 324 products or 16 weights, 144 products".
[[nodiscard]] std::string stack_comparison(const std::vector<const Stages*>& stacks);
[[nodiscard]] std::string stack_alt_text(const Stages& stages);
/// Every stage's output, its steps in order; a stage of single values by its rule and shape.
[[nodiscard]] std::string stack_transcript(const Stages& stages);
/// The sum that made an output, "y[0,1,1] = 1·2 + 3·0 = 2", of any stage that has values.
[[nodiscard]] std::string stage_arithmetic(const numerics::Stage& stage, const numerics::Step& step);

/// Of one stage how its receptive field follows from the one before: "3 + (3 − 1)·1 = 5".
[[nodiscard]] std::string field_formula(const Stages& stages, std::size_t stage);
/// `explain` of a stack: the table and the formulas below it.
[[nodiscard]] std::string stack_text(const Stages& stages);

/// A number of the table: "1", "0.5", "1/3" as a short decimal.
[[nodiscard]] std::string jump_text(const std::array<double, numerics::kAxes>& jump, int dims);
[[nodiscard]] std::string field_text(const numerics::ReceptiveField& field, int dims);

}  // namespace convreel::explain
