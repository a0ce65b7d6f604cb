#include <glib.h>

#include <algorithm>

#include "paint/painter.hpp"
#include "paint/shaper.hpp"

namespace convreel::paint {

namespace {

bool drawn(const Shaper& shaper, std::string text, bool heading) {
  return !shaper.shaped({std::move(text), scene::Weight::regular, heading, 1, 0}).lacks_glyphs();
}

}  // namespace

std::vector<std::string> missing_characters(const theme::Theme& theme, std::string_view text, bool heading) {
  const Shaper shaper(theme.fonts);
  std::vector<std::string> missing;
  if (drawn(shaper, std::string(text), heading)) return missing;
  const Owned<char> valid(g_utf8_make_valid(text.data(), static_cast<gssize>(text.size())));
  const char* next = nullptr;
  for (const char* at = valid.get(); *at != 0; at = next) {
    next = g_utf8_next_char(at);
    const std::string one(at, next);
    if (std::find(missing.begin(), missing.end(), one) == missing.end() && !drawn(shaper, one, heading))
      missing.push_back(one);
  }
  return missing;
}

}  // namespace convreel::paint
