// convreel explain: the arithmetic in words, or as the trace's JSON without its bulk.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "base/byte_sink.hpp"
#include "cli/command.hpp"
#include "cli/commands/commands.hpp"
#include "cli/load.hpp"
#include "cli/print.hpp"
#include "explain/full_text.hpp"
#include "explain/stack_text.hpp"
#include "output/json/json.hpp"

namespace convreel::cli {
namespace {

std::string json_of(const job::Chain& chain) {
  base::MemorySink sink;
  output::write_chain(chain, output::TraceParts::arithmetic, sink);
  return {sink.bytes().begin(), sink.bytes().end()};
}

std::string text_of(const job::Chain& chain) {
  return chain.stack ? explain::stack_text(chain.stages) : explain::full_text(chain.only());
}

/// Ends with exactly one line break.
std::string ended(std::string text) {
  while (text.ends_with('\n')) text.pop_back();
  return text + "\n";
}

}  // namespace

void run_explain(const Session& session) {
  note_misnomer(session.line.words.front(), session.console);
  std::vector<job::Job> jobs;
  for (const job::JobSpec& spec : specs_of(session.line))
    std::ranges::move(jobs_to_explain(spec), std::back_inserter(jobs));
  for (const job::Job& job : jobs) {
    if (jobs.size() > 1 && !session.line.json) print(fmt::format("# {}\n\n", job.name));
    print(ended(session.line.json ? json_of(job.chain) : text_of(job.chain)));
  }
}

}  // namespace convreel::cli
