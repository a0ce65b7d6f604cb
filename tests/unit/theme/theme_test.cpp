#include "theme/theme.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "base/assets.hpp"
#include "base/error.hpp"
#include "support/support.hpp"

namespace convreel::test {
namespace {

using base::Error;
using base::ErrorKind;
using scene::Role;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;
using theme::Colour;

Error failure(const std::function<void()>& act) {
  try {
    act();
  } catch (const Error& error) {
    return error;
  }
  throw std::logic_error("nothing was thrown");
}

std::string written(const TemporaryFolder& folder, const std::string& text) {
  const auto path = folder.path() / "mine.toml";
  std::ofstream(path, std::ios::binary) << text;
  return path.string();
}

std::string light() { return std::string(*base::asset("themes/light.toml")); }

std::string without(std::string text, const std::string& line_start) {
  const auto from = text.find("\n" + line_start);
  text.erase(from, text.find('\n', from + 1) - from);
  return text;
}

TEST(Colour, ReadsSixAndEightDigits) {
  EXPECT_EQ(theme::parse_colour("#0b4F8a"), (Colour{0x0B, 0x4F, 0x8A, 255}));
  EXPECT_EQ(theme::parse_colour("#0B4F8A80"), (Colour{0x0B, 0x4F, 0x8A, 128}));
  for (const char* bad : {"", "#", "0B4F8A", "#0B4F8", "#0B4F8A8", "#GG0000", "#0B4F8A801", "# B4F8A"})
    EXPECT_FALSE(theme::parse_colour(bad)) << bad;
}

TEST(Colour, PrintsWhatItReads) {
  for (const char* text : {"#0B4F8A", "#0B4F8A80", "#FFFFFF"}) EXPECT_EQ(to_text(*theme::parse_colour(text)), text);
}

TEST(Colour, BlendsByOpacityAndAlpha) {
  EXPECT_EQ(theme::blended({0, 0, 0, 255}, {255, 100, 0, 255}, 0.5), (Colour{128, 50, 0, 255}));
  EXPECT_EQ(theme::blended({10, 20, 30, 255}, {255, 100, 0, 0}, 1), (Colour{10, 20, 30, 255}));
}

TEST(Themes, SixAreShipped) {
  EXPECT_THAT(theme::names(), ElementsAre("article", "dark", "guide", "high-contrast", "light", "print"));
}

TEST(Themes, ArticleHasTheArticlesColoursAndShow) {
  const auto theme = theme::load("article");
  const auto fill = [&](Role role) { return to_text(*theme.of(role).fill); };
  EXPECT_EQ(fill(Role::input), "#94B6D2");
  EXPECT_EQ(fill(Role::padding), "#A6A6A6");
  EXPECT_NE(fill(Role::inserted_zero), "#A6A6A6");  // told apart from padding, which the article does not
  EXPECT_EQ(fill(Role::output_done), "#A5AB81");
  EXPECT_EQ(fill(Role::output_pending), "#DBDDCD");
  EXPECT_EQ(to_text(*theme.veiled[static_cast<std::size_t>(Role::input)]), "#CD8B67");
  EXPECT_EQ(to_text(*theme.veiled[static_cast<std::size_t>(Role::inserted_zero)]), "#DD8047");
  EXPECT_EQ(theme.cell_radius, 0);
  EXPECT_THAT(theme.fonts.heading, HasSubstr("Latin Modern Roman"));
  EXPECT_THAT(theme.show, Contains(Pair("layout", "article")));
  EXPECT_THAT(theme.show, Contains(Pair("size", "1000x500")));
}

TEST(Themes, UnknownNameSuggestsANearOne) {
  const Error error = failure([] { (void)theme::load("ligth"); });
  EXPECT_EQ(error.kind(), ErrorKind::usage);
  EXPECT_THAT(error.problems()[0].hint, HasSubstr("'light'"));
}

TEST(Themes, OverridesChangeOneValue) {
  const auto theme = theme::load("light", {{"role.input.fill", "#AABBCC"},
                                           {"cell-radius", "0"},
                                           {"font.sans", "Serif"},
                                           {"role.padding.dashed", "false"},
                                           {"role.extra.texture", "cross"},
                                           {"role.chip.fill", "none"}});
  EXPECT_EQ(to_text(*theme.of(Role::input).fill), "#AABBCC");
  EXPECT_EQ(theme.cell_radius, 0);
  EXPECT_EQ(theme.fonts.sans, "Serif");
  EXPECT_FALSE(theme.of(Role::padding).dashed);
  EXPECT_EQ(theme.of(Role::extra).texture, theme::Texture::cross);
  EXPECT_FALSE(theme.of(Role::chip).fill);
}

struct BadOverride {
  const char *key, *text, *said;
};

class Overrides : public testing::TestWithParam<BadOverride> {};

TEST_P(Overrides, AreRefusedWithAReason) {
  const auto [key, text, said] = GetParam();
  const Error error = failure([&] { (void)theme::load("light", {{key, text}}); });
  EXPECT_EQ(error.kind(), ErrorKind::usage);
  EXPECT_THAT(error.problems()[0].message + " / " + error.problems()[0].hint, HasSubstr(said));
}

INSTANTIATE_TEST_SUITE_P(
    Bad, Overrides,
    testing::Values(BadOverride{"role.inptu.fill", "#AABBCC", "'input'"},
                    BadOverride{"role.input.fil", "#AABBCC", "'fill'"},
                    BadOverride{"role.input.fill", "red", "#RRGGBB"}, BadOverride{"cell-radus", "1", "'cell-radius'"},
                    BadOverride{"veil", "1.5", "0 to 1"}, BadOverride{"veil", "nan", "0 to 1"},
                    BadOverride{"cell-radius", "-1", "0 to"}, BadOverride{"role.input.dashed", "yes", "true or false"},
                    BadOverride{"role.input.texture", "dot", "'dots'"},
                    BadOverride{"role.input.ink", "none", "not a colour"}, BadOverride{"font.sans", "", "no font"},
                    BadOverride{"", "x", "unknown theme key"}));

TEST(Overrides, AreReportedTogether) {
  const Error error = failure([] { (void)theme::load("light", {{"a", "1"}, {"b", "2"}}); });
  EXPECT_EQ(error.problems().size(), 2U);
}

TEST(ThemeFile, LoadsFromAPath) {
  const TemporaryFolder folder;
  const auto theme = theme::load(written(folder, light()));
  EXPECT_EQ(theme.name, "mine");
  EXPECT_EQ(theme.roles, theme::load("light").roles);
}

struct Broken {
  std::string text, said;
};

class BrokenFile : public testing::TestWithParam<Broken> {};

TEST_P(BrokenFile, IsRefusedWithItsPlace) {
  const TemporaryFolder folder;
  const Error error = failure([&] { (void)theme::load(written(folder, GetParam().text)); });
  EXPECT_EQ(error.kind(), ErrorKind::impossible);
  EXPECT_THAT(error.what(), HasSubstr("mine.toml"));
  EXPECT_THAT(error.what(), HasSubstr(GetParam().said));
}

INSTANTIATE_TEST_SUITE_P(
    Themes, BrokenFile,
    testing::Values(Broken{without(light(), "kernel "), "role.kernel is missing"}, Broken{"veil = \n", ":1:"},
                    Broken{"veil = 0.1\ncell-inset = \"wide\"\n" + light().substr(light().find("[role]")), ":2:"},
                    Broken{"cel-inset = 1\n" + light(), ":1: unknown theme key 'cel-inset'"},
                    Broken{light() + "\n[show]\nstep = [1, 2]\n", "neither text"},
                    Broken{light() + "\n[a.b.c.d.e]\nf = 1\n", "a.b.c"}, Broken{"\xff\xfe", ":1:"},
                    Broken{"role = 3\n", "role"}, Broken{"", "role.background is missing"}));

TEST(ThemeFile, MissingAndHugeFilesAreRefused) {
  const TemporaryFolder folder;
  EXPECT_EQ(failure([&] { (void)theme::load((folder.path() / "none.toml").string()); }).kind(), ErrorKind::impossible);
  EXPECT_EQ(failure([&] { (void)theme::load(written(folder, light() + std::string(1 << 20, '#'))); }).kind(),
            ErrorKind::impossible);
}

}  // namespace
}  // namespace convreel::test
