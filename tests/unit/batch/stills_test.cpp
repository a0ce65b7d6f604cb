#include "batch/stills.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "output/still_choice.hpp"

namespace convreel::batch {
namespace {

/// Two chapters: one beat of preparation, then `steps` main beats, then the finished result. One shot each.
class FakeReel final : public views::Reel {
 public:
  explicit FakeReel(std::int64_t steps) : steps_(steps) {}
  [[nodiscard]] scene::Size canvas() const override { return {10, 10}; }
  [[nodiscard]] std::int64_t size() const override { return steps_ + 2; }
  [[nodiscard]] views::Shot shot(std::int64_t) const override { return {}; }
  [[nodiscard]] story::Moment moment(std::int64_t index) const override {
    story::Moment moment;
    moment.cursor.chapter = index == 0 ? 0 : 1;
    moment.cursor.finished = index == steps_ + 1;
    moment.cursor.beat = index == 0 ? 0 : std::min(index - 1, steps_ - 1);
    return moment;
  }
  [[nodiscard]] base::Duration length() const override { return {}; }
  [[nodiscard]] std::vector<std::int64_t> stills() const override {
    std::vector<std::int64_t> all;
    for (std::int64_t i = 0; i < size(); ++i) all.push_back(i);
    return all;
  }
  [[nodiscard]] const std::string& title() const override { return title_; }
  [[nodiscard]] std::string alt_text() const override { return {}; }
  [[nodiscard]] std::string transcript() const override { return {}; }
  [[nodiscard]] std::vector<views::ViewMeaning> meanings() const override { return {}; }

 private:
  std::int64_t steps_;
  std::string title_;
};

TEST(Stills, FirstLastAndSteps) {
  const FakeReel reel(9);
  EXPECT_EQ(output::still_shot(reel, {}, job::kFirstStill), 0);
  EXPECT_EQ(output::still_shot(reel, {}, job::kLastStill), 10);
  EXPECT_EQ(output::still_shot(reel, {}, 1), 1);
  EXPECT_EQ(output::still_shot(reel, {}, 9), 9);
}

TEST(Stills, StepsKeepTheirNumbersWhenSomeAreCut) {
  job::Show show;
  show.steps = job::StepRange{3, 5};
  const FakeReel reel(3);
  EXPECT_EQ(output::still_shot(reel, show, 3), 1);
  EXPECT_EQ(output::still_shot(reel, show, 5), 3);
  EXPECT_THROW(static_cast<void>(output::still_shot(reel, show, 2)), base::Error);
}

TEST(Stills, AStepThatIsNotThereIsToldWithThoseThatAre) {
  const FakeReel reel(9);
  for (const std::int64_t choice : {10, 1000}) {
    try {
      static_cast<void>(output::still_shot(reel, {}, choice));
      ADD_FAILURE() << choice;
    } catch (const base::Error& error) {
      EXPECT_EQ(error.kind(), base::ErrorKind::usage) << choice;
    }
  }
}

TEST(Numbered, Names) {
  EXPECT_EQ(numbered_path("frames/{n:03}.png", 7), "frames/007.png");
  EXPECT_EQ(numbered_path("{n}.png", 12), "12.png");
  EXPECT_EQ(numbered_path("{n:2}.png", 123), "123.png");
  EXPECT_EQ(numbered_path("{name}-{n}.png", 1), "{name}-1.png");
  EXPECT_TRUE(is_numbered("a{n}.png"));
  EXPECT_FALSE(is_numbered("{name}.png"));
  EXPECT_FALSE(is_numbered("{n:999}.png"));
  EXPECT_FALSE(is_numbered("{n"));
  EXPECT_FALSE(is_numbered("a.png"));
}

TEST(Numbered, OneABeatOrEveryPicture) {
  const FakeReel reel(4);
  EXPECT_EQ(numbered_shots(reel, true).size(), 6u);
  EXPECT_EQ(numbered_shots(reel, false), reel.stills());
}

}  // namespace
}  // namespace convreel::batch
