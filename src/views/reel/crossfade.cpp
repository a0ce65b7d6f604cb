#include "views/reel/crossfade.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace convreel::views {

using scene::Scene;

namespace {

using ById = std::unordered_map<std::string_view, const Item*>;

ById by_id(const std::vector<const Item*>& items) {
  ById map;
  for (const Item* item : items) map.emplace(item->id, item);
  return map;
}

/// Moved, faded or turned, but showing the same. Words stay where they are read.
bool same_look(const Item& a, const Item& b) {
  if (a.form == Form::text && a.box != b.box) return false;
  return a.form == b.form && a.role == b.role && a.text == b.text && a.veiled == b.veiled && a.corner == b.corner &&
         a.dashed == b.dashed && a.font == b.font;
}

/// Words do not fade through each other: the old ones are gone before the new ones come.
double going(const Item& item, double share) {
  return item.opacity * (item.form == Form::text ? std::max(0.0, 1 - 2 * share) : 1 - share);
}

double coming(const Item& item, double share) {
  // A view that brings an item in itself has begun with it already.
  if (item.opacity < 1) return item.opacity;
  return item.form == Form::text ? std::max(0.0, 2 * share - 1) : share;
}

void add(scene::Items& items, const Item& item, double opacity, std::string_view suffix = "") {
  if (opacity <= 0) return;
  items.push_back(item);
  items.back().opacity = opacity;
  items.back().id += suffix;
}

}  // namespace

Scene crossfaded(const Scene& from, const Scene& to, double share) {
  const std::vector<const Item*> before = visible(from), after = visible(to);
  const ById old = by_id(before), now = by_id(after);
  Scene scene{from.canvas, from.backdrop, from.settled, {}};
  for (const Item& item : from.live)
    if (const auto same = now.find(item.id); old.at(item.id) == &item && same == now.end())
      add(scene.live, item, going(item, share), ".leaving");
  for (const Item* item : after) {
    const auto was = old.find(item->id);
    if (was == old.end()) {
      add(scene.live, *item, coming(*item, share));
      continue;
    }
    const bool fixed = was->second < from.live.data() || was->second >= from.live.data() + from.live.size();
    if (*was->second == *item && fixed) continue;
    if (same_look(*was->second, *item)) {
      scene.live.push_back(*item);
      continue;
    }
    // A cell hides the old one, which moves along, as it grows opaque; all else fades where it was.
    Item under = *was->second;
    const bool hidden = item->form == Form::cell || item->form == Form::panel || item->form == Form::disc;
    if (hidden) under.box = item->box;
    add(scene.live, under, hidden ? under.opacity : going(under, share), ".leaving");
    add(scene.live, *item, coming(*item, share));
  }
  return scene;
}

}  // namespace convreel::views
