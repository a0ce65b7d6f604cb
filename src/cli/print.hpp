// Results for stdout: text that other programs may read. A full disk behind it is an error, not silence.
#pragma once

#include <string_view>

#include "batch/timings.hpp"

namespace convreel::cli {

/// Throws base::Error when stdout does not take it.
void print(std::string_view text);
void print_line(std::string_view text);
/// A line a stage on stderr: it is for people.
void print_timings(const batch::Timings& timings);

}  // namespace convreel::cli
