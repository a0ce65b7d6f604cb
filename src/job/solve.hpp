// A question for numerics::solve(), from words, and its answers as specs.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "job/job_spec.hpp"
#include "numerics/solve.hpp"

namespace convreel::job {

struct Question {
  JobSpec spec;  ///< names the layer; sizes that it sets are kept where `values` says nothing
  /// Options (input-size, output-size, kernel-size, ...) to their values as a sweep's axis takes them: 1..3, 3x5,7x7,
  /// (0,1,0,1),same.
  std::map<std::string, std::string, std::less<>> values;
  bool apart = false;
};

/// Throws Error{usage} for values that cannot be read, are missing, or that this kind of layer does not have. Without
/// a bound: kernel 1..7, stride 1..4, padding 0..3, dilation 1, output padding 0..stride-1.
[[nodiscard]] numerics::Bounds bounds_of(const Question& question);

/// The answer's sizes set over `base`.
[[nodiscard]] JobSpec with_answer(const JobSpec& base, const numerics::Layer& answer);
/// The same as options and their texts, in the order of the option table: {"input-size", "14"}, ...
[[nodiscard]] std::vector<std::pair<std::string_view, std::string>> options_of(const numerics::Layer& answer);

}  // namespace convreel::job
