// Ctrl-C, a polite kill, a closed pipe and the end of a time limit become base::Cancel.
#pragma once

#include "base/cancel.hpp"

namespace convreel::cli {

/// From now on SIGINT, SIGTERM and SIGHUP request `cancel`; a second one ends the process at once. A closed pipe and
/// a file that may not grow are told by write() instead of by a signal. `cancel` must outlive the process's work.
/// Called from the thread that waits for files: a signal that another thread takes interrupts its waiting too.
void cancel_on_signals(base::Cancel& cancel);

/// `cancel` expires after that time; what does not stop within a few seconds more is ended with a message.
void end_after(long seconds, base::Cancel& cancel);

/// Where the memory of the process is limited, libraries that were refused some end it by a signal: with a message
/// then, and exit code 1. Elsewhere such a signal is a fault, which stays as it is.
void tell_of_memory_faults();

}  // namespace convreel::cli
