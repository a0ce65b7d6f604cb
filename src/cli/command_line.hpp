// Words to values: argv becomes a CommandLine. The only user of CLI11; which options there are comes from the tables.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/limits.hpp"
#include "job/job_spec.hpp"

namespace convreel::cli {

struct Command;

/// What a person typed after the command, read but not decided.
struct CommandLine {
  const Command* command = nullptr;
  std::string command_name;        ///< as typed: "transpose"
  std::vector<std::string> words;  ///< operands
  job::JobSpec flags;
  job::JobSpec configured;  ///< what configuration files say, below everything else
  /// The command's own options as they were given, in order: ("parameter-list", "stride=1,2"); "" for a switch.
  std::vector<std::pair<std::string, std::string>> own;
  base::Limits limits;
  int jobs = 0;  ///< 0: all cores
  std::string progress = "auto", color = "auto";
  bool quiet = false, verbose = false, timings = false, json = false, help = false, version = false, no_config = false;
};

/// `spec` with what was typed over it and what is configured below it.
[[nodiscard]] job::JobSpec completed(const job::JobSpec& spec, const CommandLine& line);

/// Whether one of the command's own options was given, its values in order, its only value.
[[nodiscard]] bool has(const CommandLine& line, std::string_view own);
[[nodiscard]] std::vector<std::string> values(const CommandLine& line, std::string_view own);
[[nodiscard]] std::optional<std::string> value(const CommandLine& line, std::string_view own);

/// Reads the arguments after the program's name. An empty list gives a CommandLine without a command.
/// Throws Error{usage} with every mistake: unknown commands and flags (with near ones), a flag given twice, bad values.
[[nodiscard]] CommandLine read_command_line(std::span<const std::string> arguments);

}  // namespace convreel::cli
