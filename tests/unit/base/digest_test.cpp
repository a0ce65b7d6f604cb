#include "base/digest.hpp"

#include <gtest/gtest.h>

namespace convreel::base {
namespace {

TEST(Digest, AgreesWithXxhsum) {  // printf '' | xxhsum -H2
  EXPECT_EQ(digest_of(""), "99aa06d3014798d86001c324468d497f");
}

TEST(Digest, PiecesGiveTheSameAsTheWhole) {
  Digest digest;
  digest.update("conv");
  digest.update("reel");
  EXPECT_EQ(digest.hex(), digest_of("convreel"));
  EXPECT_NE(digest.hex(), digest_of("convreeL"));
}

TEST(Digest, AMissingFileHasNone) { EXPECT_EQ(digest_of_file("/no/such/file").digest, ""); }

}  // namespace
}  // namespace convreel::base
