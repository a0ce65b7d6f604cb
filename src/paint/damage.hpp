// Many touched rectangles to a few that hold them all.
#pragma once

#include <vector>

#include "base/image.hpp"

namespace convreel::paint {

/// At most eight rectangles that cover the given ones; near ones are joined first.
[[nodiscard]] std::vector<base::PixelRect> merged(std::vector<base::PixelRect> boxes);

}  // namespace convreel::paint
