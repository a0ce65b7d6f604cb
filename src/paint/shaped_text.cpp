#include "paint/shaped_text.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"

namespace convreel::paint {

namespace {

struct FreeList {
  void operator()(GList* list) const { g_list_free(list); }
};
using List = std::unique_ptr<GList, FreeList>;

struct FreeIterator {
  void operator()(PangoAttrIterator* iterator) const { pango_attr_iterator_destroy(iterator); }
};

/// A font that is installed may fail to open: no file handle is left, its file is broken.
bool opened(PangoFont* font) {
  if (!font) return false;
  cairo_scaled_font_t* scaled = pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(font));
  return scaled && cairo_scaled_font_status(scaled) == CAIRO_STATUS_SUCCESS;
}

/// The items in their logical order; each is to be freed. The first letter that has a direction gives the line's.
List itemized(PangoContext* context, const std::string& text) {
  const Owned<PangoAttrList> none(pango_attr_list_new());
  return List(pango_itemize_with_base_dir(context, PANGO_DIRECTION_WEAK_LTR, text.data(), 0,
                                          static_cast<int>(text.size()), none.get(), nullptr));
}

void apply(PangoAttrList* features, GList* items) {
  const std::unique_ptr<PangoAttrIterator, FreeIterator> iterator(pango_attr_list_get_iterator(features));
  for (GList* at = items; at; at = at->next) pango_item_apply_attrs(static_cast<PangoItem*>(at->data), iterator.get());
}

double pixels(int units) { return static_cast<double>(units) / PANGO_SCALE; }

}  // namespace

void demand_opened(PangoFont* font) {
  if (!opened(font))
    throw base::Error(
        base::ErrorKind::missing, "a font of this machine cannot be opened",
        "a low limit on open files (ulimit -n) keeps fonts closed; convreel doctor lists what themes get");
}

ShapedText::ShapedText(PangoContext* context, std::string text, PangoAttrList* features) : text_(std::move(text)) {
  const List logical = itemized(context, text_);
  if (features) apply(features, logical.get());
  const List visual(pango_reorder_items(logical.get()));
  for (GList* at = visual.get(); at; at = at->next) {
    Run run{Owned<PangoItem>(static_cast<PangoItem*>(at->data)), Owned<PangoGlyphString>(pango_glyph_string_new()),
            width_};
    pango_shape_full(text_.data() + run.item->offset, run.item->length, text_.data(), static_cast<int>(text_.size()),
                     &run.item->analysis, run.glyphs.get());
    width_ += pango_glyph_string_get_width(run.glyphs.get());
    runs_.push_back(std::move(run));
  }
}

PangoRectangle ShapedText::ink() const {
  PangoRectangle all{};
  for (const Run& run : runs_) {
    PangoRectangle ink{};
    pango_glyph_string_extents(run.glyphs.get(), run.item->analysis.font, &ink, nullptr);
    if (ink.width <= 0 || ink.height <= 0) continue;
    ink.x += run.x;
    if (all.width == 0) {
      all = ink;
      continue;
    }
    const int right = std::max(all.x + all.width, ink.x + ink.width);
    const int bottom = std::max(all.y + all.height, ink.y + ink.height);
    all.x = std::min(all.x, ink.x), all.y = std::min(all.y, ink.y);
    all.width = right - all.x, all.height = bottom - all.y;
  }
  return all;
}

bool ShapedText::lacks_glyphs() const {
  return std::ranges::any_of(runs_, [](const Run& run) {
    if (!opened(run.item->analysis.font)) return true;
    const PangoGlyphInfo* first = run.glyphs->glyphs;
    return std::any_of(first, first + run.glyphs->num_glyphs, [](const PangoGlyphInfo& one) {
      return one.glyph != PANGO_GLYPH_EMPTY && (one.glyph & PANGO_GLYPH_UNKNOWN_FLAG) != 0;
    });
  });
}

void ShapedText::add_path(cairo_t* context) const {
  for (const Run& run : runs_) {
    demand_opened(run.item->analysis.font);
    cairo_move_to(context, pixels(run.x), 0);
    pango_cairo_glyph_string_path(context, run.item->analysis.font, run.glyphs.get());
  }
}

void ShapedText::show(cairo_t* context) const {
  for (const Run& run : runs_) {
    demand_opened(run.item->analysis.font);
    PangoGlyphItem one{run.item.get(), run.glyphs.get(), 0, 0, 0};
    cairo_move_to(context, pixels(run.x), 0);
    pango_cairo_show_glyph_item(context, text_.c_str(), &one);
  }
}

}  // namespace convreel::paint
