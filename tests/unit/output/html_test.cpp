// The HTML page as text and as data; what it does in a browser is tests/browser's matter.
#include "output/html/html.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <regex>
#include <set>

#include "numerics/adjacency.hpp"
#include "output/html/links.hpp"
#include "unit/output/film.hpp"

namespace convreel::output {
namespace {

using nlohmann::json;
using test::Film;
using testing::HasSubstr;
using testing::Not;

std::string between(const std::string& text, const std::string& open, const std::string& close) {
  const std::size_t from = text.find(open);
  EXPECT_NE(from, text.npos) << open;
  const std::size_t start = from + open.size();
  return text.substr(start, text.find(close, start) - start);
}

json story_of(const std::string& page) {
  return json::parse(between(page, R"(<script type="application/json" id="convreel-story">)", "</script>"));
}

/// The ids that the player would show at a shot, in paint order.
std::vector<std::string> shown_at(const json& story, std::size_t shot) {
  std::vector<bool> seen(story["actors"].size());
  for (std::size_t s = 0; s <= shot; ++s)
    for (const json& change : story["changes"][s]) seen[change[0].get<std::size_t>()] = change.size() > 1;
  std::vector<std::string> ids;
  for (std::size_t a = 0; a < seen.size(); ++a)
    if (seen[a]) ids.push_back(story["actors"][a]);
  return ids;
}

TEST(Html, ChangesGiveEveryShotsItems) {
  for (const auto& layer : {test::strided_conv(), test::strided_transposed()}) {
    const Film film(layer);
    const json story = story_of(film.written(&write_html, "html"));
    ASSERT_EQ(story["shots"].size(), static_cast<std::size_t>(film.reel->size()));
    for (std::int64_t i = 0; i < film.reel->size(); ++i) {
      std::multiset<std::string> expected;
      const scene::Scene scene = film.reel->shot(i).scene;
      for (const scene::Item* item : scene::visible(scene)) expected.insert(item->id);
      const auto ids = shown_at(story, static_cast<std::size_t>(i));
      EXPECT_EQ(std::multiset<std::string>(ids.begin(), ids.end()), expected) << "shot " << i;
    }
  }
}

TEST(Html, AnItemIsOneActor) {
  const json story = story_of(Film(test::strided_transposed()).written(&write_html, "html"));
  const std::set<std::string> ids(story["actors"].begin(), story["actors"].end());
  EXPECT_EQ(ids.size(), story["actors"].size());
}

TEST(Html, StopsAreBeatsWithTheirWords) {
  const Film film(test::strided_conv());
  const json story = story_of(film.written(&write_html, "html"));
  EXPECT_EQ(story["stops"], json(film.reel->stills()));
  EXPECT_EQ(story["steps"].front(), 0);
  EXPECT_EQ(story["steps"][3], 2);
  EXPECT_EQ(story["captions"][3][0], "step 2 of 9");
  EXPECT_THAT(story["captions"][3][1].get<std::string>(), testing::StartsWith("y[0,1] = "));
  EXPECT_EQ(story["lined"], true);
}

TEST(Html, LinksAreTheLayersContributions) {
  for (const auto& layer : {test::strided_conv(), test::strided_transposed()}) {
    const Film film(layer);
    const json links = links_of(film.reel->meanings()), hits = links["layers"][0]["hits"];
    const numerics::Cell size = film.job.chain.only().output().size;
    for (std::int64_t y = 0; y < size[1]; ++y)
      for (std::int64_t x = 0; x < size[2]; ++x) {
        std::set<std::vector<std::int64_t>> expected, given;
        for (const auto& c : numerics::contributions_to(layer, {0, {0, y, x}}))
          expected.insert({c.tap[1], c.tap[2], c.input.cell[1], c.input.cell[2]});
        for (const json& row : hits[1][static_cast<std::size_t>(y)])
          for (const json& column : hits[2][static_cast<std::size_t>(x)])
            if (!row[2].is_null() && !column[2].is_null())
              given.insert(std::vector<std::int64_t>{row[0], column[0], row[2], column[2]});
        EXPECT_EQ(given, expected) << y << "," << x;
      }
    const json grids = links["views"][0]["grids"];
    const int step = layer.transposed() ? 2 : 1;
    EXPECT_EQ(grids["input"]["origin"], json({0, 1, 1}));
    EXPECT_EQ(grids["input"]["spacing"], json({1, step, step}));
    EXPECT_EQ(grids["kernel"]["origin"], layer.transposed() ? json({0, 2, 2}) : json({0, 0, 0}));
  }
}

TEST(Html, NeedsNothingElse) {
  const std::string page = Film(test::strided_conv()).written(&write_html, "html");
  const std::string without_namespace = std::regex_replace(page, std::regex("http://www.w3.org/2000/svg"), "");
  EXPECT_THAT(without_namespace, Not(HasSubstr("http")));
  EXPECT_THAT(page, Not(HasSubstr(" src=")));
  EXPECT_THAT(page, Not(HasSubstr("@import")));
  EXPECT_THAT(page, Not(HasSubstr("{{")));
}

TEST(Html, ShowsTheFirstPictureWithoutScripts) {
  const Film film(test::strided_conv());
  const std::string stage = between(film.written(&write_html, "html"), "<g data-stage=\"\">", "</svg>");
  EXPECT_THAT(stage, HasSubstr("-input.0.1.1\""));
  EXPECT_THAT(stage, HasSubstr("-output.0.2.2\""));
  EXPECT_THAT(stage, Not(HasSubstr("-window.0\"")));
}

TEST(Html, HasTheTranscript) {
  const Film film(test::strided_conv());
  const std::string page = film.written(&write_html, "html");
  const std::string lines = between(page, "<ol class=\"lines\" role=\"list\">", "</ol>");
  EXPECT_THAT(lines, HasSubstr("<li>step 9: y[2,2] = "));
}

TEST(Html, HostileWordsStayWords) {
  job::Show show;
  show.title = "</script><img src=x onerror=alert(1)> {{alt}} <!-- \xFF";
  const std::string page = Film(test::strided_conv(), show).written(&write_html, "html");
  EXPECT_THAT(page, Not(HasSubstr("<img")));
  EXPECT_THAT(page, Not(HasSubstr("<!--")));
  EXPECT_THAT(page, HasSubstr("{{alt}}"));
  EXPECT_FALSE(story_of(page).empty());
}

TEST(Html, BytesNeverVary) {
  EXPECT_EQ(Film(test::strided_conv()).written(&write_html, "html"),
            Film(test::strided_conv()).written(&write_html, "html"));
}

}  // namespace
}  // namespace convreel::output
