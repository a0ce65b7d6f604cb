#include "base/spool.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>

namespace convreel::base {
namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes everything(const Spool& spool) {
  Bytes all(spool.size());
  for (std::size_t at = 0; at < all.size();) {
    const std::size_t count = spool.read(at, std::span(all).subspan(at));
    if (count == 0) break;
    at += count;
  }
  return all;
}

TEST(Spool, IsWhatAVectorWouldBe) {
  std::mt19937 random(7);
  for (const std::size_t in_memory : {0u, 1u, 100u, 1000u, 100000u}) {
    Spool spool(in_memory);
    Bytes expected;
    for (int n = 0; n < 300; ++n) {
      Bytes bytes(random() % 50);
      std::generate(bytes.begin(), bytes.end(), [&] { return static_cast<std::uint8_t>(random()); });
      const std::size_t at = n % 3 == 0 ? expected.size() + random() % 20 : random() % (expected.size() + 1);
      spool.write(at, bytes);
      if (!bytes.empty()) expected.resize(std::max(expected.size(), at + bytes.size()));
      std::ranges::copy(bytes, expected.begin() + static_cast<std::ptrdiff_t>(std::min(at, expected.size())));
      expected.resize(std::max(expected.size(), spool.size()));
    }
    EXPECT_EQ(everything(spool), expected) << in_memory;
    expected[3] ^= 1;
    EXPECT_NE(everything(spool), expected) << "the comparison must be able to fail";
  }
}

TEST(Spool, ReadsNothingBehindItsEnd) {
  Spool spool(4);
  spool.write(0, Bytes{1, 2, 3, 4, 5, 6});
  Bytes to(10);
  EXPECT_EQ(spool.read(6, to), 0u);
  EXPECT_EQ(spool.read(100, to), 0u);
  EXPECT_EQ(spool.read(5, to), 1u);
  EXPECT_EQ(to[0], 6);
}

TEST(SpoolSink, HandsOnWhatItTook) {
  SpoolSink waiting;
  Bytes all;
  for (int n = 0; n < 40; ++n) {
    const Bytes bytes(100'000, static_cast<std::uint8_t>(n));
    waiting.write(bytes);
    all.insert(all.end(), bytes.begin(), bytes.end());
  }
  MemorySink sink;
  waiting.copy_to(sink);
  EXPECT_EQ(sink.bytes(), all) << "more than it keeps in memory";
}

}  // namespace
}  // namespace convreel::base
