#include "output/svg/svg.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "base/error.hpp"
#include "support/pictures.hpp"
#include "support/support.hpp"
#include "unit/output/film.hpp"

namespace convreel::output {
namespace {

using test::Film;
using test::strided_conv;
using test::strided_transposed;
using testing::HasSubstr;
using testing::Not;

std::vector<std::string> all_matches(const std::string& text, const std::string& pattern) {
  const std::regex expression(pattern);
  std::vector<std::string> found;
  for (std::sregex_iterator at(text.begin(), text.end(), expression), end; at != end; ++at) found.push_back((*at)[1]);
  return found;
}

void expect_well_formed(const std::string& document) {
  const test::TemporaryFolder folder;
  const auto path = folder.path() / "a.xml";
  test::write_bytes(path, {reinterpret_cast<const std::uint8_t*>(document.data()), document.size()});
  EXPECT_NO_THROW((void)test::output_of("xmllint --noout --nonet '" + path.string() + "'"));
}

void expect_unique_ids(const std::string& document) {
  const auto ids = all_matches(document, " id=\"([^\"]*)\"");
  EXPECT_GT(ids.size(), 10u);
  EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), ids.size());
}

/// How rsvg-convert, which knows neither CSS variables nor animations, draws the document.
base::Image by_rsvg(const std::string& document, int width, int height) {
  const test::TemporaryFolder folder;
  const auto svg = folder.path() / "a.svg", png = folder.path() / "a.png";
  test::write_bytes(svg, {reinterpret_cast<const std::uint8_t*>(document.data()), document.size()});
  (void)test::output_of("rsvg-convert -o '" + png.string() + "' '" + svg.string() + "'");
  return test::frames_by_ffmpeg(png, width, height).at(0);
}

base::Image painted(const Film& film, std::int64_t shot) {
  const paint::Raster raster = paint::raster_for(film.reel->canvas(), 1);
  paint::Painter painter(film.theme, raster);
  return base::Image(painter.paint(film.reel->shot(shot).scene));
}

TEST(Svg, StillIsWellFormedWithUniqueIdsAndWords) {
  const Film film(strided_transposed());
  const std::string svg = film.written(&write_svg, "svg");
  expect_well_formed(svg);
  expect_unique_ids(svg);
  EXPECT_THAT(svg, HasSubstr("role=\"img\""));
  EXPECT_THAT(svg, HasSubstr(">Transposed convolution</title>"));
  EXPECT_THAT(svg, HasSubstr(film.reel->alt_text() + "</desc>"));
  EXPECT_THAT(svg, HasSubstr("-output.0.4.4\""));
  EXPECT_THAT(svg, Not(HasSubstr("@keyframes")));
  EXPECT_THAT(svg, Not(HasSubstr("\x01")));
}

TEST(Svg, EveryColourIsAVariableOfItsRole) {
  const Film film(strided_transposed());
  const std::string svg = film.written(&write_svg, "svg", {{"still", "3"}});
  const auto used = all_matches(svg, "var\\((--[a-z0-9-]+)\\)");
  EXPECT_GT(used.size(), 10u);
  for (const std::string& name : used) {
    const auto sets = all_matches(svg, "(" + name + "):#");
    EXPECT_EQ(sets.size(), 2u) << name << ", light and dark";
  }
  const std::string groups = svg.substr(svg.find("</defs>"));
  EXPECT_THAT(groups, Not(testing::ContainsRegex("#[0-9a-f][0-9a-f][0-9a-f]")));
}

TEST(Svg, RsvgDrawsWhatThePainterPaints) {
  const Film film(strided_transposed());
  const std::int64_t shot = film.reel->stills()[10];  // step 7, behind derive, insert, pad and the turning
  const base::Image expected = painted(film, shot), other = painted(film, shot + 1);
  const base::Image outlines =
      by_rsvg(film.written(&write_svg, "svg", {{"still", "7"}, {"text", "outlines"}}), expected.width, expected.height);
  EXPECT_GT(test::difference(expected.view(), outlines.view()).psnr, 38);
  EXPECT_LT(test::difference(other.view(), outlines.view()).psnr, 30) << "the comparison can fail";
  // With real text rsvg sets proportional figures, so that long lines are narrower.
  const base::Image words = by_rsvg(film.written(&write_svg, "svg", {{"still", "7"}}), expected.width, expected.height);
  EXPECT_GT(test::difference(expected.view(), words.view()).psnr, 23);
}

TEST(Svg, EveryThemeIsDrawnAsPainted) {
  for (const std::string& name : theme::names()) {
    job::Show show;
    show.theme = name;
    const Film film(strided_conv(), show);
    const std::string svg = film.written(&write_svg, "svg", {{"text", "outlines"}});
    const base::Image expected = painted(film, film.reel->stills().back());
    EXPECT_GT(test::difference(expected.view(), by_rsvg(svg, expected.width, expected.height).view()).psnr, 36) << name;
  }
}

TEST(Svg, AnimationRestsAsItsStill) {
  const Film film(strided_conv());
  const std::string moving = film.written(&write_svg, "svg", {{"animated", "true"}, {"text", "outlines"}});
  expect_well_formed(moving);
  expect_unique_ids(moving);
  EXPECT_THAT(moving, HasSubstr("prefers-reduced-motion:no-preference"));
  EXPECT_THAT(moving, HasSubstr("step-end infinite"));
  const base::Image last = painted(film, film.reel->size() - 1);
  EXPECT_GT(test::difference(last.view(), by_rsvg(moving, last.width, last.height).view()).psnr, 38);
  const base::Image third = painted(film, film.reel->stills()[4]);
  const std::string rests =
      film.written(&write_svg, "svg", {{"animated", "true"}, {"text", "outlines"}, {"still", "3"}});
  EXPECT_GT(test::difference(third.view(), by_rsvg(rests, last.width, last.height).view()).psnr, 38);
}

TEST(Svg, AnimationHasOneElementAnItemAndFewKeyframes) {
  const Film film(strided_transposed());
  const std::string moving = film.written(&write_svg, "svg", {{"animated", "true"}});
  EXPECT_THAT(all_matches(moving, "id=\"[a-z0-9]*(-input.0.3.3[^\"]*)\""), testing::SizeIs(1));
  EXPECT_THAT(all_matches(moving, "id=\"[a-z0-9]*(-window[^\"]*)\""), testing::SizeIs(1));
  EXPECT_LT(all_matches(moving, "(@keyframes)").size(), 200u);
  EXPECT_LT(moving.size(), 250'000u);
}

TEST(Svg, LoopsAreCounted) {
  job::Show show;
  show.loop = 3;
  EXPECT_THAT(Film(strided_conv(), show).written(&write_svg, "svg", {{"animated", "true"}}), HasSubstr("step-end 3}"));
}

TEST(Svg, SchemeAndTransparencyAreKept) {
  EXPECT_THAT(Film(strided_conv()).written(&write_svg, "svg"), HasSubstr("prefers-color-scheme:dark"));
  EXPECT_THAT(Film(strided_conv()).written(&write_svg, "svg", {{"scheme", "fixed"}}),
              Not(HasSubstr("prefers-color-scheme")));
  job::Show show;
  show.theme = "print";
  EXPECT_THAT(Film(strided_conv(), show).written(&write_svg, "svg"), Not(HasSubstr("prefers-color-scheme")));
  show.transparent = true;
  EXPECT_THAT(Film(strided_conv(), show).written(&write_svg, "svg"),
              Not(HasSubstr("<g class=\"background\"><rect class=\"fill\"")));
}

TEST(Svg, FixedSizeShowsTheWholeScene) {
  job::Show show;
  show.size = job::PixelSize{1920, 1080};
  const std::string svg = Film(strided_conv(), show).written(&write_svg, "svg");
  EXPECT_THAT(svg, HasSubstr("width=\"1920\" height=\"1080\""));
  const base::Image drawn = by_rsvg(svg, 1920, 1080);
  EXPECT_EQ(drawn.pixels.front(), 0xFFFFFFFFu);
  EXPECT_EQ(drawn.pixels.back(), 0xFFFFFFFFu);
}

TEST(Svg, HostileWordsStayWords) {
  job::Show show;
  show.title = "</title><script>alert(1)</script> & \x01\xFF \"q\"";
  const Film film(strided_conv(), show);
  const std::string svg = film.written(&write_svg, "svg", {{"animated", "true"}});
  expect_well_formed(svg);
  EXPECT_THAT(svg, Not(HasSubstr("<script")));
}

TEST(Svg, BytesAndIdsDependOnTheContentOnly) {
  const Film conv(strided_conv()), again(strided_conv()), other(strided_transposed());
  const std::string first = conv.written(&write_svg, "svg", {{"animated", "true"}});
  EXPECT_EQ(first, again.written(&write_svg, "svg", {{"animated", "true"}}));
  EXPECT_NE(all_matches(first, "(id=\"cr[0-9a-f]{8}\")"),
            all_matches(other.written(&write_svg, "svg", {{"animated", "true"}}), "(id=\"cr[0-9a-f]{8}\")"));
}

TEST(Svg, OptionsAreChecked) {
  const Film film(strided_conv());
  EXPECT_THROW((void)film.written(&write_svg, "svg", {{"text", "paths"}}), base::Error);
  EXPECT_THROW((void)film.written(&write_svg, "svg", {{"still", "10"}}), base::Error);
  EXPECT_THROW((void)film.written(&write_svg, "svg", {{"animated", "yes"}}), base::Error);
}

}  // namespace
}  // namespace convreel::output
