// Scenes and reels as SVG elements, for every document that is made of them. The door of this folder.
#pragma once

#include "output/markup/cast.hpp"    // IWYU pragma: export
#include "output/markup/figure.hpp"  // IWYU pragma: export
#include "output/markup/groups.hpp"  // IWYU pragma: export
#include "output/markup/page.hpp"    // IWYU pragma: export
#include "output/markup/style.hpp"   // IWYU pragma: export
#include "output/markup/text.hpp"    // IWYU pragma: export
