// convreel explain: the arithmetic in words, or as the trace's JSON without its bulk.
#include "explain/explain.hpp"

#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/commands/commands.hpp"
#include "cli/load.hpp"
#include "cli/print.hpp"
#include "output/trace_json.hpp"

namespace convreel::cli {

void run_explain(const Session& session) {
  note_misnomer(session.line.words.front(), session.console);
  const std::vector<spec::JobSpec> specs = specs_of(session.line);
  for (const spec::JobSpec& spec : specs) {
    const spec::Job job = job_to_explain(spec);
    if (specs.size() > 1 && !session.line.json) print(fmt::format("# {}\n\n", job.name));
    print_line(session.line.json ? output::trace_summary(job.trace) : explain::full_text(job.trace));
  }
}

}  // namespace convreel::cli
