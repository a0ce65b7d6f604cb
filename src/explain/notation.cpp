#include "explain/notation.hpp"

namespace convreel::explain {

Notation notation_of(const numerics::Trace& trace) {
  return {grid_numbers(trace.input().values), grid_numbers(trace.kernel().values), grid_numbers(trace.output().values)};
}

}  // namespace convreel::explain
