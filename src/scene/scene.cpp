#include "scene/scene.hpp"

#include <algorithm>
#include <unordered_map>

namespace convreel::scene {

bool Stratum::operator==(const Stratum& other) const {
  if (items == other.items) return count == other.count;
  return count == other.count && std::equal(begin(), end(), other.begin());
}

namespace {

template <typename Visit>
void each(const Scene& scene, Visit visit) {
  for (const Item& item : scene.backdrop) visit(item);
  for (const Item& item : scene.settled) visit(item);
  for (const Item& item : scene.live) visit(item);
}

}  // namespace

std::vector<const Item*> visible(const Scene& scene) {
  std::unordered_map<std::string_view, const Item*> last;
  each(scene, [&](const Item& item) { last[item.id] = &item; });
  std::vector<const Item*> kept;
  each(scene, [&](const Item& item) {
    if (last[item.id] == &item) kept.push_back(&item);
  });
  return kept;
}

const Item* find(const Scene& scene, std::string_view id) {
  const Item* found = nullptr;
  each(scene, [&](const Item& item) {
    if (item.id == id) found = &item;
  });
  return found;
}

}  // namespace convreel::scene
