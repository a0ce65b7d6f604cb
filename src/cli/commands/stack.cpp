// convreel stack: several layers, each fed with the one before.
#include "cli/commands/animate.hpp"
#include "cli/commands/commands.hpp"
#include "cli/load.hpp"

namespace convreel::cli {

void run_stack(const Session& session) {
  animate(session, [&] { return stack_specs(session.line.words, session.line); });
}

}  // namespace convreel::cli
