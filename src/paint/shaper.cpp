#include "paint/shaper.hpp"

#include <fontconfig/fontconfig.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "paint/lru.hpp"
#include "paint/open_fonts.hpp"

namespace convreel::paint {

namespace {

constexpr std::size_t kLongestText = 4000;  // bytes; nothing longer can be read in a picture
constexpr double kSmallestFont = 0.1, kLargestFont = 4096;
constexpr double kReference = 64;  // pixels
constexpr const char* kEllipsis = "\u2026";

/// Pango takes blanks behind a comma for a part of the name.
Owned<PangoFontDescription> described(const std::string& families) {
  std::string names;
  for (const std::string_view family : base::split(families, ',')) {
    if (!names.empty()) names += ',';
    names += base::trim(family);
  }
  Owned<PangoFontDescription> description(pango_font_description_new());
  pango_font_description_set_family(description.get(), names.c_str());
  return description;
}

PangoWeight pango_weight(scene::Weight weight) {
  switch (weight) {
    case scene::Weight::regular:
      return PANGO_WEIGHT_NORMAL;
    case scene::Weight::medium:
      return PANGO_WEIGHT_MEDIUM;
    case scene::Weight::bold:
      break;
  }
  return PANGO_WEIGHT_SEMIBOLD;
}

bool breaks_lines(gunichar character) {
  const GUnicodeType type = g_unichar_type(character);
  return type == G_UNICODE_CONTROL || type == G_UNICODE_LINE_SEPARATOR || type == G_UNICODE_PARAGRAPH_SEPARATOR;
}

/// Valid UTF-8 of one line.
std::string one_line(std::string_view text) {
  const std::string_view cut = text.substr(0, kLongestText);
  const Owned<char> valid(g_utf8_make_valid(cut.data(), static_cast<gssize>(cut.size())));
  std::string line;
  for (const char *at = valid.get(), *next = nullptr; *at != 0; at = next) {
    next = g_utf8_next_char(at);
    line += breaks_lines(g_utf8_get_char(at)) ? std::string_view(" ") : std::string_view(at, next);
  }
  return line;
}

bool digit(char c) { return c >= '0' && c <= '9'; }

/// Figures of one width, so that a counter does not jiggle; signs and letters keep their own.
Owned<PangoAttrList> tabular_figures(std::string_view text) {
  Owned<PangoAttrList> list(pango_attr_list_new());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!digit(text[i])) continue;
    PangoAttribute* feature = pango_attr_font_features_new("tnum=1");
    feature->start_index = static_cast<guint>(i);
    while (i < text.size() && digit(text[i])) ++i;
    feature->end_index = static_cast<guint>(i);
    pango_attr_list_insert(list.get(), feature);
  }
  return list;
}

/// Where a text may be cut, in bytes from its beginning: never within what a reader sees as one character.
std::vector<std::size_t> cuts(const std::string& text) {
  std::vector<PangoLogAttr> attributes(static_cast<std::size_t>(g_utf8_strlen(text.c_str(), -1)) + 1);
  pango_get_log_attrs(text.data(), static_cast<int>(text.size()), -1, pango_language_from_string("en"),
                      attributes.data(), static_cast<int>(attributes.size()));
  std::vector<std::size_t> places;
  const char* at = text.c_str();
  for (const PangoLogAttr& attribute : attributes) {
    if (attribute.is_cursor_position) places.push_back(static_cast<std::size_t>(at - text.c_str()));
    at = g_utf8_next_char(at);
  }
  return places;
}

}  // namespace

std::size_t WordHash::operator()(const Word& word) const {
  std::size_t hash = std::hash<std::string>{}(word.text);
  fold(hash, static_cast<int>(word.weight) * 2 + word.heading);
  fold(hash, word.font), fold(hash, word.limit);
  return hash;
}

namespace {

/// Without any, words keep a width of nothing, which is enough for files that draw none; whoever draws asks before.
bool machine_has_fonts() {
  const FcFontSet* const fonts = FcConfigGetFonts(nullptr, FcSetSystem);
  return fonts && fonts->nfont > 0;
}

}  // namespace

Shaper::Shaper(const theme::Fonts& fonts)
    : sans_(described(fonts.sans)), heading_(described(fonts.heading)), options_(cairo_font_options_create()) {
  open_fonts();
  cairo_font_options_set_antialias(options_.get(), CAIRO_ANTIALIAS_GRAY);
  cairo_font_options_set_hint_style(options_.get(), CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options_.get(), CAIRO_HINT_METRICS_OFF);
}

Owned<PangoContext> Shaper::context(const Word& word) const {
  Owned<PangoContext> context(pango_font_map_create_context(pango_cairo_font_map_get_default()));
  pango_cairo_context_set_font_options(context.get(), options_.get());
  pango_cairo_context_set_resolution(context.get(), 96);
  pango_context_set_round_glyph_positions(context.get(), FALSE);
  pango_context_set_language(context.get(), pango_language_from_string("en"));
  const Owned<PangoFontDescription> description(
      pango_font_description_copy(word.heading ? heading_.get() : sans_.get()));
  pango_font_description_set_weight(description.get(), pango_weight(word.weight));
  pango_font_description_set_absolute_size(description.get(), kReference * PANGO_SCALE);
  pango_context_set_font_description(context.get(), description.get());
  // Pango goes on to the next font when this one cannot be opened, and the picture would look otherwise.
  const Owned<PangoFont> font(pango_context_load_font(context.get(), description.get()));
  if (font || machine_has_fonts()) demand_opened(font.get());
  return context;
}

ShapedText Shaper::shaped(const Word& word) const {
  const auto context = this->context(word);
  const auto line = [&](std::string text) {
    const auto figures = word.heading ? nullptr : tabular_figures(text);
    return ShapedText(context.get(), std::move(text), figures.get());
  };
  const std::string text = one_line(word.text);
  ShapedText whole = line(text);
  const double widest = word.limit / scale_of(word) * PANGO_SCALE;
  if (word.limit <= 0 || whole.width() <= widest) return whole;
  const auto shortened = [&](std::size_t bytes) { return line(text.substr(0, bytes) + kEllipsis); };
  const std::vector<std::size_t> places = cuts(text);
  const auto over = std::partition_point(places.begin() + 1, places.end(),
                                         [&](std::size_t bytes) { return shortened(bytes).width() <= widest; });
  return shortened(*(over - 1));
}

double Shaper::advance(const Word& word) const {
  return static_cast<double>(shaped(word).width()) / PANGO_SCALE * scale_of(word);
}

double Shaper::cap_height(bool heading) const {
  const PangoRectangle ink = shaped({"H", scene::Weight::regular, heading, kReference, 0}).ink();
  return std::clamp(-ink.y / kReference / PANGO_SCALE, 0.5, 0.9);
}

double scale_of(const Word& word) { return std::clamp(word.font, kSmallestFont, kLargestFont) / kReference; }

}  // namespace convreel::paint
