// libav's complaints as errors of ours: nothing it logs reaches the terminal, its last words join the message.
#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"

namespace convreel::encode::libav {

/// Sends libav's log to us for the rest of the process.
void listen();

/// What libav called the code, and what it logged on this thread since the last call (which this empties).
[[nodiscard]] std::string last_words(int code);

/// Why that encoder cannot be had here; empty where it can.
[[nodiscard]] std::string lack_of_encoder(const std::string& name);

/// Throws Error{kind} "<what>: <last words>".
[[noreturn]] void fail(int code, std::string_view what, base::ErrorKind kind = base::ErrorKind::run_time);

/// `code` itself unless it is an error.
int checked(int code, std::string_view what);

}  // namespace convreel::encode::libav
