#include "base/atomic_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include "base/error.hpp"

namespace convreel::base {

namespace {

namespace fs = std::filesystem;

std::string reason(int number) { return std::error_code(number, std::generic_category()).message(); }

[[noreturn]] void fail(const fs::path& path, std::string_view why, std::string hint = {}) {
  throw Error(ErrorKind::run_time, fmt::format("cannot write {}: {}", path.string(), why), std::move(hint));
}

/// Where a chain of links that ends nowhere points to: the file is to be made there, the links stay.
fs::path end_of_links(fs::path path) {
  std::error_code ignored;
  for (int links = 0; links < 40 && fs::is_symlink(path, ignored); ++links) {
    const fs::path next = fs::read_symlink(path, ignored);
    path = next.is_absolute() ? next : path.parent_path() / next;
  }
  return path;
}

void make_folder(const fs::path& target) {
  const fs::path folder = target.parent_path();
  if (folder.empty()) return;
  std::error_code problem;
  fs::create_directories(folder, problem);
  if (problem && !fs::is_directory(folder)) fail(target, fmt::format("cannot make its folder: {}", problem.message()));
}

/// Opens a new hidden file beside `target` and names it in `temporary`; -1 with errno set when that cannot be.
int open_beside(const fs::path& target, mode_t mode, fs::path& temporary) {
  constexpr int kTries = 10000;
  for (int attempt = 0; attempt < kTries; ++attempt) {
    temporary = target.parent_path() / fmt::format(".convreel-{}-{}.tmp", getpid(), attempt);
    const int descriptor = open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    if (descriptor >= 0 || errno != EEXIST) return descriptor;
  }
  return -1;
}

int open_to_read(const fs::path& path) {
  const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor >= 0) return descriptor;
  const std::string why = errno == ENOENT ? "no such file" : reason(errno);
  throw Error(ErrorKind::impossible, fmt::format("cannot read {}: {}", path.string(), why));
}

}  // namespace

AtomicFile::AtomicFile(fs::path target) : target_(std::move(target)) {
  if (target_.empty() || target_.filename().empty()) fail(target_, "the path names no file", "give a file name");
  struct stat old {};
  const bool exists = stat(target_.c_str(), &old) == 0;
  if (exists && S_ISDIR(old.st_mode)) fail(target_, "it is a folder", "give a file name in it");
  if (exists && !S_ISREG(old.st_mode)) {  // a device or a pipe: there is nothing to rename over
    descriptor_ = open(target_.c_str(), O_WRONLY | O_CLOEXEC);
    if (descriptor_ < 0) fail(target_, reason(errno));
    return;
  }
  if (exists && access(target_.c_str(), W_OK) != 0) fail(target_, reason(errno));
  target_ = exists ? fs::canonical(target_) : end_of_links(target_);
  make_folder(target_);
  descriptor_ = open_beside(target_, exists ? old.st_mode & 0777 : 0666, temporary_);
  if (descriptor_ < 0) {
    temporary_.clear();
    fail(target_, reason(errno));
  }
  if (exists) static_cast<void>(fchmod(descriptor_, old.st_mode & 07777));
}

AtomicFile::~AtomicFile() {
  if (descriptor_ >= 0) close(descriptor_);
  if (!temporary_.empty()) unlink(temporary_.c_str());
}

void AtomicFile::write(std::span<const std::uint8_t> bytes) {
  while (!bytes.empty()) {
    const ssize_t taken = ::write(descriptor_, bytes.data(), bytes.size());
    if (taken < 0 && errno == EINTR) continue;
    if (taken < 0) fail(target_, reason(errno));
    bytes = bytes.subspan(static_cast<std::size_t>(taken));
  }
}

void AtomicFile::commit() {
  const bool flushed = fsync(descriptor_) == 0 || errno == EINVAL || errno == ENOTSUP || errno == EROFS;
  if (!flushed) fail(target_, reason(errno));
  if (close(std::exchange(descriptor_, -1)) != 0) fail(target_, reason(errno));
  if (temporary_.empty()) return;
  if (rename(temporary_.c_str(), target_.c_str()) != 0) fail(target_, reason(errno));
  temporary_.clear();
}

std::vector<std::uint8_t> read_file(const fs::path& path, std::uint64_t limit) {
  const int descriptor = open_to_read(path);
  std::vector<std::uint8_t> bytes;
  std::array<std::uint8_t, 1 << 16> part;
  ssize_t count = 0;
  // The size a file claims is not asked: pipes have none, and some claim too little.
  do {
    count = read(descriptor, part.data(), part.size());
    if (count > 0) bytes.insert(bytes.end(), part.begin(), part.begin() + count);
  } while ((count > 0 && bytes.size() <= limit) || (count < 0 && errno == EINTR));
  const int problem = count < 0 ? errno : 0;
  close(descriptor);
  if (problem != 0)
    throw Error(ErrorKind::impossible, fmt::format("cannot read {}: {}", path.string(), reason(problem)));
  if (bytes.size() > limit)
    throw Error(ErrorKind::impossible, fmt::format("{} is larger than {} bytes", path.string(), limit));
  return bytes;
}

}  // namespace convreel::base
