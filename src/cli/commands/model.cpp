// convreel model: the layers of an ONNX file, or some of them as a job.
#include <algorithm>
#include <array>

#include "base/error.hpp"
#include "cli/command.hpp"
#include "cli/commands/animate.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/explain.hpp"
#include "cli/model_text.hpp"
#include "cli/print.hpp"
#include "model/part.hpp"

namespace convreel::cli {
namespace {

using base::Error;
using base::ErrorKind;

std::optional<std::string> part_asked(const CommandLine& line) {
  const auto layer = value(line, "layer"), layers = value(line, "layers");
  if (layer && layers) throw Error(ErrorKind::usage, "--layer and --layers do not go together", "give one of them");
  if (layers && layers->find("..") == std::string::npos)
    throw Error(ErrorKind::usage, "--layers takes A..B, not \"" + *layers + "\"", "--layer takes one");
  return layer ? layer : layers;
}

void refuse_without_part(const CommandLine& line) {
  for (const job::Field& field : job::fields()) {
    const bool sizes = field.name == "input-size";
    if (!sizes && field.print(line.flags))
      throw Error(ErrorKind::usage, "--" + std::string(field.name) + " needs to know which layer",
                  "--layer NAME, or --layers A..B for several");
  }
}

void print_table(const Session& session) {
  const CommandLine& line = session.line;
  refuse_without_part(line);
  const auto file = model::reader().read(line.words.front(), line.limits);
  const model::InputShape shape = model::input_shape(file->graph());
  const model::Network network(*file, model::asked_size(line.flags, shape));
  if (line.json) return print(model_json(network, file->graph()));
  print(has(line, "csv") ? model_csv(network) : model_table(network, file->graph()));
}

}  // namespace

void run_model(const Session& session) {
  const CommandLine& line = session.line;
  if (line.json && has(line, "csv"))
    throw Error(ErrorKind::usage, "--json and --csv are two ways to print the same", "give one of them");
  const auto part = part_asked(line);
  if (!part) return print_table(session);
  if (has(line, "csv")) throw Error(ErrorKind::usage, "--csv prints the table of all layers", "leave out --layer");
  job::JobSpec spec = completed({}, line);
  spec.model = line.words.front();
  spec.model_part = part;
  if (spec.outputs.empty()) return explain_specs(session, {spec});
  if (line.json) throw Error(ErrorKind::usage, "--json prints, and -o writes", "-o trace.json writes the trace");
  animate(session, [&] { return std::vector{spec}; });
}

}  // namespace convreel::cli
