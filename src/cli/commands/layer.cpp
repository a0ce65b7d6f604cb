// convreel conv2d, transpose, max-pool, ...: a layer from flags alone.
#include "cli/commands/animate.hpp"
#include "cli/commands/commands.hpp"
#include "cli/load.hpp"
#include "spec/layer_name.hpp"

namespace convreel::cli {

void run_layer(const Session& session) {
  note_misnomer(session.line.command_name, session.console);
  spec::JobSpec layer;
  layer.layer = spec::layer_named(session.line.command_name);
  animate(session, [&] { return std::vector{spec::merge(layer, session.line.flags)}; });
}

}  // namespace convreel::cli
