// THE table of commands: what each is called, takes and does. Help, completions and the reference page read it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/cancel.hpp"
#include "cli/command_line.hpp"
#include "cli/console.hpp"
#include "cli/options.hpp"
#include "job/fields.hpp"
#include "job/stack.hpp"

namespace convreel::cli {

/// What a command is given.
struct Session {
  const CommandLine& line;
  Console& console;
  const base::Cancel& cancel;
};

/// Which of a job's options a command takes.
/// preview: the layer, its numbers, and which of its pictures.
enum class Takes { nothing, layer_and_data, preview, everything };

struct Command {
  std::string_view name;
  std::vector<std::string_view> aliases;
  std::string summary;
  std::string_view operand;                    ///< "SPEC", "[SPEC]..."; empty when there is none
  std::span<const std::string_view> operands;  ///< closed sets, for completions and did-you-mean
  Takes takes = Takes::nothing;
  bool json = false;
  bool hidden = false;
  std::vector<std::string> examples;  ///< whole command lines
  void (*run)(const Session&) = nullptr;
  std::span<const Option> own{};  ///< options of this command alone
};

[[nodiscard]] std::span<const Command> commands();
/// Whether the command takes that option of a job. A layer command says the layer by its own name.
[[nodiscard]] bool takes(const Command& command, const job::Field& field);
/// A layer as PyTorch prints it, a preset or a job file: what `render` takes, and what needs no command before it.
[[nodiscard]] bool can_be_rendered(std::string_view word);
/// The command with the options of the mapping that its words name: "explain upsample --scale-factor 3".
[[nodiscard]] const Command& with_mapping(const Command& command, const job::MappingCommand& mapping);
/// By name or alias; null when unknown.
[[nodiscard]] const Command* command_named(std::string_view name);
/// The same, with Error{usage} and a near name when unknown.
[[nodiscard]] const Command& command_or_throw(std::string_view name);

/// The program's version, "0.1.0".
[[nodiscard]] std::string version();

}  // namespace convreel::cli
