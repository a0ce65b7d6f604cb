#include "job/values.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <utility>

#include "base/text.hpp"

namespace convreel::job {

namespace {

using base::Duration;
using base::Error;
using base::ErrorKind;

/// Text for a message, short enough for one line.
std::string shown(std::string_view text) {
  constexpr std::size_t kLongest = 60;
  return text.size() <= kLongest ? std::string(text) : std::string(text.substr(0, kLongest)) + "...";
}

bool all_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

struct TimeUnit {
  std::string_view ending;
  double seconds;
};
constexpr TimeUnit kTimeUnits[] = {{"ms", 1e-3}, {"min", 60}, {"s", 1}, {"m", 60}, {"", 1}};

}  // namespace

void reject(std::string_view name, std::string_view expected, std::string_view text, std::string hint) {
  throw Error(ErrorKind::usage, fmt::format("--{} takes {}, not \"{}\"", name, expected, shown(text)), std::move(hint));
}

std::int64_t read_whole(std::string_view name, std::string_view text, Limits limits) {
  const auto number = base::parse_int(text);
  const std::string_view digits = text.starts_with('-') || text.starts_with('+') ? text.substr(1) : text;
  if (!number && all_digits(digits))
    throw Error(ErrorKind::usage, fmt::format("--{} {} is too large to count", name, shown(text)));
  if (!number) reject(name, "a whole number", text);
  if (*number < limits.least)
    throw Error(ErrorKind::usage, fmt::format("--{} must be at least {}, not {}", name, limits.least, *number));
  if (*number > limits.most)
    throw Error(ErrorKind::usage, fmt::format("--{} must be at most {}, not {}", name, limits.most, *number));
  return *number;
}

bool read_switch(std::string_view name, std::string_view text) {
  if (text == "true" || text == "false") return text == "true";
  reject(name, "true or false", text);
}

std::size_t read_choice(std::string_view name, std::string_view text, std::span<const std::string_view> choices) {
  for (std::size_t i = 0; i < choices.size(); ++i)
    if (text == choices[i]) return i;
  const auto near = base::nearest(text, choices);
  reject(name, fmt::format("one of {}", fmt::join(choices, ", ")), text,
         near ? fmt::format("did you mean {}?", *near) : std::string{});
}

Duration read_duration(std::string_view name, std::string_view text, Duration least) {
  constexpr double kLongest = 3600;
  for (const TimeUnit& unit : kTimeUnits) {
    if (!text.ends_with(unit.ending)) continue;
    const auto number = base::parse_double(base::trim(text.substr(0, text.size() - unit.ending.size())));
    if (!number || !std::isfinite(*number)) break;
    const double seconds = *number * unit.seconds;
    if (seconds > kLongest) reject(name, "a time of at most an hour", text);
    if (seconds * 1e6 < static_cast<double>(least.count()))
      reject(name, fmt::format("a time of at least {}", print_duration(least)), text);
    return Duration(std::llround(seconds * 1e6));
  }
  reject(name, "a time", text, "such as 600ms, 0.6s or 0.6");
}

std::string print_duration(Duration duration) {
  const std::int64_t count = duration.count();
  if (count % 1000 == 0 && count % 1'000'000 != 0) return fmt::format("{}ms", count / 1000);
  return base::exact(static_cast<double>(count) / 1e6) + "s";
}

double read_number(std::string_view name, std::string_view text, double least, double most) {
  const auto number = base::parse_double(text);
  if (!number || !(*number >= least && *number <= most))
    reject(name, fmt::format("a number from {} to {}", base::exact(least), base::exact(most)), text);
  return *number;
}

PixelSize read_pixels(std::string_view name, std::string_view text) {
  constexpr int kLeast = 16, kMost = 16384;
  const auto parts = base::split(text, 'x');
  const auto width = parts.size() == 2 ? base::parse_int(parts[0]) : std::nullopt;
  const auto height = parts.size() == 2 ? base::parse_int(parts[1]) : std::nullopt;
  if (!width || !height) reject(name, "WIDTHxHEIGHT in pixels", text, "such as 1920x1080");
  const bool good = *width >= kLeast && *width <= kMost && *height >= kLeast && *height <= kMost;
  if (!good) reject(name, fmt::format("a width and height from {} to {}", kLeast, kMost), text);
  return {static_cast<int>(*width), static_cast<int>(*height)};
}

StepRange read_steps(std::string_view name, std::string_view text) {
  const auto dots = text.find("..");
  const std::string_view last = dots == std::string_view::npos ? text : text.substr(dots + 2);
  const auto from = base::parse_int(text.substr(0, dots)), to = base::parse_int(last);
  if (!from || !to) reject(name, "a step or FIRST..LAST", text, "such as 3..7, counted from 1");
  if (*from < 1) reject(name, "steps counted from 1", text);
  if (*to < *from) reject(name, "the first step before the last", text);
  return {*from, *to};
}

int read_loop(std::string_view name, std::string_view text) {
  constexpr std::int64_t kMost = 65535;  // GIF counts in 16 bits
  if (text == "forever") return 0;
  if (text == "once") return 1;
  const auto number = base::parse_int(text);
  if (!number || *number < 1 || *number > kMost)
    reject(name, fmt::format("forever, once or how many times (1 to {})", kMost), text);
  return static_cast<int>(*number);
}

std::int64_t read_still(std::string_view name, std::string_view text) {
  if (text == "first") return kFirstStill;
  if (text == "last") return kLastStill;
  const auto number = base::parse_int(text);
  if (!number || *number < 1) reject(name, "first, last or a step's number", text);
  return *number;
}

std::string print_still(std::int64_t still) {
  return still == kFirstStill ? "first" : still == kLastStill ? "last" : std::to_string(still);
}

std::vector<std::string> read_views(std::string_view name, std::string_view text) {
  std::vector<std::string> views;
  for (std::string_view part : base::split(text, '+')) {
    if (base::trim(part).empty()) reject(name, "a view, or several joined by +", text);
    views.emplace_back(base::trim(part));
  }
  return views;
}

std::pair<std::string, std::string> read_assignment(std::string_view name, std::string_view text) {
  const auto equals = text.find('=');
  if (equals == std::string_view::npos || base::trim(text.substr(0, equals)).empty())
    reject(name, "KEY=VALUE", text, "such as role.input.fill=#94B6D2");
  return {std::string(base::trim(text.substr(0, equals))), std::string(base::trim(text.substr(equals + 1)))};
}

std::string read_text(std::string_view name, std::string_view text) {
  if (text.empty()) throw Error(ErrorKind::usage, fmt::format("--{} is empty", name));
  return std::string(text);
}

}  // namespace convreel::job
