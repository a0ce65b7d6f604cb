#include "views/matrix/rows.hpp"

namespace convreel::views {

using numerics::MatrixEntry;

std::vector<MatrixEntry> matrix_row(const Trace& trace, std::int64_t row) {
  if (trace.layer().row().weights) return numerics::Matrix(trace).row(row);
  const Step step = trace.step(row);
  std::vector<MatrixEntry> entries;
  for (const numerics::Term& term : step.terms) {
    if (!term.input) continue;
    MatrixEntry entry;
    entry.row = row;
    entry.column = static_cast<std::int64_t>(trace.input().offset(*term.input));
    entry.w = 1 / step.divisor;
    entries.push_back(entry);
  }
  return entries;
}

std::vector<double> shown_weights(const Trace& trace) {
  if (trace.layer().row().weights) return trace.kernel().values;
  std::vector<double> weights;
  for (std::int64_t r = 0; r < trace.step_count(); ++r) weights.push_back(1 / trace.step(r).divisor);
  return weights;
}

}  // namespace convreel::views
