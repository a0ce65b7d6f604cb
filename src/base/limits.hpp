// THE table of limits: what is bounded before memory, disk or time is taken for it. Default, value under --safe, the
// words of the message and the page docs/reference/limits.md come from one row. Knows nothing of what is counted.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace convreel::base {

enum class Limit {
  axis,
  values,
  products,
  layers,
  list,
  tries,
  answers,
  cases,
  frames,
  slides,
  drawings,
  pixels,
  text,
  job_file,
  table_file,
  data_file,
  picture,
  model,
  memory,
  file,
  seconds,
  theme_file,
  manifest,
  keys,
  nesting,
};

enum class Unit { count, bytes, seconds };

struct LimitRow {
  std::string_view name;     ///< "frames", as --limit takes it
  std::string_view what;     ///< what is counted, for people
  std::int64_t usual, safe;  ///< by default, and with --safe
  std::int64_t most;         ///< it can be raised to; `usual` where no flag raises it
  Unit unit = Unit::count;
  [[nodiscard]] constexpr bool raised() const { return most > usual; }
};

[[nodiscard]] std::span<const LimitRow> limit_rows();
[[nodiscard]] const LimitRow& row_of(Limit limit);
[[nodiscard]] std::optional<Limit> limit_named(std::string_view name);
/// "36000", "3 GB", "60 s".
[[nodiscard]] std::string limit_text(Unit unit, std::int64_t number);

/// The limits of one run: those of the table, or of its safe column, and what was said otherwise.
class Limits {
 public:
  [[nodiscard]] std::int64_t operator[](Limit limit) const;
  void set(Limit limit, std::int64_t number) { said_[static_cast<std::size_t>(limit)] = number; }
  void make_safe() { safe_ = true; }
  [[nodiscard]] bool safe() const { return safe_; }
  /// What `over` says stands above what is said here.
  void take(const Limits& over);
  /// As options: " --safe --limit frames=100000"; empty for those of the table.
  [[nodiscard]] std::string as_options() const;

  /// "<subject>; the limit is 36000", with the flag that raises it.
  [[nodiscard]] Problem problem(Limit limit, std::string_view subject, double number) const;
  /// Throws problem() when `number` is over the limit; `subject` says what has that number.
  void hold(Limit limit, double number, std::string_view subject) const;

  bool operator==(const Limits&) const = default;

 private:
  static constexpr std::size_t kCount = static_cast<std::size_t>(Limit::nesting) + 1;
  std::array<std::optional<std::int64_t>, kCount> said_{};
  bool safe_ = false;
};

}  // namespace convreel::base
