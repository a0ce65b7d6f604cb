// From one chapter's last picture to the next chapter's first: what only the one has goes, what only the other has
// comes, what both have and merely moves is left to the view.
#pragma once

#include "scene/scene.hpp"
#include "views/words.hpp"

namespace convreel::views {

/// The picture `share` (0..1) of the way. Keeps `from`'s lower strata; everything that changes is live. What leaves has
/// ".leaving" behind its id.
[[nodiscard]] scene::Scene crossfaded(const scene::Scene& from, const scene::Scene& to, double share);

}  // namespace convreel::views
