// What stood after the colon of an output: a.mp4:crf=20,preset=slow. Every value is checked here, with the name of the
// format and the key in the message.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "output/exporter.hpp"

namespace convreel::output {

/// The whole number of option `key`, or `fallback`. Throws Error{usage} unless it lies in low..high.
[[nodiscard]] int whole_option(const job::Output& output, std::string_view key, int fallback, int low, int high);

/// One of `choices`, the first when the option is not given. Throws Error{usage} with a near one.
[[nodiscard]] std::string choice_option(const job::Output& output, std::string_view key,
                                        std::span<const std::string_view> choices);

/// A colour, 0xFFRRGGBB.
[[nodiscard]] std::uint32_t colour_option(const job::Output& output, std::string_view key, theme::Colour fallback);

/// Frames a second of this output: its own option, else the job's, else the format's default.
[[nodiscard]] int frame_rate(const job::Output& output, const job::Show& show);

/// What the output's file may weigh, when somebody said so. Throws Error{usage}.
[[nodiscard]] std::optional<std::int64_t> byte_limit(const job::Output& output);

[[nodiscard]] std::uint32_t opaque(theme::Colour colour);

}  // namespace convreel::output
