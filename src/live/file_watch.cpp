#include "live/file_watch.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

#include "base/error.hpp"

namespace convreel::live {

namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

/// How often a wait looks whether it is cancelled.
constexpr milliseconds kTick{100};
/// An editor's save is several events, and several files may be saved at once.
constexpr milliseconds kQuiet{60}, kLongestQuiet{1000};
constexpr std::uint32_t kChanges =
    IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;

[[noreturn]] void fail(std::string_view what) {
  const int problem = errno;
  throw base::Error(
      base::ErrorKind::run_time, fmt::format("cannot watch {}: {}", what, std::generic_category().message(problem)),
      problem == ENOSPC || problem == EMFILE ? "raise fs.inotify.max_user_watches and max_user_instances" : "");
}

}  // namespace

FileWatch::FileWatch() : descriptor_(inotify_init1(IN_CLOEXEC | IN_NONBLOCK)) {
  if (descriptor_ < 0) fail("files");
}

FileWatch::~FileWatch() { close(descriptor_); }

bool FileWatch::follow(const std::set<fs::path>& files) {
  Names names;
  for (const fs::path& file : files) {
    std::error_code ignored;
    const fs::path named = fs::absolute(file).lexically_normal(), meant = fs::weakly_canonical(named, ignored);
    add(named, names);
    if (!meant.empty() && meant != named) add(meant, names);
  }
  for (const auto& [watch, _] : names_)
    if (!names.contains(watch)) inotify_rm_watch(descriptor_, watch);
  bool fresh = false;
  for (const auto& [watch, _] : names) fresh = fresh || !names_.contains(watch);
  names_ = std::move(names);
  return fresh;
}

/// In a folder that is not there, the nearest one above it is watched for the next step on the way.
void FileWatch::add(const fs::path& file, Names& names) {
  for (fs::path at = file; at.has_relative_path(); at = at.parent_path()) {
    const int watch = inotify_add_watch(descriptor_, at.parent_path().c_str(), kChanges);
    if (watch >= 0) return void(names[watch].insert(at.filename().string()));
    if (errno != ENOENT && errno != ENOTDIR) fail(at.parent_path().string());
  }
}

void FileWatch::wait(const base::Cancel& cancel) {
  do cancel.check();
  while (!changed_within(kTick));
  const auto end = std::chrono::steady_clock::now() + kLongestQuiet;
  while (changed_within(kQuiet) && std::chrono::steady_clock::now() < end) cancel.check();
}

bool FileWatch::changed_within(milliseconds time) {
  const auto end = std::chrono::steady_clock::now() + time;
  for (auto now = end - time; now < end; now = std::chrono::steady_clock::now()) {
    pollfd polled{descriptor_, POLLIN, 0};
    const auto left = std::chrono::ceil<milliseconds>(end - now);
    const int count = poll(&polled, 1, static_cast<int>(left.count()));
    if (count < 0) return false;  // a signal: the caller looks what it was
    if (count > 0 && read_events()) return true;
  }
  return false;
}

bool FileWatch::read_events() {
  alignas(inotify_event) std::array<char, 16384> bytes;
  const ssize_t count = read(descriptor_, bytes.data(), bytes.size());
  bool found = false;
  for (ssize_t at = 0; at < count;) {
    const auto* event = reinterpret_cast<const inotify_event*>(bytes.data() + at);
    at += static_cast<ssize_t>(sizeof(inotify_event) + event->len);
    const auto names = names_.find(event->wd);
    const bool lost = event->mask & (IN_Q_OVERFLOW | IN_DELETE_SELF | IN_MOVE_SELF);
    found = found || lost || (event->len > 0 && names != names_.end() && names->second.contains(event->name));
  }
  return found;
}

}  // namespace convreel::live
