#include "cli/print.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <string>

#include "batch/targets.hpp"

namespace convreel::cli {

void print(std::string_view text) { batch::DescriptorSink(STDOUT_FILENO, "stdout").write(text); }

void print_line(std::string_view text) { print(std::string(text) + "\n"); }

void print_timings(const batch::Timings& timings) {
  for (const auto& [stage, time] : timings.stages()) fmt::print(stderr, "{:>9.1f} ms  {}\n", 1e3 * time.count(), stage);
}

}  // namespace convreel::cli
