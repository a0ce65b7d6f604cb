#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

#include "paint/painter.hpp"
#include "unit/paint/example_scenes.hpp"

namespace convreel::test {
namespace {

TEST(Ruler, WidthGrowsInProportionToTheFont) {
  const auto ruler = paint::make_ruler(theme::load("light"));
  for (const char* text : {"Transposed convolution", "−12.5", "⌊(i + 2p − k) / s⌋", "卷积"}) {
    const double one = ruler->width(text, 1, Weight::regular, false);
    EXPECT_GT(one, 0);
    for (const double font : {7.5, 13.0, 40.0})
      EXPECT_DOUBLE_EQ(ruler->width(text, font, Weight::regular, false), one * font);
  }
  EXPECT_EQ(ruler->width("", 20, Weight::bold, true), 0);
}

TEST(Ruler, FiguresShareOneWidth) {
  const auto ruler = paint::make_ruler(theme::load("light"));
  const double zero = ruler->width("0", 20, Weight::medium, false);
  for (const char* digit : {"1", "4", "7", "9"})
    EXPECT_NEAR(ruler->width(digit, 20, Weight::medium, false), zero, 0.02);
  EXPECT_NEAR(ruler->width("step 11 of 25", 20, Weight::medium, false),
              ruler->width("step 20 of 25", 20, Weight::medium, false), 0.1);
}

TEST(Ruler, AgreesWithWhatIsPainted) {
  const auto theme = theme::load("light");
  const auto ruler = paint::make_ruler(theme);
  const std::vector<Span> spans{{"HHH", Role::ink, Weight::bold}, {"IHI", Role::muted}, {"HHH", Role::ink}};
  for (const double scale : {1.0, 1.6, 3.0}) {
    paint::Painter painter(theme, paint::raster_for({400, 60}, scale));
    const auto& view = painter.paint(
        {{400, 60}, stratum({make("t", Form::text, Role::ink, {10, 0, 380, 60}, 24, spans, Align::left)}), {}, {}});
    int right = 0;
    for (int y = 0; y < view.height; ++y)
      for (int x = 0; x < view.width; ++x)
        if (view.row(y)[x] != 0xFFFFFFFF) right = std::max(right, x + 1);
    EXPECT_NEAR(right, (10 + ruler->width(spans, 24)) * scale, 3 * scale);  // the last letter's own margin
  }
}

TEST(Ruler, ServesSeveralThreads) {
  const auto ruler = paint::make_ruler(theme::load("light"));
  std::vector<double> sums(4);
  {
    std::vector<std::jthread> threads;
    for (double& sum : sums)
      threads.emplace_back([&ruler, &sum] {
        for (int i = 0; i < 300; ++i) sum += ruler->width(std::to_string(i * i), 12, static_cast<Weight>(i % 3), false);
      });
  }
  for (const double sum : sums) EXPECT_DOUBLE_EQ(sum, sums[0]);
}

TEST(Painters, SideBySideInThreadsPaintTheSame) {
  const auto theme = theme::load("light");
  const Story story;
  std::vector<base::Image> images(3);
  {
    std::vector<std::jthread> threads;
    for (base::Image& image : images)
      threads.emplace_back([&] {
        paint::Painter painter(theme, paint::raster_for({960, 580}, 1));
        for (int n = 0; n < 9; ++n) image = base::Image(painter.paint(story.step(n)));
      });
  }
  EXPECT_EQ(images[0], images[1]);
  EXPECT_EQ(images[0], images[2]);
}

TEST(FontAnswers, NameWhatIsThereAndWhatStandsIn) {
  const auto answers = paint::font_answers(theme::load("light", {{"font.sans", "No Such Family, Inter, sans-serif"}}));
  ASSERT_EQ(answers.size(), 2U);
  EXPECT_EQ(answers[0].use, "text");
  EXPECT_EQ(answers[0].wanted, "No Such Family");
  EXPECT_EQ(answers[0].given, "Inter");
  EXPECT_FALSE(answers[0].exact());
  EXPECT_EQ(answers[1].use, "heading");
  EXPECT_EQ(answers[1].given, "Inter");
  EXPECT_TRUE(answers[1].exact());
}

TEST(FontAnswers, AGenericFamilyIsNeverMissing) {
  const auto answers = paint::font_answers(theme::load("light", {{"font.sans", "sans-serif"}}));
  EXPECT_TRUE(answers.at(0).exact());
  EXPECT_FALSE(answers.at(0).given.empty());
}

}  // namespace
}  // namespace convreel::test
