// What --safe takes away from a run: settings, modules from elsewhere, the network, memory and time without an end.
#pragma once

#include "base/cancel.hpp"
#include "cli/command_line.hpp"

namespace convreel::cli {

/// Throws Error{usage} for options that --safe does not go with. Begins the time limit, also without --safe.
void keep_safe(const CommandLine& line, base::Cancel& cancel);

}  // namespace convreel::cli
