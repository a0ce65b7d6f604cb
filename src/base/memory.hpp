// Whether the process may take as much memory as a library needs that ends the program when it is refused some.
#pragma once

#include <cstdint>
#include <string_view>

namespace convreel::base {

/// Throws Error{run_time} when RLIMIT_AS or RLIMIT_DATA leaves less; `what` needs it.
void need_memory(std::uint64_t bytes, std::string_view what);

}  // namespace convreel::base
