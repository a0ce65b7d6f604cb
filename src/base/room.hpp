// Whether the process may take what a library needs that does worse than fail without: memory, files, a stack.
#pragma once

#include <cstdint>
#include <string_view>

namespace convreel::base {

/// Throws Error{run_time} when RLIMIT_AS or RLIMIT_DATA leaves less; `what` needs it.
void need_memory(std::uint64_t bytes, std::string_view what);

/// Throws Error{run_time} when RLIMIT_NOFILE leaves fewer to be opened.
void need_files(int count, std::string_view what);

/// Throws Error{run_time} when RLIMIT_STACK is too small for a thread of ours: it would end without a word.
void need_stack();

}  // namespace convreel::base
