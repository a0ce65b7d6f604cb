#include "output/options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/error.hpp"
#include "job/byte_size.hpp"
#include "job/values.hpp"
#include "output/formats.hpp"
#include "output/option_codecs.hpp"

namespace convreel::output {

namespace {

using base::Error;
using base::ErrorKind;

constexpr Option kMaxBytes{
    "max-bytes", "no file is larger",
    option_codec<&job::OutputOptions::max_bytes, read_bytes, job::print_byte_size, [] { return "SIZE"; }>(),
    "--max-bytes"};

std::vector<View> names_for(const Format& format) {
  std::set<View> names{kMaxBytes.name};
  for (const Option& option : format.options) names.insert(option.name);
  return {names.begin(), names.end()};
}

[[noreturn]] void refuse_name(const job::Output& output, View name) {
  const std::vector<View> known = names_for(*format_named(output.format));
  const auto near = base::nearest(name, known);
  throw Error(ErrorKind::usage, fmt::format("{}: {} takes no option \"{}\"", output.path, output.format, name),
              near ? fmt::format("did you mean {}?", *near) : fmt::format("it takes: {}", fmt::join(known, ", ")));
}

}  // namespace

const Option* option_named(const job::Output& output, std::string_view name) {
  if (name == kMaxBytes.name) return &kMaxBytes;
  const auto options = format_named(output.format)->options;
  const auto found = std::ranges::find(options, name, &Option::name);
  return found == options.end() ? nullptr : &*found;
}

void read_option(job::Output& output, std::string_view name, std::string_view text) {
  const Option* option = option_named(output, name);
  if (!option) refuse_name(output, name);
  if (option->codec.given(output.options))
    throw Error(ErrorKind::usage, fmt::format("{}: option {} was given twice", output.path, name));
  option->codec.read(output, name, text);
}

std::map<std::string_view, std::string> given_options(const job::Output& output) {
  std::map<std::string_view, std::string> given;
  const auto add = [&](const Option& option) {
    if (option.codec.given(output.options)) given.emplace(option.name, *option.codec.print(output.options));
  };
  add(kMaxBytes);
  for (const Option& option : format_named(output.format)->options) add(option);
  return given;
}

std::uint32_t opaque(theme::Colour colour) {
  return 0xFF000000u | std::uint32_t{colour.r} << 16 | std::uint32_t{colour.g} << 8 | colour.b;
}

int frame_rate(const job::Output& output, const job::Show& show) {
  return output.options.fps.value_or(show.fps.value_or(format_named(output.format)->fps));
}

void Written::refuse(View expected, std::string hint) const {
  throw Error(ErrorKind::usage, fmt::format("{}:{}={}: expected {}", output.format, name, text, expected),
              std::move(hint));
}

int read_whole(const Written& written, int low, int high) {
  const auto value = base::parse_int(written.text);
  if (!value || *value < low || *value > high) written.refuse(fmt::format("a whole number from {} to {}", low, high));
  return static_cast<int>(*value);
}

std::size_t read_choice(const Written& written, std::span<const View> choices) {
  const auto found = std::ranges::find(choices, written.text);
  if (found != choices.end()) return static_cast<std::size_t>(found - choices.begin());
  const auto near = base::nearest(written.text, choices);
  written.refuse(fmt::format("one of {}", fmt::join(choices, ", ")),
                 near ? fmt::format("did you mean {}?", *near) : std::string());
}

double read_scale(const Written& written) {
  constexpr double kLeast = 0.1, kMost = 16;
  const auto value = base::parse_double(written.text);
  if (value && *value >= kLeast && *value <= kMost) return *value;
  throw Error(ErrorKind::usage,
              fmt::format("{}: {} takes a number from {} to {}, not \"{}\"", written.output.path, written.name, kLeast,
                          kMost, written.text),
              fmt::format("{}:{}=2", written.output.path, written.name));
}

std::uint32_t read_colour(const Written& written) {
  const auto colour = theme::parse_colour(written.text);
  if (!colour || colour->a != 255) written.refuse("a colour such as #FFFFFF");
  return opaque(*colour);
}

std::int64_t read_bytes(const Written& written) {
  return job::read_byte_size(fmt::format("output {}:{}", written.output.path, written.name), written.text);
}

std::int64_t read_still(const Written& written) { return job::read_still(written.name, written.text); }

job::Grid read_grid(const Written& written) {
  const auto sides = base::split(written.text, 'x');
  const auto rows = base::parse_int(sides.front());
  const auto columns = sides.size() == 2 ? base::parse_int(sides.back()) : std::nullopt;
  if (!rows || !columns || *rows < 1 || *columns < 1 || *rows > kMostPictures || *columns > kMostPictures ||
      *rows * *columns > kMostPictures)
    written.refuse(fmt::format("rows x columns of at most {} pictures", kMostPictures),
                   "grid=3x4 shows three rows of four");
  return {static_cast<int>(*rows), static_cast<int>(*columns)};
}

}  // namespace convreel::output
