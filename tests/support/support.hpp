// What several test programs share: fixtures, PyTorch's cases, temporary folders.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "numerics/trace.hpp"

namespace convreel::test {

/// tests/fixtures/<name>.
[[nodiscard]] std::filesystem::path fixture(std::string_view name);
[[nodiscard]] std::string read_text(const std::filesystem::path& path);

/// How many of `all` random cases are tried: a quarter, and all of them in the second tier (CONVREEL_THOROUGH=1).
[[nodiscard]] int rounds(int all);

/// A folder that is removed with everything in it.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace convreel::test
