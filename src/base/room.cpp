#include "base/room.hpp"

#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <limits>
#include <system_error>

#include "base/error.hpp"

namespace convreel::base {

namespace {

struct Taken {
  std::uint64_t address_space = 0, data = 0;
};

Taken taken() {
  unsigned long long pages[6] = {};  // size, resident, shared, text, lib, data
  if (std::FILE* file = std::fopen("/proc/self/statm", "re")) {
    const int read = std::fscanf(file, "%llu %llu %llu %llu %llu %llu", &pages[0], &pages[1], &pages[2], &pages[3],
                                 &pages[4], &pages[5]);
    std::fclose(file);
    if (read != 6) return {};
  }
  const auto page = static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
  return {pages[0] * page, pages[5] * page};
}

std::uint64_t left(__rlimit_resource_t resource, std::uint64_t used) {
  rlimit limit{};
  if (getrlimit(resource, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
    return std::numeric_limits<std::uint64_t>::max();
  return limit.rlim_cur > used ? limit.rlim_cur - used : 0;
}

}  // namespace

void need_memory(std::uint64_t bytes, std::string_view what) {
  const Taken now = taken();
  const std::uint64_t room = std::min(left(RLIMIT_AS, now.address_space), left(RLIMIT_DATA, now.data));
  if (room >= bytes) return;
  throw Error(ErrorKind::run_time,
              fmt::format("out of memory: {} need {} MB, and this process may take {} MB more", what, bytes >> 20U,
                          room >> 20U),
              "ulimit -v says what it may take");
}

void need_files(int count, std::string_view what) {
  std::error_code hidden;  // what cannot be listed is not limited either
  std::uint64_t open = 0;
  for (std::filesystem::directory_iterator at("/proc/self/fd", hidden), end; !hidden && at != end; at.increment(hidden))
    ++open;
  const std::uint64_t room = left(RLIMIT_NOFILE, open);
  if (room >= static_cast<std::uint64_t>(count)) return;
  throw Error(
      ErrorKind::run_time,
      fmt::format("too few files may be open: {} need {}, and this process may open {} more", what, count, room),
      "ulimit -n says how many it may open");
}

void need_stack() {
  constexpr std::uint64_t kLeast = std::uint64_t{256} << 10U;
  const std::uint64_t most = left(RLIMIT_STACK, 0);
  if (most >= kLeast) return;
  throw Error(ErrorKind::run_time,
              fmt::format("a stack of {} kB is too small; {} are needed", most >> 10U, kLeast >> 10U),
              "ulimit -s 8192 is usual");
}

}  // namespace convreel::base
