// What the iso view writes beside its plates.
#pragma once

#include <string>

#include "numerics/trace.hpp"
#include "scene/ruler.hpp"
#include "scene/scene.hpp"
#include "words/words.hpp"

namespace convreel::views {

[[nodiscard]] std::string iso_map_words(const numerics::Trace& trace);
[[nodiscard]] std::string iso_output_words(const numerics::Trace& trace);

/// Room for those words behind the longer of the two names.
[[nodiscard]] double iso_caption_width(const std::string& words, const scene::Ruler& ruler);
void add_iso_caption(scene::Items& items, std::string id, const words::Sentence& name, const std::string& words,
                     const scene::Rect& box, scene::Align align);

}  // namespace convreel::views
