// convreel compare: several layers in one picture, in step.
#include "cli/commands/animate.hpp"
#include "cli/commands/commands.hpp"
#include "cli/load.hpp"

namespace convreel::cli {

void run_compare(const Session& session) {
  job::JobSpec spec;
  spec.compare = session.line.words;
  animate(session, [&] { return std::vector{completed(spec, session.line)}; });
}

}  // namespace convreel::cli
