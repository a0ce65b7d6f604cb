#include "batch/folder_lock.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

#include "base/error.hpp"
#include "base/inside.hpp"

namespace convreel::batch {

namespace {

namespace fs = std::filesystem;
using base::Error;
using base::ErrorKind;

std::string reason() { return std::generic_category().message(errno); }

/// Whether `descriptor` is still what lies at `path`: the holder before may have removed it on leaving.
bool current(int descriptor, const fs::path& path) {
  struct stat opened {
  }, named{};
  return fstat(descriptor, &opened) == 0 && stat(path.c_str(), &named) == 0 && opened.st_ino == named.st_ino &&
         opened.st_dev == named.st_dev;
}

std::string holder(int descriptor) {
  std::array<char, 16> digits{};
  const ssize_t count = pread(descriptor, digits.data(), digits.size() - 1, 0);
  return count > 0 ? fmt::format(" (process {})", digits.data()) : std::string{};
}

/// Not what is somebody's file by another name.
void sign(int descriptor) {
  struct stat of {};
  if (fstat(descriptor, &of) != 0 || of.st_nlink != 1) return;
  const std::string number = std::to_string(getpid());
  if (ftruncate(descriptor, 0) == 0) static_cast<void>(!pwrite(descriptor, number.data(), number.size(), 0));
}

}  // namespace

FolderLock::FolderLock(const fs::path& folder, const std::optional<Shard>& shard, const base::Limits& limits)
    : folder_(folder) {
  base::hold_inside(folder, limits);
  std::error_code problem;
  fs::create_directories(folder, problem);
  if (problem && !fs::is_directory(folder))
    throw Error(ErrorKind::run_time, fmt::format("cannot make {}: {}", folder.string(), problem.message()));
  try {
    hold(folder / ".convreel-sweep.lock", shard ? LOCK_SH : LOCK_EX);
    if (shard) hold(folder / fmt::format(".convreel-shard-{}-of-{}.lock", shard->number, shard->count), LOCK_EX);
  } catch (...) {
    release();
    throw;
  }
}

FolderLock::~FolderLock() { release(); }

void FolderLock::hold(const fs::path& path, int how) {
  for (;;) {
    const int descriptor = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (descriptor < 0 && errno == ELOOP)
      throw Error(ErrorKind::run_time, fmt::format("{} is a link, and no lock", path.string()), "remove it");
    if (descriptor < 0)
      throw Error(ErrorKind::run_time, fmt::format("cannot write into {}: {}", folder_.string(), reason()));
    if (flock(descriptor, how | LOCK_NB) != 0) {
      const bool taken = errno == EWOULDBLOCK;
      const std::string why = reason(), who = holder(descriptor);
      close(descriptor);
      if (!taken) throw Error(ErrorKind::run_time, fmt::format("cannot lock {}: {}", path.string(), why));
      throw Error(ErrorKind::run_time, fmt::format("another sweep{} is at work in {}", who, folder_.string()),
                  "wait for it, or choose another folder for -o");
    }
    if (current(descriptor, path)) {
      held_.push_back({path, descriptor});
      if (how == LOCK_EX) sign(descriptor);
      return;
    }
    close(descriptor);
  }
}

void FolderLock::release() noexcept {
  for (const Held& held : held_) {
    if (flock(held.descriptor, LOCK_EX | LOCK_NB) == 0) unlink(held.path.c_str());
    close(held.descriptor);
  }
  held_.clear();
}

}  // namespace convreel::batch
