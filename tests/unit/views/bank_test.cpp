// Kernels given as a list of names: their maps stand beside each other, each named and in its own shades.
#include "unit/views/view_film.hpp"

namespace convreel::views::bank_test {
namespace {

using test_support::expect_final_output;
using test_support::expect_sound;
using test_support::filled;
using test_support::ViewFilm;

numerics::Layer layer_of(std::int64_t size, std::int64_t outputs) {
  numerics::Layer layer = test_support::square(numerics::LayerKind::conv, size, 3);
  layer.out_channels = outputs;
  return layer;
}

job::Show named(std::vector<std::string> names) {
  job::Show show;
  show.kernel_names = std::move(names);
  return show;
}

scene::Rect box_of(const scene::Scene& scene, std::string_view id) {
  const scene::Item* item = scene::find(scene, id);
  if (!item) throw std::out_of_range("no " + std::string(id));
  return item->box;
}

TEST(Bank, MapsStandSideBySideUnderTheirNames) {
  const ViewFilm film(filled(layer_of(5, 3)), "slide", named({"sobel-x", "sobel-y", "box"}));
  expect_sound(film);
  expect_final_output(film);
  const scene::Scene last = film.last();
  for (int c = 0; c < 3; ++c) {
    const scene::Rect first = box_of(last, fmt::format("output.{}.0.0", c));
    EXPECT_EQ(first.y, box_of(last, "output.0.0.0").y) << "one row";
    EXPECT_LT(box_of(last, fmt::format("name.{}", c)).bottom(), first.y + 1);
    if (c > 0) {
      EXPECT_GT(first.x, box_of(last, fmt::format("output.{}.0.2", c - 1)).right());
    }
  }
  EXPECT_EQ(test::text_of(last, "name.1"), "sobel-y");
}

TEST(Bank, FourMapsStandInTwoRows) {
  const ViewFilm film(filled(layer_of(5, 4)), "slide", named({"a", "b", "c", "d"}));
  expect_sound(film);
  const scene::Scene last = film.last();
  EXPECT_EQ(box_of(last, "output.2.0.0").x, box_of(last, "output.0.0.0").x);
  EXPECT_GT(box_of(last, "output.2.0.0").y, box_of(last, "output.0.2.0").bottom());
  EXPECT_EQ(box_of(last, "output.1.0.0").y, box_of(last, "output.0.0.0").y);
}

/// The first kernel's sums are all positive, the second's are not; a photo's are grey, where the others part at zero.
TEST(Bank, EveryMapHasShadesOfItsOwn) {
  const numerics::Layer layer = layer_of(40, 2);
  numerics::Map input(1, layer.input);
  for (std::size_t v = 0; v < input.values.size(); ++v) input.values[v] = static_cast<double>(v % 251);
  numerics::Kernel kernel(2, 1, layer.kernel, 1);
  for (std::size_t v = 9; v < 18; ++v) kernel.values[v] = v % 3 == 0 ? -1 : v % 3 == 1 ? 0 : 1;
  job::Show show = named({"box", "sobel-x"});
  show.photo = true;
  const ViewFilm film({layer, input, kernel, {}}, "slide", show);
  const scene::Scene last = film.last();
  std::set<std::string> box, edges;
  for (int x = 0; x < 38; ++x) {
    box.insert(std::string(scene::name(scene::find(last, fmt::format("output.0.3.{}", x))->role)).substr(0, 4));
    edges.insert(std::string(scene::name(scene::find(last, fmt::format("output.1.3.{}", x))->role)).substr(0, 4));
  }
  EXPECT_THAT(box, testing::ElementsAre("grey"));
  EXPECT_EQ(edges.count("grey"), 0u);
  EXPECT_NE(scene::find(last, "legend.output.0.low"), nullptr);
  EXPECT_NE(test::text_of(last, "legend.output.0.low"), test::text_of(last, "legend.output.1.low"));
}

}  // namespace
}  // namespace convreel::views::bank_test
