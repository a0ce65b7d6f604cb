// The teacher's pace in pictures: sums told term by term, many steps together, a sentence at the end.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>

#include "unit/views/view_film.hpp"

namespace convreel::views::pace_test {
namespace {

using namespace test_support;
using testing::HasSubstr;
using testing::IsEmpty;

job::Show teaching() {
  job::Show show;
  show.pace = job::Pace::teach;
  return show;
}

constexpr story::Pace kSteps{false, 25, true}, kSmooth{true, 25, true};

TEST(Pace, ASumIsToldTermByTermWhereItWillStand) {
  const ViewFilm film(filled(square(LayerKind::conv, 4, 3, 1, 0)), "slide", teaching(), kSmooth);
  std::string said;
  double left = 0;
  std::set<std::string> lit;
  bool flew = false;
  for (std::int64_t i = 0; i < film.reel->size(); ++i) {
    const story::Cursor cursor = film.reel->moment(i).cursor;
    if (cursor.beat > 0) break;
    const scene::Scene scene = film.reel->shot(i).scene;
    const scene::Item* line = scene::find(scene, "arithmetic");
    ASSERT_NE(line, nullptr);
    EXPECT_THAT(joined(line), testing::StartsWith(said));
    said = joined(line);
    if (cursor.told && cursor.glide == 1) {
      if (left == 0) left = line->box.x;
      EXPECT_EQ(line->box.x, left) << "shot " << i;
      EXPECT_EQ(joined(scene::find(scene, "output.0.0.0")), "?");
    }
    if (const scene::Item* cell = scene::find(scene, "told")) {
      lit.insert(fmt::format("{},{}", cell->box.x, cell->box.y));
      EXPECT_TRUE(within(cell->box, scene::find(scene, "window.0")->box.inset(-1)));
    }
    flew = flew || scene::find(scene, "arithmetic.part") != nullptr;
  }
  EXPECT_EQ(lit.size(), 9u);
  EXPECT_TRUE(flew);
  EXPECT_THAT(said, testing::EndsWith(fmt::format("= {}", explain::number(film.trace.output().values[0]))));
}

TEST(Pace, InStepMotionAToldSumHasThreePictures) {
  const ViewFilm film(filled(square(LayerKind::conv, 4, 3, 1, 0)), "slide", teaching(), kSteps);
  std::vector<std::string> said;
  for (std::int64_t i = 0; i < 3; ++i) said.push_back(joined(scene::find(film.reel->shot(i).scene, "arithmetic")));
  EXPECT_EQ(film.reel->moment(2).cursor.beat, 0);
  EXPECT_EQ(film.reel->moment(3).cursor.beat, 1);
  EXPECT_EQ(said[0], "y[0,0] = ");
  EXPECT_THAT(said[1], testing::StartsWith(said[0]));
  EXPECT_THAT(said[2], testing::StartsWith(said[1]));
  EXPECT_EQ(film.reel->stills().size(), 4u + 1u);
}

TEST(Pace, PartialSumsComeOneAfterTheOther) {
  Layer layer = square(LayerKind::conv, 4, 2, 1, 0);
  layer.in_channels = 3;
  const ViewFilm film(filled(layer), "slide", teaching(), kSmooth);
  std::size_t most = 0;
  for (std::int64_t i = 0; i < film.reel->size() && film.reel->moment(i).cursor.beat == 0; ++i) {
    const scene::Scene scene = film.reel->shot(i).scene;
    const auto told = film.reel->moment(i).cursor.told;
    std::size_t there = 0;
    for (const scene::Item& item : scene.live)
      there += item.id.starts_with("partial.") && !item.text.empty() && item.text.front().text != "" ? 1 : 0;
    if (told) {
      EXPECT_GE(there, most) << "shot " << i;
    }
    most = std::max(most, there);
  }
  EXPECT_GE(most, 3u);
}

TEST(Pace, ASliceOfThreeAxesIsLitAsAWhole) {
  Layer layer = square(LayerKind::conv, 4, 2, 1, 0);
  layer.dims = 3;
  layer.input[0] = 3;
  layer.kernel[0] = 2;
  const ViewFilm film(filled(layer), "slide", teaching(), kSmooth);
  std::set<double> lit;
  for (std::int64_t i = 0; i < film.reel->size() && film.reel->moment(i).cursor.beat == 0; ++i) {
    const scene::Scene scene = film.reel->shot(i).scene;
    const scene::Item* cells = scene::find(scene, "told");
    if (!cells) continue;
    const scene::Item* cell = scene::find(scene, "input.0.0.0.0");
    ASSERT_NE(cell, nullptr);
    EXPECT_GE(cells->box.width, 1.9 * cell->box.width);
    EXPECT_GE(cells->box.height, 1.9 * cell->box.height);
    lit.insert(cells->box.x);
  }
  EXPECT_EQ(lit.size(), 2u);
}

/// What is told of one beat: the boxes that were lit, the sentences, and whether something flew.
struct Told {
  std::set<std::pair<double, double>> lit;
  std::vector<std::string> sentences;
  bool flew = false;
};

Told told_of(const ViewFilm& film, std::size_t chapter, std::int64_t beat) {
  Told told;
  for (std::int64_t i = 0; i < film.reel->size(); ++i) {
    const story::Cursor cursor = film.reel->moment(i).cursor;
    const bool arrived = cursor.glide == 1 || (chapter == 0 && beat == 0);  // on the way it is the picture before
    if (cursor.chapter != chapter || cursor.beat != beat || cursor.finished || !arrived) continue;
    const scene::Scene scene = film.reel->shot(i).scene;
    if (const scene::Item* cell = scene::find(scene, "told")) told.lit.insert({cell->box.x, cell->box.y});
    for (const char* id : {"landing", "arithmetic.part"}) told.flew = told.flew || scene::find(scene, id) != nullptr;
    const std::string said = joined(scene::find(scene, "arithmetic"));
    if (told.sentences.empty() || told.sentences.back() != said) told.sentences.push_back(said);
  }
  return told;
}

TEST(Pace, AStampLandsProductByProduct) {
  const ViewFilm film(filled(square(LayerKind::conv_transpose, 3, 3, 2, 1)), "stamp", teaching(), kSmooth);
  const Told first = told_of(film, 0, 0), second = told_of(film, 0, 1);
  EXPECT_EQ(first.lit.size(), 9u);
  EXPECT_TRUE(first.flew);
  ASSERT_EQ(first.sentences.size(), 9u + 2u);
  EXPECT_THAT(first.sentences.front(), testing::StartsWith("x[0,0] = 3 stamps"));
  EXPECT_EQ(first.sentences[1], "3·(−2) = −6 lands where nothing was");
  EXPECT_EQ(first.sentences.back(), first.sentences.front());
  EXPECT_THAT(second.sentences, testing::Contains("0·(−2) = 0 lands on 0: 0"));
}

TEST(Pace, WhatHasNotLandedIsAsItWas) {
  const ViewFilm film(filled(square(LayerKind::conv_transpose, 3, 3, 2, 0)), "stamp", teaching(), kSmooth);
  for (std::int64_t i = 0; film.reel->moment(i).cursor.beat == 0; ++i) {
    const auto told = film.reel->moment(i).cursor.told;
    const scene::Scene scene = film.reel->shot(i).scene;
    const scene::Item *first = scene::find(scene, "output.0.0.0"), *last = scene::find(scene, "output.0.2.2");
    EXPECT_EQ(joined(first), told && *told < 1 ? "" : "−6−6") << i;
    EXPECT_EQ(joined(last), told && *told < 9 ? "" : "3+3") << i;
  }
}

TEST(Pace, OverlapCountsOneByOne) {
  const ViewFilm film(filled(square(LayerKind::conv_transpose, 3, 3, 2, 1)), "overlap", teaching(), kSmooth);
  const Told told = told_of(film, 0, 1);
  EXPECT_EQ(told.lit.size(), 9u);
  EXPECT_TRUE(told.flew);
  EXPECT_THAT(told.sentences, testing::Contains("y[0,1] has 2 products now"));
  EXPECT_THAT(told.sentences, testing::Contains("a cell that will be cropped has 2 products now"));
  const ViewFilm reads(filled(square(LayerKind::conv, 5, 3, 2, 0)), "overlap", teaching(), kSmooth);
  EXPECT_THAT(told_of(reads, 0, 1).sentences, testing::Contains("x[0,2] has been read 2 times so far"));
}

TEST(Pace, ARoundTripIsToldInEveryChapter) {
  const ViewFilm film(filled(square(LayerKind::conv, 4, 3, 1, 0)), "roundtrip", teaching(), kSmooth);
  const Told there = told_of(film, 0, 0), back = told_of(film, 1, 0), compared = told_of(film, 2, 0);
  EXPECT_EQ(there.lit.size(), 9u);
  EXPECT_EQ(there.sentences.front(), "y[0,0] = ");
  EXPECT_EQ(back.lit.size(), 9u);
  EXPECT_THAT(back.sentences[1], HasSubstr("lands where nothing was"));
  EXPECT_EQ(compared.lit.size(), 2u);
  EXPECT_EQ(compared.sentences.front(), "x′[0,0] − x[0,0] = ");
  for (const Told& told : {there, back, compared}) EXPECT_TRUE(told.flew);
}

TEST(Pace, PaddingIsToldWithoutAPlace) {
  const ViewFilm film(filled(square(LayerKind::conv, 4, 3, 1, 1)), "roundtrip", teaching(), kSmooth);
  const Told told = told_of(film, 0, 0);
  EXPECT_EQ(told.lit.size(), 4u);
  EXPECT_GE(told.sentences.size(), 9u);
}

TEST(Pace, AGradientIsToldTermByTerm) {
  const ViewFilm film(filled(square(LayerKind::conv, 4, 2, 1, 0)), "backward", teaching(), kSmooth);
  const Told told = told_of(film, 0, 1);
  EXPECT_EQ(told.lit.size(), 2u);
  EXPECT_TRUE(told.flew);
  EXPECT_EQ(told.sentences.front(), "∂L/∂x[0,1] = ");
  EXPECT_THAT(told.sentences.back(), HasSubstr(" = "));
  for (std::int64_t i = 0; film.reel->moment(i).cursor.beat < 2; ++i) {
    const story::Cursor cursor = film.reel->moment(i).cursor;
    if (cursor.beat < 1 || cursor.glide < 1 || !cursor.told) continue;
    EXPECT_EQ(joined(scene::find(film.reel->shot(i).scene, "input-gradient.0.0.1")), "?") << i;
  }
}

TEST(Pace, EveryViewTellsItsSumsWithoutAFault) {
  std::mt19937 random(12);
  for (const Row& row : catalogue())
    for (int n = 0, taken = 0; n < 60 && taken < test::rounds(8); ++n) {
      const Layer layer = random_layer(random);
      if (!numerics::check(layer).empty() || row.refuses(layer)) continue;
      SCOPED_TRACE(fmt::format("{}: {}", row.name, explain::layer_title(layer)));
      const auto made =
          film_if_it_fits(filled(layer), std::string(row.name), teaching(), n % 2 == 0 ? kSmooth : kSteps);
      if (!made) continue;
      ++taken;
      const ViewFilm& film = *made;
      const std::int64_t stride = std::max<std::int64_t>(1, film.reel->size() / 40);
      for (std::int64_t i = 0; i < film.reel->size(); i += stride) {
        const scene::Scene scene = film.reel->shot(i).scene;
        EXPECT_EQ(scene.canvas, film.reel->canvas());
        EXPECT_THAT(test::layout_faults(scene, film.ruler), IsEmpty()) << "shot " << i;
        EXPECT_THAT(doubled(scene.live), IsEmpty()) << "shot " << i;
      }
    }
}

TEST(Pace, ManyStepsAreShownARowAtATimeAndSaidToBe) {
  const ViewFilm film(filled(square(LayerKind::conv, 66, 3, 1, 0)), "slide", teaching(), kSteps);
  EXPECT_LE(film.reel->length(), std::chrono::seconds(62));
  std::int64_t rows = 0;
  for (std::int64_t i = 0; i < film.reel->size(); ++i) {
    const story::Cursor cursor = film.reel->moment(i).cursor;
    if (!cursor.sweep || cursor.sweep->first < 64) continue;
    ++rows;
    if (cursor.sweep->first != 640) continue;
    const scene::Scene scene = film.reel->shot(i).scene;
    EXPECT_EQ(joined(scene::find(scene, "counter")), "steps 641–704 of 4096");
    EXPECT_EQ(joined(scene::find(scene, "arithmetic")), "steps 641 to 704, each in the same way");
    EXPECT_EQ(scene.settled.count, 703u);
  }
  EXPECT_EQ(rows, 63);
  EXPECT_THAT(film.reel->transcript(), HasSubstr("steps 1 to 12 one at a time, and from step 13 on up to 64 together"));
  EXPECT_THAT(film.reel->transcript(), HasSubstr("step 4096: "));
}

TEST(Pace, StillsNameEveryStepWhereNothingIsPassedOver) {
  const ViewFilm film(filled(square(LayerKind::conv, 18, 3, 1, 0)), "slide", teaching());
  EXPECT_EQ(film.reel->stills().size(), 256u + 1u);
  EXPECT_THAT(film.reel->transcript(), testing::Not(HasSubstr("The animation")));
}

TEST(Pace, EveryViewEndsWithASentence) {
  Layer pool = square(LayerKind::avg_pool, 4, 2, 2, 0);
  for (const Layer& layer : {square(LayerKind::conv, 5, 3, 2, 1), square(LayerKind::conv_transpose, 3, 3, 2, 1), pool})
    for (const Row& row : catalogue()) {
      if (row.refuses(layer)) continue;
      SCOPED_TRACE(fmt::format("{}: {}", row.name, explain::layer_title(layer)));
      const ViewFilm film(filled(layer), std::string(row.name));
      const std::string said = joined(scene::find(film.last(), "arithmetic"));
      EXPECT_GE(said.size(), 20u);
      EXPECT_THAT(film.reel->alt_text(), testing::EndsWith(said.substr(1) + "."));
      EXPECT_THAT(said, testing::Not(HasSubstr("?")));
    }
  const ViewFilm trip(filled(square(LayerKind::conv, 5, 3, 2, 1)), "roundtrip");
  EXPECT_EQ(joined(scene::find(trip.last(), "arithmetic")), "5×5: the shape came back; the values did not");
}

}  // namespace
}  // namespace convreel::views::pace_test
