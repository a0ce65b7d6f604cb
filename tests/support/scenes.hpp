// Scenes in tests: a ruler that needs no font, and the checks that every picture must pass.
#pragma once

#include <string>
#include <vector>

#include "scene/ruler.hpp"
#include "scene/scene.hpp"

namespace convreel::test {

/// Every code point is 0.6 of the font wide.
class PlainRuler final : public scene::Ruler {
 public:
  [[nodiscard]] double width(std::string_view text, double font, scene::Weight, bool) const override;
  [[nodiscard]] std::string shortened(const std::string& text, double font, scene::Weight weight, bool heading,
                                      double room) const override;
};

/// Where the words of an item really lie inside its box.
[[nodiscard]] scene::Rect words_of(const scene::Item& item, const scene::Ruler& ruler);

/// One line for every fault: words that leave their box or the canvas, labels that overlap each other.
[[nodiscard]] std::vector<std::string> layout_faults(const scene::Scene& scene, const scene::Ruler& ruler);

/// The first span of the item with that id; fails loudly with the id when there is none.
[[nodiscard]] std::string text_of(const scene::Scene& scene, std::string_view id);

}  // namespace convreel::test
