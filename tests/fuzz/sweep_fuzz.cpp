// A sweep file; a table that it names holds the bytes behind the first NUL.
#include "fuzz.hpp"
#include "job/sweep_file.hpp"

namespace convreel::fuzz {

CONVREEL_FUZZ(sweep) {
  const std::string_view text = text_of(bytes), file = text.substr(0, text.find('\0'));
  const std::string_view table = text.substr(std::min(text.size(), file.size() + 1));
  const base::Limits limits = small_limits();
  for (const job::SweepJob& one : job::from_sweep_toml(
           file, "fuzz.toml", "folder", [&](const auto&) { return std::string(table); }, limits)) {
    const std::int64_t count = job::case_count(one.dimensions, limits);
    if (count > 0) static_cast<void>(job::case_at(one.spec, one.dimensions, count - 1));
    static_cast<void>(job::swept_names(one.dimensions));
  }
}

}  // namespace convreel::fuzz
