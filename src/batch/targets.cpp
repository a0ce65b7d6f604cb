#include "batch/targets.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "base/error.hpp"

namespace convreel::batch {

void DescriptorSink::write(std::span<const std::uint8_t> bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written >= 0) {
      bytes = bytes.subspan(static_cast<std::size_t>(written));
    } else if (errno == EPIPE) {
      throw base::Error(base::ErrorKind::interrupted, fmt::format("{}: the reader closed the pipe", label_));
    } else if (errno != EINTR) {
      throw base::Error(base::ErrorKind::run_time,
                        fmt::format("{}: {}", label_, std::generic_category().message(errno)));
    }
  }
}

Target::Target(const std::string& path, bool held) {
  if (path != "-") {
    file_ = std::make_unique<base::AtomicFile>(path);
    return;
  }
  stream_ = std::make_unique<DescriptorSink>(STDOUT_FILENO, "stdout");
  if (held) held_ = std::make_unique<base::MemorySink>();
}

void Target::write(std::span<const std::uint8_t> bytes) {
  base::ByteSink& sink = file_ ? static_cast<base::ByteSink&>(*file_) : held_ ? *held_ : *stream_;
  sink.write(bytes);
  bytes_ += bytes.size();
  digest_.update(bytes);
}

void Target::commit() {
  if (file_) file_->commit();
  if (held_) stream_->write(held_->bytes());
}

}  // namespace convreel::batch
