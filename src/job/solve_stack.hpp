// solve() inside a stack: the layers around the one that is left open say what goes into it and what has to come out.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "job/resolve.hpp"
#include "job/solve.hpp"

namespace convreel::job {

/// Layers as they are written, one of them with question marks.
struct OpenStack {
  std::vector<std::string> layers;
  std::size_t open = 0;
  std::vector<std::string> left;  ///< options that its question marks stand for, in their order
};

/// Nothing when the words are one layer. Throws Error{usage} unless exactly one of several layers is left open.
[[nodiscard]] std::optional<OpenStack> open_stack(const std::vector<std::string>& words);

/// What is asked of the open layer alone, when the stack shall turn the question's input-size into its output-size.
/// Throws Error{impossible} when no size behind the open layer leads there.
[[nodiscard]] Question within(const OpenStack& stack, const Question& whole, const Tools& tools);

/// The layers with the answer in the place of the question marks.
[[nodiscard]] std::vector<std::string> answered(const OpenStack& stack, const numerics::Layer& answer);

}  // namespace convreel::job
