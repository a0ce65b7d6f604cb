// Bytes that are written and read back anywhere, before anybody knows how many they will be: the first in memory, the
// rest in a temporary file without a name, so that a long video does not wait in memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <span>
#include <vector>

#include "base/byte_sink.hpp"

namespace convreel::base {

class Spool {
 public:
  explicit Spool(std::size_t in_memory = std::size_t{1} << 20) : in_memory_(in_memory) {}

  /// Throws std::system_error when the temporary file cannot take them. Where none can be made at all, everything
  /// stays in memory. Bytes that were skipped are 0.
  void write(std::size_t at, std::span<const std::uint8_t> bytes);
  /// Fills `bytes` from `at` on as far as there is something, and says how far.
  std::size_t read(std::size_t at, std::span<std::uint8_t> bytes) const;
  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  void write_front(std::size_t at, std::span<const std::uint8_t> bytes);
  void write_rest(std::size_t at, std::span<const std::uint8_t> bytes);

  std::size_t in_memory_, size_ = 0;
  std::vector<std::uint8_t> front_;
  std::unique_ptr<std::FILE, Close> rest_;  ///< bytes from in_memory_ on
};

/// Hands on everything in order.
void copy(const Spool& spool, ByteSink& sink);

/// A sink whose bytes wait for the one that they are meant for.
class SpoolSink final : public ByteSink {
 public:
  using ByteSink::write;
  /// Throws Error{run_time} when the temporary file cannot take them.
  void write(std::span<const std::uint8_t> bytes) override;
  void copy_to(ByteSink& sink) const { copy(spool_, sink); }

 private:
  Spool spool_;
};

}  // namespace convreel::base
