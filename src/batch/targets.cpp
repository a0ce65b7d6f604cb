#include "batch/targets.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "base/error.hpp"

namespace convreel::batch {

void DescriptorSink::write(std::span<const std::uint8_t> bytes) {
  const int problem = base::write_all(descriptor_, bytes, cancel_);
  if (problem == EPIPE)
    throw base::Error(base::ErrorKind::interrupted, fmt::format("{}: the reader closed the pipe", label_));
  if (problem != 0)
    throw base::Error(base::ErrorKind::run_time,
                      fmt::format("{}: {}", label_, std::generic_category().message(problem)));
}

Target::Target(const std::string& path, const base::Limits& limits, const base::Cancel* cancel, bool held)
    : path_(path), limits_(limits) {
  if (path != "-") {
    file_ = std::make_unique<base::AtomicFile>(path, limits, cancel);
    return;
  }
  stream_ = std::make_unique<DescriptorSink>(STDOUT_FILENO, "stdout", cancel);
  if (held) held_ = std::make_unique<base::MemorySink>();
}

void Target::write(std::span<const std::uint8_t> bytes) {
  const std::uint64_t whole = bytes_ + bytes.size();
  if (whole > static_cast<std::uint64_t>(limits_[base::Limit::file]))
    limits_.hold(base::Limit::file, static_cast<double>(whole), fmt::format("{} has {} bytes or more", path_, whole));
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
