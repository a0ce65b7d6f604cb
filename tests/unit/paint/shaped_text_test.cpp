#include "paint/shaped_text.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

#include "paint/shaper.hpp"
#include "theme/theme.hpp"

namespace convreel::paint {
namespace {

using scene::Weight;

const char* const kTexts[] = {
    "Transposed convolution", "AVATAR To fi 12.5", "⌊(i + 2p − k) / s⌋ + 1", "שלום 12 abc", "مرحبا abc",
    "e\u0301 … 卷积"};

Owned<PangoContext> pango_context() {
  Owned<PangoContext> context(pango_font_map_create_context(pango_cairo_font_map_get_default()));
  pango_context_set_round_glyph_positions(context.get(), FALSE);
  pango_context_set_language(context.get(), pango_language_from_string("en"));
  const std::unique_ptr<PangoFontDescription, decltype(&pango_font_description_free)> font(
      pango_font_description_from_string("Inter, DejaVu Sans 40"), &pango_font_description_free);
  pango_context_set_font_description(context.get(), font.get());
  return context;
}

/// Width and ink of the same text by Pango's own layout.
struct Reference {
  PangoRectangle ink{}, logical{};
  Reference(PangoContext* context, const char* text) {
    PangoLayout* const layout = pango_layout_new(context);
    pango_layout_set_text(layout, text, -1);
    pango_layout_line_get_extents(pango_layout_get_line_readonly(layout, 0), &ink, &logical);
    g_object_unref(layout);
  }
};

TEST(ShapedText, IsAsWideAndInkedAsALayout) {
  const auto context = pango_context();
  for (const char* text : kTexts) {
    const ShapedText shaped(context.get(), text, nullptr);
    const Reference reference(context.get(), text);
    EXPECT_EQ(shaped.width(), reference.logical.width) << text;
    const PangoRectangle ink = shaped.ink();
    EXPECT_EQ(ink.x, reference.ink.x) << text;
    EXPECT_EQ(ink.y, reference.ink.y) << text;
    EXPECT_EQ(ink.width, reference.ink.width) << text;
    EXPECT_EQ(ink.height, reference.ink.height) << text;
  }
  EXPECT_NE(ShapedText(context.get(), "i", nullptr).width(), Reference(context.get(), "m").logical.width)
      << "the comparison must be able to fail";
}

TEST(ShapedText, OutlinesAreThoseOfALayout) {
  const auto context = pango_context();
  const Owned<cairo_surface_t> nowhere(cairo_recording_surface_create(CAIRO_CONTENT_ALPHA, nullptr));
  for (const char* text : kTexts) {
    const Owned<cairo_t> ours(cairo_create(nowhere.get())), theirs(cairo_create(nowhere.get()));
    ShapedText(context.get(), text, nullptr).add_path(ours.get());
    PangoLayout* const layout = pango_layout_new(context.get());
    pango_layout_set_text(layout, text, -1);
    cairo_move_to(theirs.get(), 0, 0);
    pango_cairo_layout_line_path(theirs.get(), pango_layout_get_line_readonly(layout, 0));
    g_object_unref(layout);
    double a[4], b[4];
    cairo_path_extents(ours.get(), &a[0], &a[1], &a[2], &a[3]);
    cairo_path_extents(theirs.get(), &b[0], &b[1], &b[2], &b[3]);
    for (int side = 0; side < 4; ++side) EXPECT_NEAR(a[side], b[side], 0.01) << text << " side " << side;
  }
}

TEST(ShapedText, NothingHasNoInk) {
  const auto context = pango_context();
  for (const char* text : {"", "  "}) EXPECT_EQ(ShapedText(context.get(), text, nullptr).ink().width, 0);
}

TEST(ShapedText, TellsMissingGlyphs) {
  const auto context = pango_context();
  EXPECT_FALSE(ShapedText(context.get(), "abc 12", nullptr).lacks_glyphs());
  EXPECT_TRUE(ShapedText(context.get(), "a\U000F1234", nullptr).lacks_glyphs()) << "a private character";
}

class Shortening : public ::testing::Test {
 protected:
  [[nodiscard]] double width(const std::string& text, double limit) const {
    return shaper_.advance({text, Weight::regular, false, 20, limit});
  }
  Shaper shaper_{theme::load("light").fonts};
};

TEST_F(Shortening, FillsTheLimitAndNoMore) {
  const std::string text = "A title that is rather long for its place, e\u0301 and שלום";
  const double whole = width(text, 0);
  EXPECT_EQ(width(text, whole + 1), whole);
  for (double limit = 30; limit < whole; limit += 7.3) {
    EXPECT_LE(width(text, limit), limit);
    EXPECT_GT(width(text, limit), limit - 25) << "another letter had its place";
  }
}

TEST_F(Shortening, AtLeastTheEllipsisStays) { EXPECT_DOUBLE_EQ(width("wide", 1), width("\u2026", 0)); }

TEST_F(Shortening, ALetterKeepsItsAccent) {
  const double letter = width("e\u0301\u2026", 0);
  EXPECT_DOUBLE_EQ(width("e\u0301e\u0301e\u0301", letter + 0.1), letter);
}

TEST(Shaper, IsOneLineWhateverTheTextHolds) {
  const Shaper shaper(theme::load("light").fonts);
  const auto width = [&](const std::string& text) { return shaper.advance({text, Weight::regular, false, 20, 0}); };
  for (const char* blank : {"\n", "\t", "\r", "\u2028", "\u2029"})
    EXPECT_DOUBLE_EQ(width("a" + std::string(blank) + "b"), width("a b"));
}

TEST(Shaper, BlanksInAListOfFamiliesDoNotCount) {
  theme::Fonts tight = theme::load("light").fonts, loose = tight;
  tight.sans = "No Such Family,Latin Modern Roman";
  loose.sans = " No Such Family ,  Latin Modern Roman ";
  const Word word{"Transposed", Weight::regular, false, 20, 0};
  EXPECT_DOUBLE_EQ(Shaper(loose).advance(word), Shaper(tight).advance(word));
  theme::Fonts other = tight;
  other.sans = "No Such Family,DejaVu Sans";
  EXPECT_NE(Shaper(other).advance(word), Shaper(tight).advance(word));
}

}  // namespace
}  // namespace convreel::paint
