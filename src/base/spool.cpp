#include "base/spool.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <limits>
#include <system_error>

#include "base/error.hpp"

namespace convreel::base {

namespace {

[[noreturn]] void fail() { throw std::system_error(errno, std::generic_category(), "temporary file"); }

}  // namespace

void Spool::write(std::size_t at, std::span<const std::uint8_t> bytes) {
  if (at + bytes.size() > in_memory_ && !rest_) {
    rest_.reset(std::tmpfile());
    if (!rest_) in_memory_ = std::numeric_limits<std::size_t>::max();
  }
  const std::size_t front = at < in_memory_ ? std::min(bytes.size(), in_memory_ - at) : 0;
  if (front > 0) write_front(at, bytes.first(front));
  if (front < bytes.size()) write_rest(at + front - in_memory_, bytes.subspan(front));
  size_ = std::max(size_, at + bytes.size());
}

void Spool::write_front(std::size_t at, std::span<const std::uint8_t> bytes) {
  if (front_.size() < at + bytes.size()) front_.resize(at + bytes.size());
  std::ranges::copy(bytes, front_.begin() + static_cast<std::ptrdiff_t>(at));
}

void Spool::write_rest(std::size_t at, std::span<const std::uint8_t> bytes) {
  while (!bytes.empty()) {
    const ssize_t count = pwrite(fileno(rest_.get()), bytes.data(), bytes.size(), static_cast<off_t>(at));
    if (count < 0 && errno != EINTR) fail();
    if (count <= 0) continue;
    at += static_cast<std::size_t>(count);
    bytes = bytes.subspan(static_cast<std::size_t>(count));
  }
}

std::size_t Spool::read(std::size_t at, std::span<std::uint8_t> bytes) const {
  if (at >= size_ || bytes.empty()) return 0;
  bytes = bytes.first(std::min(bytes.size(), size_ - at));
  if (at < front_.size()) {
    const std::size_t count = std::min(bytes.size(), front_.size() - at);
    std::copy_n(front_.begin() + static_cast<std::ptrdiff_t>(at), count, bytes.begin());
    return count;
  }
  if (at < in_memory_) {  // skipped: the front ends before the rest begins
    const std::size_t count = std::min(bytes.size(), in_memory_ - at);
    std::fill_n(bytes.begin(), count, std::uint8_t{0});
    return count;
  }
  for (;;) {
    const ssize_t count = pread(fileno(rest_.get()), bytes.data(), bytes.size(), static_cast<off_t>(at - in_memory_));
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno != EINTR) fail();
  }
}

void copy(const Spool& spool, ByteSink& sink) {
  std::vector<std::uint8_t> block(std::size_t{1} << 16);
  std::size_t at = 0;
  while (const std::size_t count = spool.read(at, block)) {
    sink.write(std::span(block).first(count));
    at += count;
  }
}

void SpoolSink::write(std::span<const std::uint8_t> bytes) try {
  spool_.write(spool_.size(), bytes);
} catch (const std::system_error& error) {
  throw Error(ErrorKind::run_time, error.what());
}

}  // namespace convreel::base
