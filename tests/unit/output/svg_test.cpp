#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <regex>
#include <set>

#include "base/error.hpp"
#include "output/documents.hpp"
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
  EXPECT_NO_THROW(test::output_of("xmllint --noout --nonet '" + path.string() + "'"));
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
  test::output_of("rsvg-convert -o '" + png.string() + "' '" + svg.string() + "'");
  return test::frames_by_ffmpeg(png, width, height).at(0);
}

base::Image painted(const Film& film, std::int64_t shot) {
  const paint::Raster raster = paint::raster_for(film.reel->canvas(), 1);
  paint::Painter painter(film.theme, raster);
  return base::Image(painter.paint(film.reel->shot(shot).scene));
}

TEST(Svg, TMP) {
  const char* to = std::getenv("TO");
  if (!to) GTEST_SKIP();
  const Film film(strided_transposed());
  std::ofstream(std::string(to) + "/still.svg") << film.written(&write_svg, "svg", {{"still", "7"}});
  std::ofstream(std::string(to) + "/moving.svg") << film.written(&write_svg, "svg", {{"animated", "true"}});
  std::ofstream(std::string(to) + "/outlines.svg") << film.written(&write_svg, "svg", {{"text", "outlines"},{"still", "7"}});
  const Film conv(strided_conv());
  std::ofstream(std::string(to) + "/conv.svg") << conv.written(&write_svg, "svg", {{"still", "4"}});
  const auto a = painted(film, film.reel->stills()[10]);
  const auto b = by_rsvg(film.written(&write_svg, "svg", {{"still", "7"}}), a.width, a.height);
  const auto d = test::difference(a.view(), b.view());
  std::printf("psnr %f pixels %ld of %d largest %d\n", d.psnr, long(d.pixels), a.width * a.height, d.largest);
}

}  // namespace
}  // namespace convreel::output
