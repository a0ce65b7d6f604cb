#include "output/words.hpp"

namespace convreel::output {

std::string words_of(const scene::Item* item) {
  std::string words;
  if (item)
    for (const scene::Span& span : item->text) words += span.text;
  return words;
}

std::vector<const scene::Item*> sentence_items(const scene::Scene& scene) {
  std::vector<const scene::Item*> items;
  for (const scene::Item& item : scene.live) {
    const bool sentence = item.id == "conclusion" || item.id == "arithmetic" || item.id.starts_with("arithmetic.");
    if (sentence && item.form == scene::Form::text) items.push_back(&item);
  }
  return items;
}

std::string sentences(const scene::Scene& scene) {
  std::string words;
  for (const scene::Item* item : sentence_items(scene)) {
    const bool goes_on = item->id.find(".row") != std::string::npos;  // the line before, broken
    words += (words.empty() || goes_on ? "" : "; ") + words_of(item);
  }
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
