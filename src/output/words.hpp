// The words that stand in a scene, for captions.
#pragma once

#include <string>
#include <vector>

#include "scene/scene.hpp"

namespace convreel::output {

/// An item's text without its looks; empty for null.
[[nodiscard]] std::string words_of(const scene::Item* item);

/// The texts that sentences() joins.
[[nodiscard]] std::vector<const scene::Item*> sentence_items(const scene::Scene& scene);
/// The sentence of the moment; of layers that are compared each layer's, and at the end what they come to.
[[nodiscard]] std::string sentences(const scene::Scene& scene);

/// The lit title of the chapter bar; empty where there is no bar.
[[nodiscard]] std::string active_chapter(const scene::Scene& scene);

}  // namespace convreel::output
