// Key frames: which are chosen, what stands under them, where they stand.
#include "output/sheet.hpp"

#include <fmt/format.h>
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
  const std::vector<std::int64_t> shots = output::key_shots(*film.reel, 5);
  const scene::Scene sheet = output::contact_sheet(*film.reel, film.job.show, shots, 3);
  EXPECT_EQ(sheet.canvas.width, 3 * film.reel->canvas().width + 48);
  std::set<std::string> ids;
  for (const scene::Item& item : sheet.live) {
    EXPECT_TRUE(ids.insert(item.id).second) << item.id;
    EXPECT_LE(item.box.bottom(), sheet.canvas.height) << item.id;
    EXPECT_GE(item.box.y, 0) << item.id;
  }
  const auto at = [&](int picture) { return scene::find(sheet, fmt::format("{}.output.0.1.1", picture))->box; };
  EXPECT_EQ(at(2).x - at(1).x, film.reel->canvas().width + 24);
  EXPECT_EQ(at(5), at(4).moved(at(2).x - at(1).x, 0));
  EXPECT_GT(at(4).y, at(1).bottom());
}

TEST(ContactSheet, SaysOnceWhatHoldsForAllPictures) {
  const test::Film film(test::strided_transposed());
  const scene::Scene sheet =
      output::contact_sheet(*film.reel, film.job.show, output::key_shots(*film.reel, 6), std::nullopt);
  EXPECT_NE(scene::find(sheet, "title"), nullptr);
  EXPECT_NE(scene::find(sheet, "formula.0"), nullptr);
  for (const scene::Item& item : sheet.live) {
    EXPECT_EQ(item.id.find(".chapter."), std::string::npos) << item.id;
    EXPECT_EQ(item.id.find(".title"), std::string::npos) << item.id;
    EXPECT_EQ(item.id.find("progress"), std::string::npos) << item.id;
  }
}

TEST(ContactSheet, FitsAPage) {
  const test::Film film(test::strided_conv());
  const scene::Size sheet =
      output::contact_sheet(*film.reel, film.job.show, output::key_shots(*film.reel, 6), std::nullopt).canvas;
  EXPECT_GT(sheet.width / sheet.height, 0.9);
  EXPECT_LT(sheet.width / sheet.height, 2.2);
}

}  // namespace
}  // namespace convreel
