#include "output/options.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "job/byte_size.hpp"
#include "output/formats.hpp"

namespace convreel::output {

namespace {

const std::string* given(const job::Output& output, std::string_view key) {
  const auto found = output.options.find(std::string(key));
  return found == output.options.end() ? nullptr : &found->second;
}

[[noreturn]] void refuse(const job::Output& output, std::string_view key, std::string_view expected, std::string hint) {
  throw base::Error(base::ErrorKind::usage,
                    fmt::format("{}:{}={}: expected {}", output.format, key, *given(output, key), expected),
                    std::move(hint));
}

constexpr int kFastest = 240;

}  // namespace

int whole_option(const job::Output& output, std::string_view key, int fallback, int low, int high) {
  const std::string* text = given(output, key);
  if (!text) return fallback;
  const auto value = base::parse_int(*text);
  if (!value || *value < low || *value > high)
    refuse(output, key, fmt::format("a whole number from {} to {}", low, high), {});
  return static_cast<int>(*value);
}

std::string choice_option(const job::Output& output, std::string_view key, std::span<const std::string_view> choices) {
  const std::string* text = given(output, key);
  if (!text) return std::string(choices.front());
  if (std::find(choices.begin(), choices.end(), *text) != choices.end()) return *text;
  const auto near = base::nearest(*text, choices);
  refuse(output, key, fmt::format("one of {}", fmt::join(choices, ", ")),
         near ? fmt::format("did you mean {}?", *near) : std::string());
}

std::uint32_t opaque(theme::Colour colour) {
  return 0xFF000000u | std::uint32_t{colour.r} << 16 | std::uint32_t{colour.g} << 8 | colour.b;
}

std::uint32_t colour_option(const job::Output& output, std::string_view key, theme::Colour fallback) {
  const std::string* text = given(output, key);
  if (!text) return opaque(fallback);
  const auto colour = theme::parse_colour(*text);
  if (!colour || colour->a != 255) refuse(output, key, "a colour such as #FFFFFF", {});
  return opaque(*colour);
}

std::optional<std::int64_t> byte_limit(const job::Output& output) {
  const std::string* text = given(output, "max-bytes");
  if (!text) return std::nullopt;
  return job::read_byte_size(fmt::format("output {}:max-bytes", output.path), *text);
}

int frame_rate(const job::Output& output, const job::Show& show) {
  const Format* format = format_named(output.format);
  const int fallback = show.fps.value_or(format ? format->fps : Format{}.fps);
  return whole_option(output, "fps", fallback, 1, kFastest);
}

}  // namespace convreel::output
