#include "unit/views/view_film.hpp"
#include "views/overlap/verdict.hpp"

namespace convreel::views::test_support {
namespace {

using scene::Role;

/// The counts that remain, against the numerics' own.
void expect_final_counts(const ViewFilm& film) {
  const Layer& layer = film.trace.layer();
  if (!layer.transposed()) return;
  const scene::Scene last = film.last();
  const numerics::Map counts = film.trace.overlap();
  for (std::int64_t y = 0; y < counts.size[1]; ++y)
    for (std::int64_t x = 0; x < counts.size[2]; ++x) {
      const auto id = fmt::format("overlap.0.{}.{}", y + layer.padding[1].before, x + layer.padding[2].before);
      const scene::Item* item = scene::find(last, id);
      ASSERT_NE(item, nullptr) << id;
      if (item->font == 0) continue;
      EXPECT_EQ(joined(item), explain::number(counts.at({0, {0, y, x}}))) << id;
    }
}

TEST(OverlapView, CountsTheCheckerboard) {
  const ViewFilm film(filled(square(LayerKind::conv_transpose, 3, 3, 2, 1)), "overlap");
  expect_final_counts(film);
  const scene::Scene last = film.last();
  EXPECT_EQ(joined(scene::find(last, "overlap.0.2.2")), "4");
  EXPECT_EQ(joined(scene::find(last, "overlap.0.2.3")), "2");
  EXPECT_EQ(joined(scene::find(last, "overlap.0.3.3")), "1");
  EXPECT_EQ(scene::find(last, "overlap.0.2.2")->role, Role::heat7);
  EXPECT_EQ(joined(scene::find(last, "verdict.0")), "3 mod 2 = 1: uneven, a checkerboard");
  EXPECT_EQ(scene::find(last, "verdict.0.mark")->role, Role::bad);
  EXPECT_TRUE(scene::find(last, "crop")->dashed);
}

TEST(OverlapView, FillsInByInputs) {
  const ViewFilm film(filled(square(LayerKind::conv_transpose, 3, 3, 2)), "overlap");
  const scene::Scene scene = film.reel->shot(1).scene;
  EXPECT_EQ(joined(scene::find(scene, "overlap.0.0.2")), "2");
  EXPECT_EQ(joined(scene::find(scene, "overlap.0.0.5")), "");
  EXPECT_EQ(joined(scene::find(scene, "arithmetic")),
            "x[0,1] adds one product to each of 9 outputs; 3 of them had one already");
}

TEST(OverlapView, AConvolutionCountsReads) {
  const ViewFilm film(filled(square(LayerKind::conv, 6, 3, 2)), "overlap");
  const scene::Scene last = film.last();
  EXPECT_EQ(joined(scene::find(last, "overlap.0.2.2")), "4");
  EXPECT_EQ(scene::find(last, "overlap.0.5.5")->role, Role::unread);
  EXPECT_EQ(joined(scene::find(last, "overlap.0.5.5")), "0");
  EXPECT_EQ(joined(scene::find(last, "arithmetic")), "every input cell is read 0 to 4 times");
}

std::string verdict(std::int64_t k, std::int64_t s, std::int64_t d = 1) {
  Layer layer = square(LayerKind::conv_transpose, 5, k, s);
  layer.dilation = {1, d, d};
  return overlap_verdicts(layer).front().text;
}

TEST(OverlapView, VerdictsFollowTheResidues) {
  EXPECT_EQ(verdict(4, 2), "4 mod 2 = 0: even inside");
  EXPECT_EQ(verdict(3, 1), "3 mod 1 = 0: even inside");
  EXPECT_EQ(verdict(2, 3), "2 mod 3 = 2: holes, outputs with no product");
  EXPECT_EQ(verdict(4, 2, 2), "dilation 2 and stride 2 share the factor 2: holes, outputs with no product");
  EXPECT_EQ(verdict(5, 3, 2), "5 mod 3 = 2: uneven, a checkerboard");
  Layer layer = square(LayerKind::conv_transpose, 5, 4, 2);
  layer.kernel = {1, 3, 4};
  ASSERT_EQ(overlap_verdicts(layer).size(), 2U);
  EXPECT_EQ(overlap_verdicts(layer)[0].text, "rows: 3 mod 2 = 1: uneven, stripes");
  EXPECT_TRUE(overlap_verdicts(layer)[1].good);
}

TEST(OverlapView, VerdictsAgreeWithTheCountsInside) {
  for (std::int64_t k = 1; k <= 6; ++k)
    for (std::int64_t s = 1; s <= 4; ++s)
      for (std::int64_t d = 1; d <= 3; ++d) {
        Layer layer = square(LayerKind::conv_transpose, 1, 1);
        layer.dims = 1;
        layer.input = {1, 1, 40};
        layer.kernel = {1, 1, k};
        layer.stride = {1, 1, s};
        layer.dilation = {1, 1, d};
        const numerics::Map counts = filled(layer).overlap();
        const auto begin = counts.values.begin() + d * k;
        const auto [low, high] = std::minmax_element(begin, begin + 2 * s);
        const Verdict found = overlap_verdicts(layer).front();
        EXPECT_EQ(found.good, *low == *high) << k << ' ' << s << ' ' << d;
        EXPECT_EQ(found.text.find("holes") != std::string::npos, *low == 0) << k << ' ' << s << ' ' << d;
      }
}

TEST(OverlapView, HidesCountsUntilTheyAreRevealed) {
  job::Show show;
  show.predict = std::chrono::seconds(1);
  const ViewFilm film(filled(square(LayerKind::conv_transpose, 3, 3, 2)), "overlap", show);
  EXPECT_EQ(joined(scene::find(film.reel->shot(0).scene, "overlap.0.0.0")), "?");
  EXPECT_EQ(scene::find(film.reel->shot(0).scene, "verdict.0"), nullptr);
  EXPECT_EQ(joined(scene::find(film.reel->shot(1).scene, "overlap.0.0.0")), "1");
  EXPECT_NE(scene::find(film.last(), "verdict.0"), nullptr);
}

TEST(OverlapView, RandomLayersAreSound) { expect_sound_over_random_layers("overlap", 90, 12, expect_final_counts); }

}  // namespace
}  // namespace convreel::views::test_support
