// Owners of Cairo's, Pango's and GLib's handles: each is freed once, where its owner ends.
#pragma once

#include <cairo.h>
#include <pango/pangocairo.h>

#include <memory>

namespace convreel::paint {

struct Release {
  void operator()(cairo_t* context) const { cairo_destroy(context); }
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_font_options_t* options) const { cairo_font_options_destroy(options); }
  void operator()(cairo_path_t* path) const { cairo_path_destroy(path); }
  void operator()(PangoItem* item) const { pango_item_free(item); }
  void operator()(PangoGlyphString* glyphs) const { pango_glyph_string_free(glyphs); }
  void operator()(PangoContext* context) const { g_object_unref(context); }
  void operator()(PangoFont* font) const { g_object_unref(font); }
  void operator()(PangoFontDescription* description) const { pango_font_description_free(description); }
  void operator()(PangoAttrList* list) const { pango_attr_list_unref(list); }
  void operator()(char* text) const { g_free(text); }
};

template <typename Handle>
using Owned = std::unique_ptr<Handle, Release>;

}  // namespace convreel::paint
