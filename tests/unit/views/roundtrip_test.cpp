#include "unit/views/view_film.hpp"
#include "views/roundtrip/reunion.hpp"

namespace convreel::views::test_support {
namespace {

using scene::Role;

/// Both layers' outputs and the differences stand at the end.
void expect_final_maps(const ViewFilm& film) {
  expect_final_output(film);
  const scene::Scene last = film.last();
  const numerics::Trace back = sent_back(film.trace);
  ASSERT_EQ(back.output().size, film.trace.input().size);
  for (std::int64_t c = 0; c < back.output().channels; ++c)
    for (std::int64_t n = 0; n < numerics::area(back.output().size); ++n) {
      const numerics::Place at{c, numerics::unflat(n, back.output().size)};
      const auto place = fmt::format("{}.{}.{}", c, at.cell[1], at.cell[2]);
      const scene::Item *restored = scene::find(last, "restored." + place),
                        *error = scene::find(last, "error." + place);
      ASSERT_NE(restored, nullptr) << place;
      ASSERT_NE(error, nullptr) << place;
      if (restored->font == 0) continue;
      EXPECT_EQ(joined(restored), explain::number(back.output().at(at))) << place;
      EXPECT_EQ(joined(error), explain::number(back.output().at(at) - film.trace.input().at(at))) << place;
    }
}

TEST(RoundtripView, TheShapeComesBackTheValuesDoNot) {
  const ViewFilm film(filled(square(LayerKind::conv, 5, 3, 2, 1)), "roundtrip");
  EXPECT_EQ(film.reel->size(), 9 + 9 + 25 + 1);
  expect_final_maps(film);
  const scene::Scene last = film.last();
  EXPECT_EQ(joined(scene::find(last, "verdict.shape")), "the shape comes back: 5×5 → 3×3 → 5×5");
  EXPECT_THAT(joined(scene::find(last, "verdict.values")), testing::StartsWith("the values do not: "));
  EXPECT_EQ(scene::find(last, "verdict.values.mark")->role, Role::bad);
}

TEST(RoundtripView, ARemainderAsksForOutputPadding) {
  const ViewFilm film(filled(square(LayerKind::conv, 6, 3, 2, 1)), "roundtrip");
  expect_final_maps(film);
  EXPECT_EQ(joined(scene::find(film.last(), "verdict.shape")),
            "the shape comes back: 6×6 → 3×3 → 6×6, with output padding 1 for the remainder");
  EXPECT_EQ(scene::find(film.reel->shot(0).scene, "restored.0.5.0")->role, Role::extra);
}

TEST(RoundtripView, AnIdentityKernelBringsTheValuesBackToo) {
  numerics::Map input(1, {1, 2, 2}, 3);
  const ViewFilm film({square(LayerKind::conv, 2, 1), input, numerics::Kernel(1, 1, {1, 1, 1}, 1), {}}, "roundtrip");
  EXPECT_EQ(joined(scene::find(film.last(), "verdict.values")), "here the values come back too: all 4 agree");
  EXPECT_EQ(scene::find(film.last(), "verdict.values.mark")->role, Role::good);
}

TEST(RoundtripView, ChaptersFollowTheOrderOfTheLayers) {
  const ViewFilm conv(filled(square(LayerKind::conv, 4, 3)), "roundtrip");
  const ViewFilm transposed(filled(square(LayerKind::conv_transpose, 2, 3), true), "roundtrip");
  EXPECT_EQ(scene::find(conv.reel->shot(0).scene, "chapter.convolve")->role, Role::accent);
  EXPECT_EQ(scene::find(transposed.reel->shot(0).scene, "chapter.transpose")->role, Role::accent);
  expect_final_maps(transposed);
}

TEST(RoundtripView, EveryChapterHasItsSentence) {
  const ViewFilm film(filled(square(LayerKind::conv, 4, 3)), "roundtrip");
  const auto words = [&](std::int64_t shot) { return joined(scene::find(film.reel->shot(shot).scene, "arithmetic")); };
  EXPECT_THAT(words(1), testing::StartsWith("y[0,1] = "));
  EXPECT_THAT(words(4), testing::HasSubstr("· kernel back onto the cells that it was read from"));
  EXPECT_THAT(words(8), testing::StartsWith("x′[0,0] − x[0,0] = "));
}

TEST(RoundtripView, DifferencesDivergeAndTheActiveOneKeepsItsShade) {
  const ViewFilm film(filled(square(LayerKind::conv, 5, 3, 2, 1)), "roundtrip");
  const numerics::Map error = difference(sent_back(film.trace).output(), film.trace.input());
  bool below = false, above = false;
  for (std::int64_t n = 0; n < 25; ++n) {
    const numerics::Place at = numerics::place_at(n, error.size);
    const std::string id = fmt::format("error.0.{}.{}", at.cell[1], at.cell[2]);
    const scene::Scene then = film.reel->shot(18 + n).scene, last = film.last();
    const scene::Item* frame = scene::find(then, "difference");
    ASSERT_NE(frame, nullptr);
    EXPECT_EQ(frame->box, scene::find(then, id)->box);
    EXPECT_EQ(scene::find(then, id)->role, scene::find(last, id)->role) << id;
    const bool minus = scene::find(last, id)->role >= scene::shade_role(scene::Ramp::below, 0) &&
                       scene::find(last, id)->role <= scene::shade_role(scene::Ramp::below, scene::kShades - 1);
    EXPECT_EQ(minus, error.at(at) < 0) << id;
    below |= error.at(at)<0, above |= error.at(at)> 0;
  }
  EXPECT_TRUE(below && above);
  EXPECT_EQ(joined(scene::find(film.last(), "joint.2")), "→") << "the difference has its minus in its name";
}

TEST(RoundtripView, HidesResultsInEveryChapter) {
  job::Show show;
  show.predict = std::chrono::seconds(1);
  const ViewFilm film(filled(square(LayerKind::conv, 4, 3)), "roundtrip", show);
  EXPECT_EQ(joined(scene::find(film.reel->shot(0).scene, "output.0.0.0")), "?");
  EXPECT_EQ(joined(scene::find(film.reel->shot(8).scene, "restored.0.0.0")), "?");
  EXPECT_EQ(joined(scene::find(film.reel->shot(16).scene, "error.0.0.0")), "?");
  EXPECT_NE(joined(scene::find(film.reel->shot(17).scene, "error.0.0.0")), "?");
}

TEST(RoundtripView, RefusesWhatHasNoWayBack) {
  const auto why = [](const Layer& layer) { return view_named("roundtrip").refuses(layer).value_or(""); };
  EXPECT_THAT(why(square(LayerKind::max_pool, 4, 2)), testing::HasSubstr("no weights"));
  Layer reflecting = square(LayerKind::conv, 4, 3, 1, 1);
  reflecting.padding_mode = numerics::PaddingMode::reflect;
  EXPECT_THAT(why(reflecting), testing::HasSubstr("no reflect padding"));
  Layer wide = square(LayerKind::conv_transpose, 4, 3);
  wide.dilation = {1, 3, 3};
  wide.output_padding = {0, 2, 2};
  EXPECT_THAT(why(wide), testing::HasSubstr("gives 6×6 and not 4×4"));
}

TEST(RoundtripView, RandomLayersAreSound) { expect_sound_over_random_layers("roundtrip", 70, 13, expect_final_maps); }

}  // namespace
}  // namespace convreel::views::test_support
