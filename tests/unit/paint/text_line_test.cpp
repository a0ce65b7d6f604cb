// Lines that fit their room, on a plane whose characters are all 0.6 of the font wide.
#include "paint/text_line.hpp"

#include <gtest/gtest.h>

#include "paint/plane.hpp"
#include "support/scenes.hpp"

namespace convreel::paint {
namespace {

class PlainPlane final : public Plane {
 public:
  void clear(const base::PixelRect&) override {}
  void shape(const Shape&, int, int, const Ink&) override {}
  void word(const Word& word, int x, int, scene::Role) override {
    words.push_back({word, scene::Role::ink, double(x)});
  }
  double advance(const Word& word) override { return ruler_.width(shown(word), word.font, word.weight, word.heading); }
  double cap_height(bool) override { return 0.7; }
  void faded(double, const std::function<void()>& draw) override { draw(); }

  [[nodiscard]] std::string shown(const Word& word) const {
    if (word.limit <= 0) return word.text;
    return ruler_.shortened(word.text, word.font, word.weight, word.heading, word.limit);
  }

  std::vector<Placed> words;

 private:
  test::PlainRuler ruler_;
};

TEST(TextLine, ShrinksThenEndsInAnEllipsis) {
  PlainPlane plane;
  EXPECT_EQ(fitted(plane, {{"1234567890"}}, 10, false, 60).font, 10);
  EXPECT_EQ(fitted(plane, {{"1234567890"}}, 10, false, 48).font, 8);
  const TextLine cut = fitted(plane, {{"12345"}, {"67890"}}, 10, false, 30);
  EXPECT_EQ(cut.font, 6);
  EXPECT_EQ(plane.shown(cut.words.back().word), "67…");
  EXPECT_LE(cut.width, 30);
}

TEST(TextLine, StandsWhereItIsAligned) {
  using scene::Align;
  EXPECT_EQ((TextPlace{Align::left, 10, 50, 0}.start(20)), 10);
  EXPECT_EQ((TextPlace{Align::centre, 10, 50, 0}.start(20)), 25);
  EXPECT_EQ((TextPlace{Align::right, 10, 50, 0}.start(20)), 40);
}

TEST(TextLine, WordsStandOnWholePixels) {
  PlainPlane plane;
  plane.text(fitted(plane, {{"123"}, {"4"}}, 11, false, 0), {scene::Align::left, 0.4, 0, 5});
  ASSERT_EQ(plane.words.size(), 2u);
  EXPECT_EQ(plane.words[0].x, 0);
  EXPECT_EQ(plane.words[1].x, 20);  // 0.4 + 3 * 0.6 * 11 = 20.2
}

}  // namespace
}  // namespace convreel::paint
