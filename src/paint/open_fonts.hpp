// The machine's fonts, made ready once. Private to this room.
#pragma once

namespace convreel::paint {

/// Before any font is asked for. Throws Error{run_time} where the process may not take what fontconfig needs: it would
/// end the program, or write its caches anew without the fonts that it could not open, for every program to read.
void open_fonts();

}  // namespace convreel::paint
