#include "cli/outputs.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

#include "base/error.hpp"
#include "base/inside.hpp"
#include "base/text.hpp"
#include "batch/stills.hpp"
#include "batch/template.hpp"
#include "cli/place.hpp"
#include "cli/run_files.hpp"
#include "job/values.hpp"
#include "output/formats.hpp"
#include "output/options.hpp"

namespace convreel::cli {
namespace {

using base::Error;
using base::ErrorKind;

std::string ending_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  const std::string_view name = slash == path.npos ? path : path.substr(slash + 1);
  const std::size_t dot = name.rfind('.');
  return dot == name.npos || dot == 0 ? "" : std::string(name.substr(dot));
}

std::vector<std::string_view> endings() {
  std::vector<std::string_view> all;
  for (const output::Format& format : output::formats()) all.push_back(format.ending);
  return all;
}

[[noreturn]] void refuse_ending(std::string_view path) {
  const std::string ending = ending_of(path);
  const std::string known = fmt::format("known endings: {}", fmt::join(endings(), " "));
  const auto near = base::nearest(ending, endings());
  if (ending.empty())
    throw Error(ErrorKind::usage, fmt::format("{}: the name has no ending that tells the format", path),
                "add one or give --format; " + known);
  throw Error(ErrorKind::usage, fmt::format("{}: unknown ending {}", path, ending),
              near ? fmt::format("did you mean {}? {}", *near, known) : known);
}

const output::Format& format_by_name(const std::string& name) {
  if (const output::Format* format = output::format_named(name)) return *format;
  std::vector<std::string_view> names;
  for (const output::Format& format : output::formats()) names.push_back(format.name);
  const auto near = base::nearest(name, names);
  const std::string known = fmt::format("known formats: {}", fmt::join(names, ", "));
  throw Error(ErrorKind::usage, fmt::format("unknown format \"{}\"", name),
              near ? fmt::format("did you mean {}? {}", *near, known) : known);
}

/// "key" or "key=value" with a key that begins with a letter: what may follow a path's colon.
bool looks_like_option(std::string_view text) {
  const std::string_view key = text.substr(0, text.find('='));
  if (key.empty() || key.front() < 'a' || key.front() > 'z') return false;
  return std::all_of(key.begin(), key.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_'; });
}

/// Where the options begin: after the first colon behind which only options stand, and before which a format is known.
std::size_t path_length(std::string_view text, bool format_given) {
  for (std::size_t colon = text.find(':'); colon != text.npos; colon = text.find(':', colon + 1)) {
    const std::vector<std::string_view> rest = base::split(text.substr(colon + 1), ':');
    const bool known = format_given || output::format_of(text.substr(0, colon));
    if (known && std::all_of(rest.begin(), rest.end(), looks_like_option)) return colon;
  }
  return text.size();
}

const output::Format& format_for(const std::string& path, const std::optional<std::string>& format) {
  const output::Format* by_ending = path == "-" ? nullptr : output::format_of(path);
  if (by_ending) return *by_ending;
  if (format) return format_by_name(*format);
  if (path == "-")
    throw Error(ErrorKind::usage, "-o - has no ending that tells the format", "add --format gif (or another)");
  refuse_ending(path);
}

bool takes_still(const job::Output& output) {
  return output::option_named(output, "still") && !batch::is_numbered(output.path);
}

void hand_out_still(std::vector<job::Output>& outputs, std::int64_t still) {
  for (job::Output& output : outputs)
    if (takes_still(output) && !output.options.still.chosen()) output.options.still = still;
  if (std::none_of(outputs.begin(), outputs.end(), takes_still))
    throw Error(ErrorKind::usage, fmt::format("--still {}: no output is a still picture", job::print_still(still)),
                "add -o picture.png");
}

/// --format speaks for outputs without a telling ending; where all tell, it must at least agree.
void check_format_is_used(const std::vector<job::Output>& outputs, const std::string& format) {
  const auto agrees = [&](const job::Output& output) { return output.format == format_by_name(format).name; };
  if (std::none_of(outputs.begin(), outputs.end(), agrees))
    throw Error(
        ErrorKind::usage,
        fmt::format("{}: the ending says {}, --format says {}", outputs.front().path, outputs.front().format, format),
        "leave out --format, or change the ending");
}

void check_place(const job::Output& output) {
  const output::Format& format = *output::format_named(output.format);
  if (output.path == "-" && isatty(STDOUT_FILENO))
    throw Error(ErrorKind::usage, "-o - would write to a terminal",
                "redirect it: convreel ... -o - --format gif > a.gif");
  if (batch::is_numbered(output.path) && !(format.make_raster && !format.animated))
    throw Error(ErrorKind::usage, fmt::format("{}: {} files cannot be numbered", output.path, format.name),
                "number pictures: -o 'frames/{n:03}.png'");
  if (batch::is_numbered(batch::numbered_path(output.path, 1)))
    throw Error(ErrorKind::usage, fmt::format("{}: {{n}} stands there twice", output.path), "number the files once");
  if (const std::size_t open = output.path.find('{'); open != output.path.npos && !batch::is_numbered(output.path))
    throw Error(ErrorKind::usage, fmt::format("{}: unknown placeholder {}", output.path, output.path.substr(open)),
                "known placeholders: {name}, {n}, {n:03}");
}

}  // namespace

job::Output parse_output(std::string_view text, const std::optional<std::string>& format) {
  const std::size_t length = path_length(text, format.has_value());
  job::Output output;
  output.path = std::string(text.substr(0, length));
  output.format = std::string(format_for(output.path, format).name);
  if (length == text.size()) return output;
  for (const std::string_view option : base::split(text.substr(length + 1), ':')) {
    const std::size_t equals = option.find('=');
    output::read_option(output, option.substr(0, equals), equals == option.npos ? "true" : option.substr(equals + 1));
  }
  return output;
}

std::string name_filled(std::string path, std::string_view name) {
  const std::string safe = batch::file_safe(name);
  for (std::size_t at = path.find("{name}"); at != path.npos; at = path.find("{name}", at + safe.size()))
    path.replace(at, 6, safe);
  return path;
}

std::vector<job::Output> outputs_of(const job::JobSpec& spec, std::string_view name) {
  if (spec.outputs.empty()) throw Error(ErrorKind::usage, "nothing to write: no output was given", "add -o out.gif");
  std::vector<job::Output> outputs;
  for (const std::string& text : placed_outputs(spec)) {
    outputs.push_back(parse_output(text, spec.format));
    outputs.back().path = name_filled(outputs.back().path, name);
    check_place(outputs.back());
    base::hold_inside(outputs.back().path, spec.limits);
  }
  if (spec.format) check_format_is_used(outputs, *spec.format);
  if (spec.still) hand_out_still(outputs, *spec.still);
  for (job::Output& output : outputs) {
    if (!output.options.max_bytes) output.options.max_bytes = spec.max_bytes;
    const output::Format& format = *output::format_named(output.format);
    if (format.check) format.check(output, spec.show);
  }
  refuse_collisions(paths_of(outputs), false);
  return outputs;
}

std::vector<std::string> filled_paths(const job::JobSpec& spec) {
  std::vector<std::string> paths;
  for (const std::string& text : placed_outputs(spec)) paths.push_back(parse_output(text, spec.format).path);
  return paths;
}

std::vector<std::string> paths_of(const std::vector<job::Output>& outputs) {
  std::vector<std::string> paths;
  for (const job::Output& output : outputs) paths.push_back(output.path);
  return paths;
}

void refuse_collisions(const std::vector<std::string>& paths, bool several_jobs) {
  if (const auto same = one_file(paths))
    throw Error(ErrorKind::usage, fmt::format("two outputs would be written to {}", paths[same->second]),
                several_jobs ? "put {name} into the path: -o 'gifs/{name}.gif'" : "name them apart");
}

}  // namespace convreel::cli
