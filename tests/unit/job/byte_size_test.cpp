#include "job/byte_size.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"

namespace convreel::job {
namespace {

TEST(ByteSize, ThousandsAnd1024s) {
  const std::pair<const char*, std::int64_t> cases[] = {
      {"1", 1},
      {"500000", 500'000},
      {"500k", 500'000},
      {"500 kB", 500'000},
      {"2M", 2'000'000},
      {"10mb", 10'000'000},
      {"1.1M", 1'100'000},
      {"0.3M", 300'000},
      {"3G", 3'000'000'000},
      {"1KiB", 1024},
      {"10MiB", 10'485'760},
      {"1.5GiB", 1'610'612'736},
      {"12B", 12},
      {"1.9", 1},
      {"1000000G", kMostBytes},
  };
  for (const auto& [text, bytes] : cases) EXPECT_EQ(read_byte_size("max-bytes", text), bytes) << text;
}

TEST(ByteSize, PrintsWhatReadsBackTheSame) {
  for (const std::int64_t bytes : {std::int64_t{1}, std::int64_t{1024}, std::int64_t{500'000}, std::int64_t{2'000'000},
                                   std::int64_t{2'000'001}, kMostBytes})
    EXPECT_EQ(read_byte_size("max-bytes", print_byte_size(bytes)), bytes);
  EXPECT_EQ(print_byte_size(500'000), "500k");
  EXPECT_EQ(print_byte_size(1'048'576), "1048576");
}

TEST(ByteSize, WhatIsNoSizeIsRefusedWithItselfAndAHint) {
  for (const char* text : {"", "k", "big", "5x", "1e", "nan", "inf", "0", "0k", "-1", "-2M", "0.9", "1000001G",
                           "1e300M", "99999999999999999999", "5kk", "5 k b"})
    try {
      (void)read_byte_size("max-bytes", text);
      ADD_FAILURE() << text;
    } catch (const base::Error& error) {
      EXPECT_EQ(error.kind(), base::ErrorKind::usage);
      const base::Problem& problem = error.problems().front();
      EXPECT_NE(problem.message.find("--max-bytes takes a size"), std::string::npos) << problem.message;
      EXPECT_NE(problem.message.find(std::string("not \"") + text + "\""), std::string::npos) << problem.message;
      EXPECT_NE(problem.hint.find("500k"), std::string::npos);
    }
}

}  // namespace
}  // namespace convreel::job
