// convreel explain: the arithmetic in words, or as the trace's JSON without its bulk.
#include "cli/commands/explain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "base/byte_sink.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/code_text.hpp"
#include "cli/command.hpp"
#include "cli/commands/commands.hpp"
#include "cli/load.hpp"
#include "cli/print.hpp"
#include "explain/full_text.hpp"
#include "explain/gradient_text.hpp"
#include "explain/stack_text.hpp"
#include "output/json/json.hpp"
#include "views/catalogue.hpp"

namespace convreel::cli {
namespace {

std::string json_of(const job::Chain& chain) {
  base::MemorySink sink;
  output::write_chain(chain, output::TraceParts::arithmetic, sink);
  return {sink.bytes().begin(), sink.bytes().end()};
}

std::string text_of(const job::Chain& chain, const Session& session) {
  if (const auto frameworks = value(session.line, "as")) return code_text(chain, *frameworks, session.line.json);
  if (session.line.json) return json_of(chain);
  if (chain.stack) return explain::stack_text(chain.stages);
  const std::string forward = explain::full_text(chain.only());
  if (!chain.grad_output) return forward;
  return forward + explain::gradient_section({chain.only(), *chain.grad_output});
}

/// Words follow a view that shows another pass; for the others they are the same.
void check_views(const job::JobSpec& flags) {
  for (const std::string& name : flags.show.views)
    if (!views::view_named(name).gradients)
      throw base::Error(base::ErrorKind::usage, fmt::format("--view {}: explain says the same for it", name),
                        "leave --view out; --view backward adds the gradients");
}

/// Ends with exactly one line break.
std::string ended(std::string text) {
  while (text.ends_with('\n')) text.pop_back();
  return text + "\n";
}

}  // namespace

void explain_specs(const Session& session, const std::vector<job::JobSpec>& specs) {
  std::vector<job::Job> jobs;
  for (const job::JobSpec& spec : specs) std::ranges::move(jobs_to_explain(spec), std::back_inserter(jobs));
  for (const job::Job& job : jobs) {
    if (jobs.size() > 1 && !session.line.json) print(fmt::format("# {}\n\n", base::printable(job.name)));
    print(ended(text_of(job.chain, session)));
  }
}

void run_explain(const Session& session) {
  note_misnomer(session.line.words.front(), session.console);
  check_views(session.line.flags);
  explain_specs(session, specs_of(session.line));
}

}  // namespace convreel::cli
