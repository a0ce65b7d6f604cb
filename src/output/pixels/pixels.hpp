// Painted pictures as exporters of pixels keep, compare and reduce them. The door of this folder.
#pragma once

#include "output/pixels/byte_rows.hpp"     // IWYU pragma: export
#include "output/pixels/canvas.hpp"        // IWYU pragma: export
#include "output/pixels/colour_table.hpp"  // IWYU pragma: export
#include "output/pixels/index_plane.hpp"   // IWYU pragma: export
#include "output/pixels/palette.hpp"       // IWYU pragma: export
#include "output/pixels/pixel_rule.hpp"    // IWYU pragma: export
#include "output/pixels/recording.hpp"     // IWYU pragma: export
