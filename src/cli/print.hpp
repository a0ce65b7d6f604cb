// Results for stdout: text that other programs may read. A full disk behind it is an error, not silence.
#pragma once

#include <cstdio>
#include <string_view>

#include "batch/timings.hpp"

namespace convreel::cli {

/// Throws base::Error when stdout does not take it.
void print(std::string_view text);
void print_line(std::string_view text);
/// Words for people, on stderr: where they cannot be written, the work goes on.
void tell(std::FILE* stream, std::string_view text);
/// A line a stage on stderr, in elapsed time (a format's holds its waiting for threads of its own): it is for people.
void print_timings(const batch::Timings& timings);
/// What all threads of this process have used so far, as such a line.
void print_cpu_time();

}  // namespace convreel::cli
