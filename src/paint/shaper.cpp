#include "paint/shaper.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "paint/lru.hpp"

namespace convreel::paint {

namespace {

constexpr std::size_t kLongestText = 4000;  // bytes; nothing longer can be read in a picture
constexpr double kSmallestFont = 0.1, kLargestFont = 4096;
constexpr double kReference = 64;  // pixels

Owned<PangoFontDescription> described(const std::string& families) {
  Owned<PangoFontDescription> description(pango_font_description_new());
  pango_font_description_set_family(description.get(), families.c_str());
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

Owned<char> valid_utf8(std::string_view text) {
  const std::string_view cut = text.substr(0, kLongestText);
  return Owned<char>(g_utf8_make_valid(cut.data(), static_cast<gssize>(cut.size())));
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

}  // namespace

std::size_t WordHash::operator()(const Word& word) const {
  std::size_t hash = std::hash<std::string>{}(word.text);
  fold(hash, static_cast<int>(word.weight) * 2 + word.heading);
  fold(hash, word.font), fold(hash, word.limit);
  return hash;
}

Shaper::Shaper(const theme::Fonts& fonts)
    : sans_(described(fonts.sans)), heading_(described(fonts.heading)), options_(cairo_font_options_create()) {
  cairo_font_options_set_antialias(options_.get(), CAIRO_ANTIALIAS_GRAY);
  cairo_font_options_set_hint_style(options_.get(), CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options_.get(), CAIRO_HINT_METRICS_OFF);
}

Owned<PangoLayout> Shaper::layout(const Word& word) const {
  const Owned<PangoContext> context(pango_font_map_create_context(pango_cairo_font_map_get_default()));
  pango_cairo_context_set_font_options(context.get(), options_.get());
  pango_cairo_context_set_resolution(context.get(), 96);
  pango_context_set_round_glyph_positions(context.get(), FALSE);
  pango_context_set_language(context.get(), pango_language_from_string("en"));
  const Owned<PangoFontDescription> description(
      pango_font_description_copy(word.heading ? heading_.get() : sans_.get()));
  pango_font_description_set_weight(description.get(), pango_weight(word.weight));
  pango_font_description_set_absolute_size(description.get(), kReference * PANGO_SCALE);
  Owned<PangoLayout> layout(pango_layout_new(context.get()));
  pango_layout_set_font_description(layout.get(), description.get());
  const auto text = valid_utf8(word.text);
  if (!word.heading) pango_layout_set_attributes(layout.get(), tabular_figures(text.get()).get());
  pango_layout_set_single_paragraph_mode(layout.get(), TRUE);
  if (word.limit > 0) {
    pango_layout_set_width(layout.get(), static_cast<int>(std::min(word.limit / scale_of(word), 1e6) * PANGO_SCALE));
    pango_layout_set_ellipsize(layout.get(), PANGO_ELLIPSIZE_END);
  }
  pango_layout_set_text(layout.get(), text.get(), -1);
  return layout;
}

double Shaper::advance(const Word& word) const {
  const auto shaped = layout(word);
  PangoRectangle logical{};
  pango_layout_line_get_extents(line_of(shaped.get()), nullptr, &logical);
  return static_cast<double>(logical.width) / PANGO_SCALE * scale_of(word);
}

double Shaper::cap_height(bool heading) const {
  const auto shaped = layout({"H", scene::Weight::regular, heading, kReference, 0});
  PangoRectangle ink{};
  pango_layout_line_get_extents(line_of(shaped.get()), &ink, nullptr);
  return std::clamp(-ink.y / kReference / PANGO_SCALE, 0.5, 0.9);
}

double scale_of(const Word& word) { return std::clamp(word.font, kSmallestFont, kLargestFont) / kReference; }

PangoLayoutLine* line_of(PangoLayout* layout) { return pango_layout_get_line_readonly(layout, 0); }

}  // namespace convreel::paint
