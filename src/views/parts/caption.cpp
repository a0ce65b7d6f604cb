#include "views/parts/caption.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "views/parts/fit.hpp"
#include "views/parts/grid.hpp"
#include "views/parts/legend.hpp"

namespace convreel::views {

namespace {

constexpr double kCaptionHeight = 30, kNoteHeight = 18, kNoteFont = 13, kFloor = 10, kWidest = 230;

std::vector<Span> spans_of(std::string_view word, const Caption& caption) {
  return {{std::string(word), Role::ink, Weight::bold}, {"  " + caption.size, Role::muted}};
}

}  // namespace

double caption_width(std::string_view word, const Caption& caption, const scene::Ruler& ruler) {
  const double first = ruler.width(spans_of(word, caption), kCaptionFont);
  const double second = ruler.width(caption.note, kNoteFont, Weight::regular, false);
  return std::min(kWidest, std::ceil(std::max(first, second)));
}

double foot_height(bool notes, bool legends) {
  return kCaptionHeight + (notes ? kNoteHeight : 0) + (legends ? kLegendRowHeight : 0);
}

void add_caption(scene::Items& items, std::string_view name, std::string_view word, const Caption& caption,
                 const Rect& room, const scene::Ruler& ruler) {
  std::vector<Span> spans = spans_of(word, caption);
  const double font = fitted_font(spans, kCaptionFont, kFloor, room.width, ruler);
  const double word_room = room.width - ruler.width(spans.front().text, font, Weight::bold, false);
  spans.back().text = ruler.shortened(spans.back().text, font, Weight::regular, false, word_room);
  items.push_back(label(fmt::format("caption.{}", name), {room.x, room.y, room.width, 22}, std::move(spans), font));
  if (!caption.note.empty()) add_note(items, name, caption.note, room, ruler);
}

void add_note(scene::Items& items, std::string_view name, const std::string& note, const Rect& room,
              const scene::Ruler& ruler) {
  const double font = fitted_font({{note, Role::muted}}, kNoteFont, kFloor, room.width, ruler);
  items.push_back(label(fmt::format("caption.{}.note", name), {room.x, room.y + 22, room.width, kNoteHeight},
                        {{ruler.shortened(note, font, Weight::regular, false, room.width), Role::muted}}, font));
}

}  // namespace convreel::views
