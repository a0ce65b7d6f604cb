#include "cli/run.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <exception>
#include <filesystem>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <system_error>
#include <vector>

#include "base/error.hpp"
#include "base/room.hpp"
#include "base/text.hpp"
#include "batch/timings.hpp"
#include "cli/command.hpp"
#include "cli/commands/commands.hpp"
#include "cli/config.hpp"
#include "cli/help.hpp"
#include "cli/print.hpp"
#include "cli/safe.hpp"
#include "cli/signals.hpp"
#include "cli/stdin_values.hpp"

namespace convreel::cli {
namespace {

using base::Error;
using base::ErrorKind;

/// --color as typed, before anything is parsed, so that a mistake in the command line is told in the right colours.
std::string colour_choice(const std::vector<std::string>& arguments) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i].starts_with("--color=")) return arguments[i].substr(8);
    if (arguments[i] == "--color" && i + 1 < arguments.size()) return arguments[i + 1];
  }
  return "auto";
}

/// The operand is there, once, and of the closed set where there is one.
void check_operand(const CommandLine& line) {
  const Command& command = *line.command;
  if (command.operand.empty()) return;
  if (line.words.empty() && command.operand.starts_with('[')) return;
  if (line.words.empty())
    throw Error(ErrorKind::usage, fmt::format("convreel {} needs {}", command.name, command.operand),
                std::string(command.examples.front()));
  const bool of_stack = command.run == run_explain && line.words.front() == "stack";
  if (line.words.size() > 1 && !of_stack && !command.operand.ends_with("..."))
    throw Error(ErrorKind::usage,
                fmt::format("convreel {} takes one {}, not also \"{}\"", command.name, command.operand, line.words[1]));
  const std::string& word = line.words.front();
  if (command.operands.empty() || std::ranges::find(command.operands, word) != command.operands.end()) return;
  const auto near = base::nearest(word, command.operands);
  throw Error(ErrorKind::usage,
              fmt::format("{} is one of {}, not \"{}\"", command.operand, fmt::join(command.operands, ", "), word),
              near ? fmt::format("did you mean {}?", *near) : std::string{});
}

void configure(CommandLine& line, Console& console) {
  if (line.no_config) return;
  for (const ConfigFile& file : config_files_here()) {
    console.detail(fmt::format("settings of {}", file.path.string()));
    line.configured = job::merge(line.configured, file.spec);
  }
}

void do_command(CommandLine& line, Console& console, const base::Cancel& cancel) {
  if (line.version) return run_version({line, console, cancel});
  if (!line.command) return print(short_help());
  if (line.help) return print(command_help(*line.command));
  check_operand(line);
  if (line.command->takes == Takes::everything || line.command->takes == Takes::preview) configure(line, console);
  line.command->run({line, console, cancel});
}

Error out_of_memory() {
  return {ErrorKind::run_time, "out of memory", "make the layer or the picture smaller, or use -j 1"};
}

/// Anything but base::Error is a fault of ours or of the machine, told in a sentence.
int report(Console& console, std::exception_ptr failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const Error& error) {
    console.error(error);
    return static_cast<int>(error.kind());
  } catch (const std::bad_alloc&) {
    console.error(out_of_memory());
  } catch (const std::length_error&) {
    console.error(out_of_memory());
  } catch (const std::filesystem::filesystem_error& failed) {
    console.error(
        Error(ErrorKind::run_time, fmt::format("cannot use {}: {}", failed.path1().string(), failed.code().message())));
  } catch (const std::system_error& failed) {  // the machine refused a thread, a lock, a file
    console.error(Error(ErrorKind::run_time, fmt::format("the system refused: {}", failed.what())));
  } catch (const std::exception& fault) {
    console.error(Error(ErrorKind::run_time, fmt::format("unexpected failure: {}", fault.what()),
                        "this is a fault of convreel; please report it with the command line"));
  }
  return static_cast<int>(ErrorKind::run_time);
}

/// A descriptor that is closed would be given to the next file opened, and messages would be written into that one.
void open_standard_streams() {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    if (fcntl(stream, F_GETFD) < 0) static_cast<void>(open("/dev/null", O_RDONLY));
}

}  // namespace

int run(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + (argc > 0 ? 1 : 0), argv + argc);
  open_standard_streams();
  static base::Cancel cancel;  // the signal handlers keep its address
  cancel_on_signals(cancel);
  ConsoleSettings settings;
  settings.colour = use_colour(colour_choice(arguments), isatty(STDERR_FILENO) != 0);
  auto console = std::make_unique<Console>(settings);
  try {
    base::need_stack();
    CommandLine line = read_command_line(arguments);
    keep_safe(line, cancel);
    tell_of_memory_faults();
    const StdinValues piped(line.flags, line.limits);
    console = std::make_unique<Console>(ConsoleSettings{settings.colour, line.quiet, line.verbose, line.progress});
    batch::Timings timings;
    batch::Timings::during(&timings, "total", [&] { do_command(line, *console, cancel); });
    if (line.timings) {
      print_timings(timings);
      print_cpu_time();
    }
    return 0;
  } catch (...) {
    return report(*console, std::current_exception());
  }
}

}  // namespace convreel::cli
