// What stands under a grid: a word in bold with a size beside it, a note below, the legend of a value ramp below that.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "scene/ruler.hpp"
#include "scene/scene.hpp"
#include "views/words.hpp"

namespace convreel::views {

inline constexpr double kCaptionFont = 15;

struct Caption {
  std::string size, note;
};

/// Room that a caption would like. A longer one does not push its neighbours apart: it is set smaller, then cut.
[[nodiscard]] double caption_width(std::string_view word, const Caption& caption, const scene::Ruler& ruler);

/// Room under a grid for captions, notes and legends.
[[nodiscard]] double foot_height(bool notes, bool legends);

/// Word and note, centred in `room`, whose height is not looked at. Ids are "caption.<name>" and that with ".note".
void add_caption(scene::Items& items, std::string_view name, std::string_view word, const Caption& caption,
                 const scene::Rect& room, const scene::Ruler& ruler);
/// The second line of such a caption alone.
void add_note(scene::Items& items, std::string_view name, const std::string& note, const scene::Rect& room,
              const scene::Ruler& ruler);

}  // namespace convreel::views
