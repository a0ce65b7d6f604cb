// Axes as hyperfine takes them: its -L and -P have the name and the values as words of their own.
#pragma once

#include <string>
#include <vector>

namespace convreel::cli {

/// "-L stride 1,2" becomes "-L stride=1,2"; "-P stride 1 3" and "-P stride 1..3" become "-P stride=1..3". All other
/// words stay, among them those after -L or -P that name no option.
[[nodiscard]] std::vector<std::string> joined_axes(const std::vector<std::string>& words);

}  // namespace convreel::cli
