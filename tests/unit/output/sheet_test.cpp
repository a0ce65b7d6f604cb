// Key frames: which are chosen, what stands under them, where they stand.
#include "output/sheet.hpp"

#include <gtest/gtest.h>

#include <set>

#include "unit/output/film.hpp"

namespace convreel {
namespace {

TEST(KeyShots, AreSpreadAndKeepBothEnds) {
  const test::Film film(test::strided_transposed());
  const std::vector<std::int64_t> stills = film.reel->stills();
  for (std::int64_t count = 2; count < 40; ++count) {
    const std::vector<std::int64_t> chosen = output::key_shots(*film.reel, count);
    EXPECT_EQ(chosen.size(), std::min<std::size_t>(static_cast<std::size_t>(count), stills.size()));
    EXPECT_EQ(chosen.front(), stills.front());
    EXPECT_EQ(chosen.back(), stills.back());
    EXPECT_EQ(std::set(chosen.begin(), chosen.end()).size(), chosen.size());
  }
  EXPECT_EQ(output::key_shots(*film.reel, 1), std::vector{stills.back()});
}

TEST(ShotCaption, NamesChaptersStepsAndTheResult) {
  const test::Film film(test::strided_transposed());
  const std::vector<std::int64_t> stills = film.reel->stills();
  const auto caption = [&](std::size_t n) { return output::shot_caption(*film.reel, film.job.show, stills[n]); };
  EXPECT_EQ(caption(0), "derive z, p′");
  EXPECT_EQ(caption(1), "insert zeros");
  EXPECT_EQ(caption(stills.size() - 2), "step 25");
  EXPECT_EQ(caption(stills.size() - 1), "result");
}

TEST(ShotCaption, CountsAsStepsDoes) {
  job::Show show;
  show.steps = job::StepRange{4, 6};
  show.chapters = job::Chapters::none;
  const test::Film film(test::strided_conv(), show);
  EXPECT_EQ(output::shot_caption(*film.reel, film.job.show, film.reel->stills().front()), "step 4");
}

TEST(ContactSheet, HoldsEveryPictureInItsPlace) {
  const test::Film film(test::strided_conv());
  const scene::Size one = film.reel->canvas();
  const std::vector<std::int64_t> shots = output::key_shots(*film.reel, 5);
  const scene::Scene sheet = output::contact_sheet(*film.reel, film.job.show, shots, 3);
  EXPECT_EQ(sheet.canvas, (scene::Size{3 * one.width + 48, 2 * (one.height + 40)}));
  std::set<std::string> ids;
  for (const scene::Item& item : sheet.live) EXPECT_TRUE(ids.insert(item.id).second) << item.id;
  const scene::Scene fifth = film.reel->shot(shots[4]).scene;
  const scene::Item* here = scene::find(sheet, "5.output.0.1.1");
  ASSERT_NE(here, nullptr);
  EXPECT_EQ(here->box, scene::find(fifth, "output.0.1.1")->box.moved(one.width + 24, one.height + 40));
}

}  // namespace
}  // namespace convreel
