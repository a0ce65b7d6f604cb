// A trace as JSON, schema 1. `explain --json` is the same object without the values and steps.
#pragma once

#include "base/byte_sink.hpp"
#include "numerics/trace.hpp"

namespace convreel::output {

enum class TraceParts { all, arithmetic };

void write_trace(const numerics::Trace& trace, TraceParts parts, base::ByteSink& sink);

}  // namespace convreel::output
