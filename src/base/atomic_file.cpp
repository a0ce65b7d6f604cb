#include "base/atomic_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <mutex>
#include <set>
#include <utility>

#include "base/error.hpp"
#include "base/inside.hpp"
#include "base/text.hpp"

namespace convreel::base {

namespace {

namespace fs = std::filesystem;

std::string reason(int number) { return std::error_code(number, std::generic_category()).message(); }

[[noreturn]] void fail(const fs::path& path, std::string_view why, std::string hint = {}) {
  throw Error(ErrorKind::run_time, fmt::format("cannot write {}: {}", path.string(), why), std::move(hint));
}

[[noreturn]] void interrupted() { throw Error(ErrorKind::interrupted, "interrupted"); }

/// The links stay: the file is made where they end.
fs::path made_at(const fs::path& target) {
  auto end = end_of_links(target);
  if (!end) fail(target, "its links lead in a circle");
  return *std::move(end);
}

void make_folder(const fs::path& target) {
  const fs::path folder = target.parent_path();
  if (folder.empty()) return;
  std::error_code problem;
  fs::create_directories(folder, problem);
  if (problem && !fs::is_directory(folder)) fail(target, fmt::format("cannot make its folder: {}", problem.message()));
}

// A signal handler takes no argument, so this has to be global. Those that find no room are swept by a later run.
std::array<std::atomic<const char*>, 1 << 14> open_temporaries;
static_assert(std::atomic<const char*>::is_always_lock_free, "read in a signal handler");

std::atomic<const char*>* remember(const char* temporary) {
  for (auto& place : open_temporaries) {
    const char* nobody = nullptr;
    if (!place.load() && place.compare_exchange_strong(nobody, temporary)) return &place;
  }
  return nullptr;
}

/// Whoever writes a temporary file holds a lock on it: one without was left by a process that was killed.
void remove_left_over(const fs::path& temporary) {
  const int descriptor = open(temporary.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (descriptor < 0) return;
  struct stat locked {};
  struct stat named {};
  if (flock(descriptor, LOCK_EX | LOCK_NB) == 0 && fstat(descriptor, &locked) == 0 &&
      stat(temporary.c_str(), &named) == 0 && locked.st_ino == named.st_ino)
    unlink(temporary.c_str());
  close(descriptor);
}

/// Once a process: looking costs as much as the folder holds.
void remove_left_overs(const fs::path& folder) {
  static std::mutex mutex;
  static std::set<fs::path> swept;
  const std::lock_guard lock(mutex);
  if (!swept.insert(folder).second) return;
  std::error_code unread;
  for (fs::directory_iterator at(folder.empty() ? "." : folder, unread), end; !unread && at != end;
       at.increment(unread))
    if (glob_match(".convreel-*.tmp", at->path().filename().string())) remove_left_over(at->path());
}

/// Locks what was just made; false when another process took it for a left-over in between.
bool keep(int descriptor) {
  struct stat own {};
  const bool locked = flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK;  // some disks know no locks
  return locked && fstat(descriptor, &own) == 0 && own.st_nlink > 0;
}

/// Opens a new hidden file beside `target` and names it in `temporary`; -1 with errno set when that cannot be. Removes
/// what killed processes left there.
int open_beside(const fs::path& target, mode_t mode, fs::path& temporary) {
  static std::atomic<int> running{0};  // those of one process never meet
  constexpr int kTries = 10000;
  remove_left_overs(target.parent_path());
  for (int tries = 0; tries < kTries; ++tries) {
    temporary = target.parent_path() / fmt::format(".convreel-{}-{}.tmp", getpid(), running++);
    const int descriptor = open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    if (descriptor < 0 && errno != EEXIST) return -1;
    if (descriptor >= 0 && keep(descriptor)) return descriptor;
    if (descriptor >= 0) close(descriptor);
  }
  return -1;
}

constexpr int kPatience = 50;  // milliseconds between two looks at a request to stop

/// A device or a pipe: there is nothing to rename over. A pipe has no reader yet as long as ENXIO is the answer.
int open_stream(const fs::path& target, bool pipe, const Cancel* cancel) {
  for (;;) {
    const int descriptor = open(target.c_str(), O_WRONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor >= 0 || !pipe || (errno != ENXIO && errno != EINTR)) return descriptor;
    if (cancel) cancel->check();
    poll(nullptr, 0, kPatience);
  }
}

int open_to_read(const fs::path& path) {
  const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor >= 0) return descriptor;
  if (errno == EINTR) interrupted();
  const std::string why = errno == ENOENT ? "no such file" : reason(errno);
  throw Error(ErrorKind::impossible, fmt::format("cannot read {}: {}", path.string(), why));
}

}  // namespace

fs::path place_of(const fs::path& target) {
  std::error_code hidden;
  const fs::path path = fs::absolute(made_at(target)), place = fs::weakly_canonical(path, hidden);
  return hidden ? path.lexically_normal() : place;
}

AtomicFile::AtomicFile(fs::path target, const Limits& limits, const Cancel* cancel)
    : target_(std::move(target)), cancel_(cancel) {
  hold_inside(target_, limits);
  if (target_.empty() || target_.filename().empty()) fail(target_, "the path names no file", "give a file name");
  struct stat old {};
  const bool exists = stat(target_.c_str(), &old) == 0;
  if (exists && S_ISDIR(old.st_mode)) fail(target_, "it is a folder", "give a file name in it");
  if (exists && !S_ISREG(old.st_mode)) {
    descriptor_ = open_stream(target_, S_ISFIFO(old.st_mode), cancel);
    if (descriptor_ < 0) fail(target_, reason(errno));
    return;
  }
  if (exists && access(target_.c_str(), W_OK) != 0) fail(target_, reason(errno));
  if (!exists && errno == ENAMETOOLONG) fail(target_, reason(errno));
  target_ = exists ? fs::canonical(target_) : made_at(target_);
  make_folder(target_);
  descriptor_ = open_beside(target_, exists ? old.st_mode & 0777 : 0666, temporary_);
  if (descriptor_ < 0) {
    temporary_.clear();
    fail(target_, reason(errno));
  }
  known_ = remember(temporary_.c_str());
  if (exists) static_cast<void>(fchmod(descriptor_, old.st_mode & 07777));
}

AtomicFile::~AtomicFile() {
  if (!temporary_.empty()) unlink(temporary_.c_str());
  if (descriptor_ >= 0) close(descriptor_);
  forget();
}

/// Once remove_temporaries() has taken the path, it may be read until the process has ended.
void AtomicFile::forget() noexcept {
  while (known_ && !known_->exchange(nullptr)) pause();
  known_ = nullptr;
}

void remove_temporaries() noexcept {
  for (auto& place : open_temporaries)
    if (const char* temporary = place.exchange(nullptr)) unlink(temporary);
}

void AtomicFile::write(std::span<const std::uint8_t> bytes) {
  const int problem = write_all(descriptor_, bytes, cancel_);
  if (problem == EPIPE)
    throw Error(ErrorKind::interrupted, fmt::format("{}: the reader closed the pipe", target_.string()));
  if (problem != 0) fail(target_, reason(problem));
}

int write_all(int descriptor, std::span<const std::uint8_t> bytes, const Cancel* cancel) {
  struct stat of {};
  const bool waits = fstat(descriptor, &of) == 0 && !S_ISREG(of.st_mode);
  // A pipe that poll() calls ready takes this many without waiting, whoever else has it open.
  const std::size_t most = waits ? std::size_t{PIPE_BUF} : bytes.size();
  while (!bytes.empty()) {
    if (cancel && waits) cancel->check();
    pollfd ready{descriptor, POLLOUT, 0};
    if (waits && poll(&ready, 1, kPatience) <= 0) continue;
    const ssize_t taken = ::write(descriptor, bytes.data(), std::min(bytes.size(), most));
    if (taken < 0 && errno != EINTR && errno != EAGAIN) return errno;
    if (taken > 0) bytes = bytes.subspan(static_cast<std::size_t>(taken));
  }
  return 0;
}

void AtomicFile::commit() {
  const bool flushed = fsync(descriptor_) == 0 || errno == EINVAL || errno == ENOTSUP || errno == EROFS;
  if (!flushed) fail(target_, reason(errno));
  // The lock lasts until the file has its name: without it, it would be taken for a left-over.
  const int lock = dup(descriptor_);
  const bool closed = close(std::exchange(descriptor_, -1)) == 0;
  const bool named = closed && (temporary_.empty() || rename(temporary_.c_str(), target_.c_str()) == 0);
  const int problem = errno;
  if (lock >= 0) close(lock);
  if (!named) fail(target_, reason(problem));
  forget();
  temporary_.clear();
}

std::vector<std::uint8_t> read_file(const fs::path& path, Limit limit, const Limits& limits) {
  hold_inside(path, limits);
  const auto most = static_cast<std::uint64_t>(limits[limit]);
  const int descriptor = open_to_read(path);
  std::vector<std::uint8_t> bytes;
  std::array<std::uint8_t, 1 << 16> part;
  ssize_t count = 0;
  // The size a file claims is not asked: pipes have none, and some claim too little.
  do {
    count = read(descriptor, part.data(), part.size());
    if (count > 0) bytes.insert(bytes.end(), part.begin(), part.begin() + count);
  } while (count > 0 && bytes.size() <= most);
  const int problem = count < 0 ? errno : 0;
  struct stat whole {};
  const bool known = fstat(descriptor, &whole) == 0 && S_ISREG(whole.st_mode);
  close(descriptor);
  if (problem == EINTR) interrupted();
  if (problem != 0)
    throw Error(ErrorKind::impossible, fmt::format("cannot read {}: {}", path.string(), reason(problem)));
  if (bytes.size() > most) {
    const auto size = std::max<std::uint64_t>(bytes.size(), known ? static_cast<std::uint64_t>(whole.st_size) : 0);
    limits.hold(limit, static_cast<double>(size),
                fmt::format("{} has {} bytes{}", path.string(), size, known ? "" : " or more"));
  }
  return bytes;
}

}  // namespace convreel::base
