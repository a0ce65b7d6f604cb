#include "views/roundtrip/reunion.hpp"

#include <algorithm>
#include <cmath>

#include "numerics/equality.hpp"

namespace convreel::views {

namespace {

bool same_value(double a, double b) {
  return a == b || std::abs(a - b) <= 1e-9 * std::max({1.0, std::abs(a), std::abs(b)});
}

}  // namespace

numerics::Trace sent_back(const numerics::Trace& trace) {
  return {numerics::layer_back(trace.layer()), trace.output(), trace.kernel(), {}};
}

Map difference(const Map& restored, const Map& input) {
  Map error = restored;
  for (std::size_t v = 0; v < error.values.size(); ++v)
    error.values[v] = same_value(restored.values[v], input.values[v]) ? 0 : restored.values[v] - input.values[v];
  return error;
}

}  // namespace convreel::views
