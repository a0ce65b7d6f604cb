// convreel upsample, pixel-shuffle, relu, ...: a mapping alone, as a stack of it and what it needs before itself.
#include "cli/command.hpp"
#include "cli/commands/animate.hpp"
#include "cli/commands/commands.hpp"
#include "cli/load.hpp"

namespace convreel::cli {

void run_mapping(const Session& session) {
  const std::vector<std::string> layers = mapping_layers(session.line.command_name, session.line);
  if (layers.size() > 1) session.console.detail("with the layer that it needs: " + layers.front());
  animate(session, [&] { return stack_specs(layers, session.line); });
}

}  // namespace convreel::cli
