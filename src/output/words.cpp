#include "output/words.hpp"

namespace convreel::output {

std::string words_of(const scene::Item* item) {
  std::string words;
  if (item)
    for (const scene::Span& span : item->text) words += span.text;
  return words;
}

std::string active_chapter(const scene::Scene& scene) {
  for (const scene::Item& item : scene.live)
    if (item.id.starts_with("chapter.") && item.id.ends_with(".title") && !item.text.empty() &&
        item.text.front().role == scene::Role::accent)
      return words_of(&item);
  return {};
}

}  // namespace convreel::output
