// convreel help and convreel version: --help and --version as commands.
#include "cli/help.hpp"

#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/commands/commands.hpp"
#include "cli/print.hpp"

namespace convreel::cli {

void run_help(const Session& session) {
  const std::vector<std::string>& words = session.line.words;
  print(words.empty() ? short_help() : command_help(command_or_throw(words.front())));
}

void run_version(const Session&) { print_line(fmt::format("convreel {}", version())); }

}  // namespace convreel::cli
