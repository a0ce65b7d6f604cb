#include "cli/side_by_side.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace convreel::cli {
namespace {

using numerics::Layer;
using numerics::LayerKind;
using testing::ElementsAre;

TEST(Subtitles, SayOnlyWhatDiffers) {
  const Layer one;
  Layer two;
  two.stride = {1, 2, 2};
  EXPECT_THAT(subtitles({&one, &two}), ElementsAre("stride 1 → 3×3", "stride 2 → 2×2"));
}

TEST(Subtitles, BeginWithTheKindWhereKindsDiffer) {
  const Layer conv;
  Layer pool;
  pool.kind = LayerKind::max_pool;
  Layer turned;
  turned.flip_kernel = true;
  EXPECT_THAT(subtitles({&conv, &pool}), ElementsAre("Convolution → 3×3", "Max pooling → 3×3"));
  EXPECT_THAT(subtitles({&conv, &turned}), ElementsAre("Convolution → 3×3", "True convolution, kernel flipped → 3×3"));
}

TEST(Subtitles, NameLayersThatAreTheSame) {
  const Layer conv;
  EXPECT_THAT(subtitles({&conv, &conv}), ElementsAre("Convolution → 3×3", "Convolution → 3×3"));
}

}  // namespace
}  // namespace convreel::cli
