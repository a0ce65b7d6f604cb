#include "paint/lru.hpp"

#include <gtest/gtest.h>

#include <string>

namespace convreel::test {
namespace {

struct Weighed {
  std::string text;
  [[nodiscard]] std::size_t bytes() const { return text.size(); }
};
using Cache = paint::Lru<int, Weighed, std::hash<int>>;

TEST(Lru, KeepsWhatWasAskedForLately) {
  Cache cache(30);
  int made = 0;
  const auto ask = [&](int key) {
    return cache.get(key, [&] {
      ++made;
      return Weighed{std::string(10, static_cast<char>('a' + key))};
    });
  };
  for (const int key : {1, 2, 3, 1}) EXPECT_EQ(ask(key).text[0], 'a' + key);
  EXPECT_EQ(made, 3);
  (void)ask(4);  // 2 is the oldest now
  EXPECT_EQ(cache.bytes(), 30U);
  (void)ask(1), (void)ask(3);
  EXPECT_EQ(made, 4);
  (void)ask(2);
  EXPECT_EQ(made, 5);
}

TEST(Lru, GivesEvenWhatIsLargerThanItsBudget) {
  Cache cache(30);
  const auto large = [] { return Weighed{std::string(100, 'x')}; };
  EXPECT_EQ(cache.get(1, large).text.size(), 100U);
  EXPECT_EQ(cache.get(2, large).text.size(), 100U);
  EXPECT_EQ(cache.bytes(), 100U);
}

}  // namespace
}  // namespace convreel::test
