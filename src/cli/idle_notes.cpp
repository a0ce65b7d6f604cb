#include "cli/idle_notes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "job/fields.hpp"
#include "output/formats.hpp"

namespace convreel::cli {
namespace {

using Names = std::vector<std::string>;

void note(const Names& options, std::string_view format, std::string_view where, Console& console) {
  if (options.empty()) return;
  console.note(fmt::format("{}: {} {} nothing {}", format, fmt::join(options, ", "),
                           options.size() == 1 ? "changes" : "change", where));
}

bool among(std::span<const std::string_view> names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

void note_output(const job::JobSpec& given, const job::Output& output, const job::Show& show, Console& console) {
  const output::Format& format = *output::format_named(output.format);
  const auto idle = output::idle_options(output, show);
  const bool still = format.clock(output) == output::Clock::none;
  Names in_format, in_still, unmoved;
  for (const job::Field& field : job::fields()) {
    const bool own = field.name == "fps" && output.options.fps;
    if (!among(idle, field.name) || (!own && !field.print(given))) continue;
    Names& reason = among(format.ignores, field.name) ? in_format : still ? in_still : unmoved;
    reason.push_back(own ? fmt::format("{}:fps", output.path) : fmt::format("--{}", field.name));
  }
  note(in_format, format.name, "in this format", console);
  note(in_still, format.name, "in stills", console);
  note(unmoved, format.name, "while nothing glides, as with --motion smooth", console);
}

}  // namespace

void note_idle_options(const job::JobSpec& given, const job::Job& job, Console& console) {
  for (const job::Output& output : job.outputs) note_output(given, output, job.show, console);
}

}  // namespace convreel::cli
