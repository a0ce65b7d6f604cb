// convreel render: job files, presets and pasted layers, flags on top.
#include "cli/commands/animate.hpp"
#include "cli/commands/commands.hpp"
#include "cli/load.hpp"

namespace convreel::cli {

void run_render(const Session& session) {
  animate(session, [&] { return specs_of(session.line); });
}

}  // namespace convreel::cli
