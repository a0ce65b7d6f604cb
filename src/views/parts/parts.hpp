// What views are made of: grids and their cells, panels, legends, captions, sums. The door of this folder.
#pragma once

#include "views/parts/arithmetic.hpp"    // IWYU pragma: export
#include "views/parts/caption.hpp"       // IWYU pragma: export
#include "views/parts/cells.hpp"         // IWYU pragma: export
#include "views/parts/channels.hpp"      // IWYU pragma: export
#include "views/parts/equation.hpp"      // IWYU pragma: export
#include "views/parts/fit.hpp"           // IWYU pragma: export
#include "views/parts/grid.hpp"          // IWYU pragma: export
#include "views/parts/legend.hpp"        // IWYU pragma: export
#include "views/parts/map_panel.hpp"     // IWYU pragma: export
#include "views/parts/marks.hpp"         // IWYU pragma: export
#include "views/parts/running_sums.hpp"  // IWYU pragma: export
#include "views/parts/shelf.hpp"         // IWYU pragma: export
#include "views/parts/styled.hpp"        // IWYU pragma: export
#include "views/parts/telling.hpp"       // IWYU pragma: export
#include "views/parts/window_map.hpp"    // IWYU pragma: export
