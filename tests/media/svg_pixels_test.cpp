// Our SVG as librsvg draws it, held against our own pixels: every view in every theme. Both are the painter's doing, so
// a form that one of them lost shows here.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>

#include "output/markup/markup.hpp"
#include "support/pictures.hpp"
#include "support/support.hpp"
#include "unit/output/film.hpp"

namespace convreel::output {
namespace {

using scene::Form;
using test::Film;

/// Means over 8 by 8 pixels, so that the edges of letters and slants, which two programs smooth differently, count
/// little, and a lost line counts much.
constexpr int kBlock = 8;
constexpr double kAlike = 12, kLost = 18;  // of 255, the worst block

double channel_difference(std::uint32_t a, std::uint32_t b) {
  double sum = 0;
  for (const int shift : {0, 8, 16}) sum += std::abs(int(a >> shift & 255) - int(b >> shift & 255));
  return sum / 3;
}

double block_difference(const base::Image& a, const base::Image& b, int left, int top) {
  double sum = 0;
  int count = 0;
  for (int y = top; y < std::min(top + kBlock, a.height); ++y)
    for (int x = left; x < std::min(left + kBlock, a.width); ++x, ++count) {
      const auto at = static_cast<std::size_t>(y) * static_cast<std::size_t>(a.width) + static_cast<std::size_t>(x);
      sum += channel_difference(a.pixels[at], b.pixels[at]);
    }
  return sum / count;
}

double worst_block(const base::Image& a, const base::Image& b) {
  double worst = 0;
  for (int y = 0; y < a.height; y += kBlock)
    for (int x = 0; x < a.width; x += kBlock) worst = std::max(worst, block_difference(a, b, x, y));
  return worst;
}

base::Image painted(const Film& film, const scene::Scene& scene) {
  paint::Painter painter(film.theme, paint::raster_for(scene.canvas, 1));
  return base::Image(painter.paint(scene));
}

std::string document(const Film& film, const scene::Scene& scene) {
  Markup markup(film.theme, MarkupText::outlines);
  const std::string groups = still_groups(scene, "s", markup);
  markup.used().note(scene::Role::background, Class::fill);
  return fmt::format(
      R"(<svg xmlns="http://www.w3.org/2000/svg" id="s" viewBox="0 0 {0} {1}" width="{0}" height="{1}">)"
      R"(<style>{2}</style><defs>{3}</defs><g class="background"><rect class="fill" width="{0}" height="{1}"/></g>{4}</svg>)",
      scene.canvas.width, scene.canvas.height, style_sheet("s", markup.used(), film.theme, nullptr),
      patterns("s", markup.used()), groups);
}

base::Image drawn_by_rsvg(const std::string& document, int width, int height) {
  const test::TemporaryFolder folder;
  const auto svg = folder.path() / "a.svg", png = folder.path() / "a.png";
  test::write_bytes(svg, {reinterpret_cast<const std::uint8_t*>(document.data()), document.size()});
  (void)test::output_of("rsvg-convert -w " + std::to_string(width) + " -h " + std::to_string(height) + " -o '" +
                        png.string() + "' '" + svg.string() + "'");
  return test::frames_by_ffmpeg(png, width, height).at(0);
}

/// The scene in one stratum, without the items of one form.
scene::Scene without(const scene::Scene& scene, std::optional<Form> form) {
  scene::Scene rest{scene.canvas, {}, {}, {}};
  for (const scene::Item* item : scene::visible(scene))
    if (item->form != form) rest.live.push_back(*item);
  return rest;
}

constexpr story::Pace kGliding{true};  // windows then fill what they glide over

/// A layer or a stack that the view takes, in that theme, two thirds through its story.
std::unique_ptr<Film> film_of(const views::Row& view, const std::string& theme) {
  job::Show show;
  show.theme = theme;
  show.views = {std::string(view.name)};
  for (job::Chain chain : {job::Chain(test::filled(test::strided_conv())),
                           job::Chain(test::filled(test::strided_transposed())), test::stacked()})
    if (!views::refusal(view, chain)) return std::make_unique<Film>(std::move(chain), show, kGliding);
  throw std::runtime_error(fmt::format("no layer of ours is for view {}", view.name));
}

scene::Scene scene_of(const Film& film) {
  const auto& stills = film.reel->stills();
  return film.reel->shot(stills[stills.size() * 2 / 3]).scene;
}

/// A film and a scene of it that shows the form.
struct Shown {
  std::unique_ptr<Film> film;
  scene::Scene scene;
};

std::optional<Shown> shown(Form form) {
  for (const views::Row& view : views::catalogue()) {
    auto film = film_of(view, "light");
    for (std::int64_t shot = 0; shot < film->reel->size(); ++shot) {
      scene::Scene scene = film->reel->shot(shot).scene;
      const auto items = scene::visible(scene);
      if (std::ranges::any_of(items, [&](const scene::Item* item) { return item->form == form && item->opacity >= 1; }))
        return Shown{std::move(film), std::move(scene)};
    }
  }
  return std::nullopt;
}

TEST(SvgPixels, EveryViewInEveryThemeIsDrawnAsPainted) {
  for (const views::Row& view : views::catalogue())
    for (const std::string& theme : theme::names()) {
      const auto film = film_of(view, theme);
      const scene::Scene scene = scene_of(*film);
      const base::Image expected = painted(*film, scene);
      const base::Image drawn = drawn_by_rsvg(document(*film, scene), expected.width, expected.height);
      EXPECT_LT(worst_block(expected, drawn), kAlike) << view.name << " in " << theme;
    }
}

TEST(SvgPixels, AFormLeftOutIsSeen) {
  for (int f = 0; f <= static_cast<int>(Form::bar); ++f) {
    const auto form = static_cast<Form>(f);
    const auto example = shown(form);
    ASSERT_TRUE(example) << "no view shows form " << f;
    const auto& [film, scene] = *example;
    const base::Image expected = painted(*film, scene);
    const base::Image lacking = drawn_by_rsvg(document(*film, without(scene, form)), expected.width, expected.height);
    EXPECT_GT(worst_block(expected, lacking), kLost) << "form " << f;
  }
}

}  // namespace
}  // namespace convreel::output
