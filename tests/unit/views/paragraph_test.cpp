// The sentence of a moment in rows.
#include "views/page/paragraph.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/views/view_film.hpp"

namespace convreel::views::paragraph_test {
namespace {

using namespace test_support;

const std::vector<Span> kSum{{"y = "}, {"1·2"}, {" + "}, {"3·4"}, {" + "}, {"5·6"}, {" = "}, {"44"}};

double width(const std::vector<Span>& spans) {
  const test::PlainRuler ruler;
  return static_cast<const scene::Ruler&>(ruler).width(spans, 18);
}

struct Written {
  test::PlainRuler ruler;
  Items items;
  double font;

  Written(std::vector<Span> spans, double room, std::size_t rows, std::size_t count) {
    const Paragraph paragraph(std::move(spans), {100, 0, room, 60}, rows, 18, 6, ruler);
    font = paragraph.font();
    paragraph.write(items, "a", count);
  }
};

TEST(Paragraph, BreaksBeforeASign) {
  const double whole = width(kSum);
  const Written written(kSum, whole * 0.6, 2, kSum.size());
  ASSERT_EQ(written.items.size(), 2u);
  EXPECT_EQ(written.font, 18);
  EXPECT_EQ(joined(&written.items[0]), "y = 1·2 + 3·4");
  EXPECT_EQ(joined(&written.items[1]), " + 5·6 = 44");
  EXPECT_EQ(written.items[1].id, "a.row2");
  EXPECT_EQ(written.items[1].box.y, written.items[0].box.bottom());
}

TEST(Paragraph, OneRowShrinksInstead) {
  const double whole = width(kSum);
  const Written written(kSum, whole * 0.6, 1, kSum.size());
  ASSERT_EQ(written.items.size(), 1u);
  EXPECT_NEAR(written.font, 18 * 0.6, 1e-9);
}

TEST(Paragraph, WhatHasNoPlaceToBreakShrinks) {
  const std::vector<Span> word{{"Rindfleischetikettierung"}};
  const double whole = width(word);
  EXPECT_NEAR(Written(word, whole / 2, 2, 1).font, 9, 1e-9);
}

TEST(Paragraph, WhatIsNotYetToldKeepsItsRoom) {
  const double room = width(kSum) * 0.6;
  const Written all(kSum, room, 2, kSum.size()), some(kSum, room, 2, 6);
  ASSERT_EQ(some.items.size(), 2u);
  EXPECT_EQ(joined(&some.items[1]), " + 5·6");
  EXPECT_EQ(test::words_of(some.items[1], some.ruler).x, test::words_of(all.items[1], all.ruler).x);
  EXPECT_EQ(Written(kSum, room, 2, 2).items.size(), 1u);
}

TEST(Paragraph, ProseBreaksBetweenWords) {
  std::string whole;
  const std::vector<Span> words = word_by_word({{"steps 1 to 9, "}, {"each in the same way"}});
  for (const Span& word : words) whole += word.text;
  EXPECT_EQ(whole, "steps 1 to 9, each in the same way");
  EXPECT_EQ(words.size(), 9u);
}

TEST(Paragraph, ANarrowPageIsSoundWhileItIsTold) {
  job::Show show;
  show.layout = job::Layout::portrait;
  show.pace = job::Pace::teach;
  for (const Layer& layer : {square(LayerKind::conv, 6, 4, 1, 0), square(LayerKind::conv_transpose, 3, 3, 2, 1)}) {
    const ViewFilm film(filled(layer), layer.transposed() ? "zero-insertion" : "slide", show, {true, 25, true});
    EXPECT_EQ(film.reel->canvas().width, 480);
    for (std::int64_t i = 0; i < film.reel->size(); i += 7)
      EXPECT_THAT(test::layout_faults(film.reel->shot(i).scene, film.ruler), testing::IsEmpty()) << "shot " << i;
  }
}

}  // namespace
}  // namespace convreel::views::paragraph_test
