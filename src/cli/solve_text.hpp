// What solve() found, for people and for programs.
#pragma once

#include <string>

#include "numerics/solve.hpp"

namespace convreel::cli {

/// A line an answer below a heading, with what is worth knowing of each.
[[nodiscard]] std::string answers_table(const numerics::Bounds& bounds, const numerics::Solution& solution);
/// A heading of names and a line an answer; a value that holds commas stands in quotes.
[[nodiscard]] std::string answers_csv(const numerics::Solution& solution);
/// {"answers": [...]}; without answers also {"nearest": [...]}. An answer tells its input where several may be.
[[nodiscard]] std::string answers_json(const numerics::Bounds& bounds, const numerics::Solution& solution);

/// "kernel 3, stride 2, padding 1, output padding 1".
[[nodiscard]] std::string words_of(const numerics::Layer& layer);

}  // namespace convreel::cli
