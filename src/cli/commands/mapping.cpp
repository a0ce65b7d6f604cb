// convreel upsample, pixel-shuffle, relu, ...: a mapping alone, as a stack of it and what it needs before itself.
#include <algorithm>

#include "cli/command.hpp"
#include "cli/commands/animate.hpp"
#include "cli/commands/commands.hpp"
#include "cli/load.hpp"
#include "job/stack.hpp"

namespace convreel::cli {

void run_mapping(const Session& session) {
  const auto mapping =
      std::ranges::find(job::mapping_commands(), session.line.command_name, &job::MappingCommand::command);
  std::vector<std::optional<std::string>> values;
  for (const auto& parameter : mapping->parameters) values.push_back(value(session.line, parameter.option));
  const std::vector<std::string> layers = job::layers_of(*mapping, values, session.line.flags.in_channels.value_or(1));
  if (layers.size() > 1) session.console.detail("with the layer that it needs: " + layers.front());
  animate(session, [&] { return stack_specs(layers, session.line); });
}

}  // namespace convreel::cli
