// Where finished bytes go: a file, stdout or memory. Sequential; a format that must seek buffers by itself.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace convreel::base {

class ByteSink {
 public:
  virtual ~ByteSink() = default;
  /// Appends `bytes`. Throws Error{run_time} when they cannot be taken (disk full, closed pipe).
  virtual void write(std::span<const std::uint8_t> bytes) = 0;

  void write(std::string_view text) {
    write(std::span{reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
  }
};

class MemorySink final : public ByteSink {
 public:
  using ByteSink::write;
  void write(std::span<const std::uint8_t> bytes) override { bytes_.insert(bytes_.end(), bytes.begin(), bytes.end()); }
  [[nodiscard]] const std::vector<std::uint8_t>& bytes() const { return bytes_; }

 private:
  std::vector<std::uint8_t> bytes_;
};

}  // namespace convreel::base
