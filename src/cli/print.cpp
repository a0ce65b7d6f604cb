#include "cli/print.hpp"

#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdio>
#include <string>

#include "batch/targets.hpp"

namespace convreel::cli {

void print(std::string_view text) { batch::DescriptorSink(STDOUT_FILENO, "stdout").write(text); }

void print_line(std::string_view text) { print(std::string(text) + "\n"); }

void tell(std::FILE* stream, std::string_view text) {
  static_cast<void>(std::fwrite(text.data(), 1, text.size(), stream));
  static_cast<void>(std::fflush(stream));
}

namespace {

/// Of this process.
double cpu_seconds() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

}  // namespace

void print_timings(const batch::Timings& timings) {
  for (const auto& [stage, time] : timings.stages())
    tell(stderr, fmt::format("{:>9.1f} ms  {}\n", 1e3 * time.count(), stage));
}

void print_cpu_time() { tell(stderr, fmt::format("{:>9.1f} ms  of CPU on all threads\n", 1e3 * cpu_seconds())); }

}  // namespace convreel::cli
