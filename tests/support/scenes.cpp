#include "support/scenes.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "base/text.hpp"

namespace convreel::test {

using scene::Item;
using scene::Rect;

double PlainRuler::width(std::string_view text, double font, scene::Weight, bool) const {
  return 0.6 * font * static_cast<double>(base::utf8_length(text));
}

std::string PlainRuler::shortened(const std::string& text, double font, scene::Weight weight, bool heading,
                                  double room) const {
  if (width(text, font, weight, heading) <= room) return text;
  std::string kept;
  for (std::size_t bytes = text.size(); bytes > 0; --bytes) {
    if ((static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80) continue;  // within a code point
    kept = text.substr(0, bytes) + "…";
    if (width(kept, font, weight, heading) <= room) return kept;
  }
  return "…";
}

Rect words_of(const Item& item, const scene::Ruler& ruler) {
  const double width = ruler.width(item.text, item.font, item.heading);
  double x = item.box.x;
  if (item.align == scene::Align::centre) x = item.box.centre().x - width / 2;
  if (item.align == scene::Align::right) x = item.box.right() - width;
  return {x, item.box.centre().y - item.font / 2, width, item.font};
}

std::vector<std::string> layout_faults(const scene::Scene& scene, const scene::Ruler& ruler) {
  constexpr double kSlack = 0.5;
  std::vector<std::string> faults;
  std::vector<std::pair<const Item*, Rect>> labels;
  for (const Item* item : scene::visible(scene)) {
    const Rect& box = item->box;
    const bool inside = box.x >= -kSlack && box.y >= -kSlack && box.right() <= scene.canvas.width + kSlack &&
                        box.bottom() <= scene.canvas.height + kSlack;
    if (!inside) faults.push_back(fmt::format("{} leaves the canvas", item->id));
    if (item->form != scene::Form::text || item->text.empty()) continue;
    const Rect words = words_of(*item, ruler);
    if (words.width > box.width + kSlack) faults.push_back(fmt::format("{} is wider than its box", item->id));
    for (const auto& [other, other_words] : labels)
      if (scene::overlap(words.inset(kSlack), other_words))
        faults.push_back(fmt::format("{} overlaps {}", item->id, other->id));
    labels.emplace_back(item, words);
  }
  return faults;
}

std::string text_of(const scene::Scene& scene, std::string_view id) {
  const Item* item = scene::find(scene, id);
  if (!item || item->text.empty()) throw std::runtime_error(fmt::format("no text in item {}", id));
  return item->text.front().text;
}

}  // namespace convreel::test
