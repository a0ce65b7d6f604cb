#include "cli/side_by_side.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/command_line.hpp"
#include "cli/load.hpp"
#include "explain/size.hpp"
#include "explain/stack_text.hpp"
#include "explain/title.hpp"
#include "job/layer_name.hpp"
#include "job/sources.hpp"
#include "job/stack.hpp"
#include "views/reel/reel.hpp"

namespace convreel::cli {
namespace {

using base::Error;
using base::ErrorKind;

constexpr std::size_t kFewest = 2, kMost = 4;

/// The options behind a layer's name.
job::JobSpec flags_of(const std::vector<std::string>& words, const std::string& operand) {
  const CommandLine line = read_command_line(words);
  if (!line.flags.outputs.empty())
    throw Error(ErrorKind::usage, fmt::format("compare: \"{}\" has an output of its own", operand),
                "there is one picture: write -o after the layers");
  return line.flags;
}

/// "stack 'Conv2d(1, 1, 3)' 'ReLU()' -i 6", "upsample -i 6", a Sequential with options behind it.
job::JobSpec stack_of(const std::vector<std::string>& words, const std::string& operand) {
  const CommandLine line = read_command_line(words);
  job::JobSpec spec;
  for (const std::string& word : words.front() == "stack" ? line.words : mapping_layers(words.front(), line))
    for (std::string& layer : job::stack_layers(word)) spec.stack.push_back(std::move(layer));
  return job::merge(spec, flags_of(words, operand));
}

job::JobSpec spec_of(const std::string& operand) {
  const std::vector<std::string> words = base::shell_words(operand);
  if (words.empty()) throw Error(ErrorKind::usage, "compare: a layer without words", "write 'conv2d -s 2'");
  if (says_stack(words)) return stack_of(words, operand);
  if (const auto [line, options] = job::line_and_options(operand); !options.empty()) {
    std::vector<std::string> rest = base::shell_words(options);
    if (job::looks_like_stack(line) || job::looks_like_mapping(line)) {
      rest.insert(rest.begin(), {"stack", std::string(line)});
      return stack_of(rest, operand);
    }
    job::JobSpec layer = job::from_layer_string(line);
    rest.insert(rest.begin(), std::string(job::name(*layer.layer)));
    return job::merge(layer, flags_of(rest, operand));
  }
  if (!job::layer_named(words.front())) {
    const std::vector<job::JobSpec> specs = specs_from(operand);
    if (specs.size() == 1) return specs.front();
    throw Error(ErrorKind::usage, fmt::format("compare: {} names {} layers", operand, specs.size()), "name one each");
  }
  job::JobSpec layer;
  layer.layer = job::layer_named(words.front());
  return job::merge(layer, flags_of(words, operand));
}

}  // namespace

std::vector<job::JobSpec> compared_specs(const job::JobSpec& spec) {
  const std::vector<std::string>& operands = spec.compare;
  if (operands.size() < kFewest || operands.size() > kMost)
    throw Error(ErrorKind::usage, fmt::format("compare takes {} to {} layers, not {}", kFewest, kMost, operands.size()),
                "convreel compare 'conv2d -s 1' 'conv2d -s 2' -o both.gif");
  if (spec.layer)
    throw Error(ErrorKind::usage, "compare and a layer of one's own do not go together", "name every layer in compare");
  std::vector<job::JobSpec> specs;
  job::JobSpec shared = spec;
  shared.compare.clear();
  shared.show.title.reset();  // the picture's; a layer's own title stands above the layer
  for (const std::string& operand : operands) specs.push_back(job::merge(shared, spec_of(operand)));
  return specs;
}

std::vector<std::string> subtitles(const std::vector<const numerics::Layer*>& layers) {
  std::vector<std::vector<std::pair<std::string, std::string>>> chips;
  for (const numerics::Layer* layer : layers) chips.push_back(views::chips(*layer));
  const std::string first = explain::layer_name(*layers.front());
  const bool kinds = std::any_of(layers.begin(), layers.end(),
                                 [&](const numerics::Layer* layer) { return explain::layer_name(*layer) != first; });
  const bool rules =
      std::ranges::any_of(layers, [&](const numerics::Layer* layer) { return layer->rules != layers.front()->rules; });
  std::vector<std::string> lines;
  for (std::size_t l = 0; l < layers.size(); ++l) {
    std::string line = rules   ? std::string(numerics::row_of(layers[l]->rules).title)
                       : kinds ? explain::capitalised(explain::layer_name(*layers[l]))
                               : "";
    for (const auto& chip : chips[l]) {
      const bool differs = std::any_of(chips.begin(), chips.end(), [&](const auto& other) {
        return std::find(other.begin(), other.end(), chip) == other.end();
      });
      if (differs && chip.first != "rules")
        line += fmt::format("{}{} {}", line.empty() ? "" : ", ", chip.first, chip.second);
    }
    if (line.empty()) line = explain::layer_title(*layers[l]);
    line += " → " + explain::size_text(numerics::geometry(*layers[l]).output, layers[l]->dims);
    lines.push_back(std::move(line));
  }
  return lines;
}

std::string subtitle(const std::vector<numerics::Stage>& stack) {
  return fmt::format("{}: {}, {}", explain::stack_title(stack),
                     explain::shape_text(stack.back().output_shape(), stack.back().dims()),
                     explain::stack_costs(stack));
}

bool compares_stacks(const std::vector<job::JobSpec>& specs) {
  return std::ranges::any_of(specs, [](const job::JobSpec& spec) { return !spec.stack.empty(); });
}

}  // namespace convreel::cli
