// convreel conv2d, transpose, max-pool, ...: a layer from flags alone.
#include "cli/commands/animate.hpp"
#include "cli/commands/commands.hpp"
#include "cli/load.hpp"
#include "job/layer_name.hpp"

namespace convreel::cli {

void run_layer(const Session& session) {
  note_misnomer(session.line.command_name, session.console);
  job::JobSpec layer;
  layer.layer = job::layer_named(session.line.command_name);
  animate(session, [&] { return std::vector{completed(layer, session.line)}; });
}

}  // namespace convreel::cli
