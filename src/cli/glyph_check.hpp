// Whether the fonts of this machine can draw what a picture says: boxes in the place of letters are never a surprise.
#pragma once

#include "cli/console.hpp"
#include "cli/themes.hpp"
#include "job/job.hpp"

namespace convreel::cli {

/// A note for a title's characters that no font has. Throws Error{missing} when there is no font with figures at all.
void check_glyphs(const job::Job& job, KnownTheme& known, Console& console);

}  // namespace convreel::cli
