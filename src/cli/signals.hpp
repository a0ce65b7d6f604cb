// Ctrl-C, a polite kill and a closed pipe become base::Cancel.
#pragma once

#include "base/cancel.hpp"

namespace convreel::cli {

/// From now on SIGINT, SIGTERM and SIGHUP request `cancel`; a second one ends the process at once. A closed pipe and
/// a file that may not grow are told by write() instead of by a signal. `cancel` must outlive the process's work.
void cancel_on_signals(base::Cancel& cancel);

}  // namespace convreel::cli
