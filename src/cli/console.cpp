#include "cli/console.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "base/text.hpp"
#include "cli/print.hpp"
#include "cli/progress_bar.hpp"

namespace convreel::cli {
namespace {

constexpr std::string_view kRed = "\033[1;31m", kYellow = "\033[1;33m", kCyan = "\033[1;36m", kPlain = "\033[0m";

bool is_set(const char* variable) {
  const char* value = std::getenv(variable);
  return value && *value;
}

std::unique_ptr<base::Progress> make_progress(const ConsoleSettings& settings) {
  if (settings.progress == "json") return std::make_unique<JsonProgress>(stderr);
  if (settings.progress == "plain") return std::make_unique<PlainProgress>(stderr);
  const bool bar = settings.progress == "auto" && !settings.quiet && isatty(STDERR_FILENO);
  if (bar) return std::make_unique<ProgressBar>(stderr);
  return std::make_unique<base::NoProgress>();
}

}  // namespace

bool use_colour(std::string_view when, bool terminal) {
  if (when != "auto") return when == "always";
  if (is_set("NO_COLOR")) return false;
  if (is_set("CLICOLOR_FORCE") && std::string_view(std::getenv("CLICOLOR_FORCE")) != "0") return true;
  return terminal;
}

Console::Console(ConsoleSettings settings) : settings_(std::move(settings)), progress_(make_progress(settings_)) {}
Console::~Console() = default;

void Console::print(std::string_view label, std::string_view colour, std::string_view text) {
  if (settings_.colour)
    tell(stderr, fmt::format("{}{}:{} {}\n", colour, label, kPlain, base::printable(text)));
  else
    tell(stderr, fmt::format("{}: {}\n", label, base::printable(text)));
}

void Console::error(const base::Error& error) {
  progress_->finish();
  for (const base::Problem& problem : error.problems()) {
    print("error", kRed, problem.message);
    if (!problem.hint.empty()) print("hint", kCyan, problem.hint);
  }
}

void Console::note(std::string_view text) {
  if (!settings_.quiet && noted_.emplace(text).second) print("note", kYellow, text);
}

void Console::line(std::string_view text) {
  if (!settings_.quiet) tell(stderr, base::printable(text) + "\n");
}

void Console::detail(std::string_view text) {
  if (settings_.verbose) tell(stderr, base::printable(text) + "\n");
}

base::Progress& Console::progress() { return *progress_; }

}  // namespace convreel::cli
