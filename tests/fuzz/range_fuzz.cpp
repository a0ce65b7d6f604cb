// -P and -L axes, a line each; a table of cases behind the first NUL.
#include "base/text.hpp"
#include "fuzz.hpp"
#include "job/sweep.hpp"

namespace convreel::fuzz {

CONVREEL_FUZZ(range) {
  const std::string_view text = text_of(bytes), lines = text.substr(0, text.find('\0'));
  const base::Limits limits = small_limits();
  std::vector<job::Dimension> dimensions;
  for (const std::string_view line : base::split(lines, '\n'))
    dimensions.push_back(line.find("..") == line.npos ? job::list_axis(line, limits) : job::range_axis(line, limits));
  if (lines.size() < text.size()) dimensions.push_back(job::rows_from_csv(text.substr(lines.size() + 1), "fuzz.csv"));
  const std::int64_t count = job::case_count(dimensions, limits);
  if (count > 0) static_cast<void>(job::case_at({}, dimensions, count - 1));
  static_cast<void>(job::zipped(dimensions));
}

}  // namespace convreel::fuzz
