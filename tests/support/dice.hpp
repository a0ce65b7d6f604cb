// Random whole numbers, the same for the same seed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

namespace convreel::test {

class Dice {
 public:
  explicit Dice(unsigned seed) : engine_(seed) {}

  /// least..most, both included.
  std::int64_t whole(std::int64_t least, std::int64_t most) {
    return std::uniform_int_distribution<std::int64_t>(least, most)(engine_);
  }
  std::vector<double> values(std::size_t count, std::int64_t least, std::int64_t most) {
    std::vector<double> made(count);
    for (double& value : made) value = static_cast<double>(whole(least, most));
    return made;
  }

 private:
  std::mt19937 engine_;
};

}  // namespace convreel::test
