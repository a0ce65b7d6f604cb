// The chapters before the steps: captions that grow with the map, a kernel that turns and stays turned.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "unit/views/view_film.hpp"

namespace convreel::views::opening_test {
namespace {

using namespace test_support;
using testing::HasSubstr;
using testing::IsEmpty;

/// `convreel transpose -i 3 -s 2 -p 1 --kernel-values '1 2 3; 4 5 6; 7 8 9'`: the input is 1 to 9.
numerics::Trace nine_weights(std::int64_t output_padding = 0) {
  Layer layer = square(LayerKind::conv_transpose, 3, 3, 2, 1);
  layer.output_padding = {0, output_padding, output_padding};
  numerics::Map input(1, layer.input);
  numerics::Kernel kernel(1, 1, layer.kernel);
  for (std::size_t v = 0; v < 9; ++v) input.values[v] = kernel.values[v] = static_cast<double>(v + 1);
  return {layer, std::move(input), std::move(kernel), {}};
}

bool begins(const std::string& text, std::string_view prefix) { return text.starts_with(prefix); }

TEST(Opening, AKernelThatHasTurnedStaysTurned) {
  const ViewFilm film(nine_weights(), "zero-insertion", {}, {true, 25});
  const std::size_t turn = 3;
  bool turned = false;
  for (std::int64_t i = 0; i < film.reel->size(); ++i) {
    const story::Cursor cursor = film.reel->moment(i).cursor;
    const scene::Scene scene = film.reel->shot(i).scene;
    turned = turned || cursor.chapter > turn || (cursor.chapter == turn && cursor.glide == 1);
    if (!turned) continue;
    EXPECT_EQ(joined(scene::find(scene, "kernel.0.0.0")), "9") << "shot " << i;
    for (const scene::Item& item : scene.live)
      EXPECT_FALSE(begins(item.id, "kernel.") && item.id.ends_with(".leaving")) << item.id << " in shot " << i;
  }
  EXPECT_TRUE(turned);
}

TEST(Opening, ATurningKernelKeepsOffItsNeighboursAndHasNoIndices) {
  for (const Layer& layer : {square(LayerKind::conv_transpose, 3, 3, 2, 1), [] {
                               Layer flat = square(LayerKind::conv_transpose, 3, 3, 2, 1);
                               flat.kernel = {1, 2, 5};
                               return flat;
                             }()}) {
    const ViewFilm film(filled(layer), "zero-insertion", {}, {true, 25});
    scene::Rect whole{};
    const scene::Scene finished = film.last();
    for (const scene::Item* item : scene::visible(finished))
      if (begins(item->id, "kernel.")) whole = whole.width > 0 ? scene::united(whole, item->box) : item->box;
    for (std::int64_t i = 0; i < film.reel->size(); ++i) {
      if (film.reel->moment(i).cursor.chapter != 3) continue;
      for (const scene::Item& item : film.reel->shot(i).scene.live) {
        if (!begins(item.id, "kernel.")) continue;
        EXPECT_TRUE(within(item.box, whole)) << item.id << " in shot " << i;
        EXPECT_EQ(item.text.size(), 1u);
      }
    }
  }
}

/// The lowest cell of the map that is there.
double map_bottom(const scene::Scene& scene) {
  double bottom = 0;
  for (const scene::Item* item : scene::visible(scene))
    if (begins(item->id, "input.")) bottom = std::max(bottom, item->box.bottom());
  return bottom;
}

TEST(Opening, TheMapsCaptionSaysWhatHasHappenedRightBelowIt) {
  const ViewFilm film(nine_weights(), "zero-insertion");
  const std::string notes[] = {"", "zeros inserted: 5×5", "zeros inserted and padded: 7×7",
                               "zeros inserted and padded: 7×7", "zeros inserted and padded: 7×7"};
  for (std::int64_t i = 0; i < 5; ++i) {
    const scene::Scene scene = film.reel->shot(i).scene;
    EXPECT_EQ(joined(scene::find(scene, "caption.input")), "input  3×3");
    EXPECT_EQ(joined(scene::find(scene, "caption.input.note")), notes[i]) << "shot " << i;
    EXPECT_NEAR(scene::find(scene, "caption.input")->box.y, map_bottom(scene), 8) << "shot " << i;
    EXPECT_THAT(test::layout_faults(scene, film.ruler), IsEmpty()) << "shot " << i;
  }
}

TEST(Opening, ACaptionAndItsNoteChangePlacesTogether) {
  const ViewFilm film(nine_weights(), "zero-insertion", {}, {true, 25});
  for (std::int64_t i = 0; i < film.reel->size(); ++i) {
    const scene::Scene scene = film.reel->shot(i).scene;
    for (const char* suffix : {"", ".leaving"}) {
      const scene::Item* caption = scene::find(scene, std::string("caption.input") + suffix);
      const scene::Item* note = scene::find(scene, std::string("caption.input.note") + suffix);
      if (caption && note) {
        EXPECT_LT(caption->box.y, note->box.y) << "shot " << i;
      }
    }
  }
}

TEST(Opening, APaddedMapIsCalledSoWhenItIs) {
  const ViewFilm film(filled(square(LayerKind::conv, 5, 3, 1, 1)), "slide");
  const scene::Scene bare = film.reel->shot(0).scene, padded = film.reel->shot(1).scene;
  EXPECT_EQ(scene::find(bare, "caption.input.note"), nullptr);
  EXPECT_EQ(joined(scene::find(padded, "caption.input.note")), "padded to 7×7");
  for (const scene::Scene& scene : {bare, padded})
    EXPECT_NEAR(scene::find(scene, "caption.input")->box.y, map_bottom(scene), 8);
}

TEST(Opening, OutputPaddingIsSaidInWordsAndNotAsAFraction) {
  const ViewFilm film(nine_weights(1), "zero-insertion");
  EXPECT_EQ(joined(scene::find(film.reel->shot(0).scene, "chapter.derive.detail")), "z = 1, p′ = 1, at the end 2");
  EXPECT_EQ(joined(scene::find(film.last(), "caption.output.note")), "output padding 1 dashed");
}

TEST(Opening, ASumReadsAsItsWindowDoes) {
  const ViewFilm film(nine_weights(), "zero-insertion");
  // Step 8, y[1,2], reads x[0,1] = 2 and below it x[1,1] = 5.
  EXPECT_THAT(joined(scene::find(film.reel->shot(4 + 7).scene, "arithmetic")), HasSubstr("= 2·8 + 5·2 = 26"));
}

}  // namespace
}  // namespace convreel::views::opening_test
