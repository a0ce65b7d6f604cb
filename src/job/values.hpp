// Readers and printers of single option values, shared by the rows of the option table. `name` is the option's, for
// messages; all readers throw Error{usage} that says what was expected.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "job/job_spec.hpp"
#include "job/output.hpp"

namespace convreel::job {

/// `--stride takes one number or [DEPTHx]ROWSxCOLUMNS, not "3x"`.
[[noreturn]] void reject(std::string_view name, std::string_view expected, std::string_view text,
                         std::string hint = {});

struct Limits {
  std::int64_t least = std::numeric_limits<std::int64_t>::min();
  std::int64_t most = std::numeric_limits<std::int64_t>::max();
};

[[nodiscard]] std::int64_t read_whole(std::string_view name, std::string_view text, Limits limits);
/// "5", "5x7" or "2x5x7".
[[nodiscard]] Sizes read_sizes(std::string_view name, std::string_view text, std::int64_t least);
[[nodiscard]] std::string print_sizes(const Sizes& sizes);
[[nodiscard]] PaddingSpec read_padding(std::string_view name, std::string_view text);
[[nodiscard]] std::string print_padding(const PaddingSpec& padding);
[[nodiscard]] std::span<const std::string_view> padding_names();

/// "true" or "false".
[[nodiscard]] bool read_switch(std::string_view name, std::string_view text);
/// Index of the choice; a wrong one is answered with a near one.
[[nodiscard]] std::size_t read_choice(std::string_view name, std::string_view text,
                                      std::span<const std::string_view> choices);

/// "600ms", "0.6s", "0.6", "2m"; at least `least`, at most an hour.
[[nodiscard]] base::Duration read_duration(std::string_view name, std::string_view text, base::Duration least);
[[nodiscard]] std::string print_duration(base::Duration duration);
[[nodiscard]] double read_number(std::string_view name, std::string_view text, double least, double most);
[[nodiscard]] PixelSize read_pixels(std::string_view name, std::string_view text);
[[nodiscard]] StepRange read_steps(std::string_view name, std::string_view text);
/// "forever", "once" or a count; 0 for forever.
[[nodiscard]] int read_loop(std::string_view name, std::string_view text);
/// "first", "last" or a step's number: kFirstStill, kLastStill or that.
[[nodiscard]] std::int64_t read_still(std::string_view name, std::string_view text);
[[nodiscard]] std::string print_still(std::int64_t still);
/// Names joined by '+', none of them empty.
[[nodiscard]] std::vector<std::string> read_views(std::string_view name, std::string_view text);
/// "role.input.fill=#AABBCC".
[[nodiscard]] std::pair<std::string, std::string> read_assignment(std::string_view name, std::string_view text);
/// Text that is not empty.
[[nodiscard]] std::string read_text(std::string_view name, std::string_view text);

}  // namespace convreel::job
