#include "cli/safe.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>

#include "base/error.hpp"
#include "base/inside.hpp"
#include "cli/command.hpp"
#include "cli/signals.hpp"

namespace convreel::cli {
namespace {

/// Beyond what the pictures were estimated to take: by the kernel, for whatever library asks.
void limit_memory(std::int64_t bytes) {
  rlimit limit{};
  if (getrlimit(RLIMIT_DATA, &limit) != 0) return;
  limit.rlim_cur = std::min(limit.rlim_max, static_cast<rlim_t>(bytes));
  setrlimit(RLIMIT_DATA, &limit);
}

}  // namespace

void keep_safe(const CommandLine& line, base::Cancel& cancel) {
  if (const std::int64_t seconds = line.limits[base::Limit::seconds]; seconds > 0) end_after(seconds, cancel);
  if (!line.limits.safe()) return;
  unsetenv("CONVREEL_MODULE_PATH");
  for (const std::string_view network : {"watch", "port"})
    if (has(line, network))
      throw base::Error(base::ErrorKind::usage, "--watch shows a page, and --safe has no network", "leave out one");
  for (const std::string_view path : {"contact-sheet", "deps", "merge"})
    if (const auto named = value(line, path)) base::hold_inside(*named, line.limits);
  limit_memory(line.limits[base::Limit::memory]);
}

}  // namespace convreel::cli
