#include "cli/command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/commands/commands.hpp"
#include "cli/near_misses.hpp"
#include "data/source.hpp"
#include "job/layer_name.hpp"
#include "job/stack.hpp"

namespace convreel::cli {
namespace {

using Words = std::string_view;

constexpr std::array<Words, 7> kListed{"layers", "views", "formats", "themes", "presets", "kernels", "limits"};
constexpr std::array<Words, 3> kShells{"bash", "zsh", "fish"};
constexpr std::array<Words, 4> kPages{"commands", "exit-codes", "limits", "man"};

/// Names of a job's options, for a command.
struct OptionList {
  void (*run)(const Session&);
  std::span<const Words> names;
};

// What a command takes otherwise than its kind (Takes) says. Only jobs that name a model say which part of it.
constexpr std::array<Words, 6> kNotOfLayers{"layer", "compare", "model", "model-part", "channels", "crop"};
constexpr std::array<Words, 7> kNotCompared{"layer",      "compare",  "grad-values", "model",
                                            "model-part", "channels", "crop"};
constexpr std::array<Words, 7> kNotSolved{"layer",      "output-size", "grad-values", "model",
                                          "model-part", "channels",    "crop"};
constexpr std::array<Words, 1> kNotExplained{"compare"}, kNotPreviewed{"grad-values"}, kExplained{"view"};
constexpr std::array<Words, 4> kPreviewed{"view", "title", "chapters", "steps"};

/// Left out.
constexpr std::array kWithout{OptionList{run_layer, kNotOfLayers}, OptionList{run_compare, kNotCompared},
                              OptionList{run_solve, kNotSolved}, OptionList{run_explain, kNotExplained},
                              OptionList{run_show, kNotPreviewed}};
/// Instead of all options of a layer and its numbers.
constexpr std::array kOnly{OptionList{run_stack, job::kStackOptions}, OptionList{run_mapping, job::kStackOptions},
                           OptionList{run_model, job::kModelOptions}};
/// Besides those.
constexpr std::array kBesides{OptionList{run_explain, kExplained}, OptionList{run_show, kPreviewed}};

/// Whole command lines that show what a layer is good for.
const std::map<Words, std::vector<std::string>> kLayerExamples{
    {"conv2d",
     {"convreel conv2d -i 5 -k 3 -s 2 -p 1 -o conv.gif",
      "convreel conv2d --input-values photo.jpg -i 24x32 --kernel-values sobel-x -o edges.mp4",
      "convreel conv2d --input-values '1 2 3; 4 5 6; 7 8 9' --kernel-values '1 0; 0 -1' -o small.gif -o small.png"}},
    {"conv1d",
     {"convreel conv1d -i 8 -k 3 -d 2 -o dilated.gif",
      "convreel conv1d -i 6 -k 3 -p 2,0 --title 'Causal' -o causal.gif"}},
    {"conv-transpose2d",
     {"convreel conv-transpose2d -i 3 -k 3 -s 2 -p 1 -o transposed.gif",
      "convreel transpose -i 2 -k 3 -s 2 --output-padding 1 -o padded.gif -o padded.mp4",
      "convreel transpose -i 3 -k 3 -s 2 -p 1 --output-size 6 -o six.gif"}},
    {"conv-transpose1d", {"convreel conv-transpose1d -i 4 -k 4 -s 2 -p 1 -o up.gif"}},
    {"max-pool2d",
     {"convreel max-pool2d -i 6 -k 2 -o pool.gif", "convreel max-pool2d -i 5 -k 3 -s 2 -p 1 --ceil-mode -o ceil.gif"}},
    {"max-pool1d", {"convreel max-pool1d -i 8 -k 2 -o pool.gif"}},
    {"avg-pool2d",
     {"convreel avg-pool2d -i 6 -k 2 -o mean.gif",
      "convreel avg-pool2d -i 5 -k 3 -s 2 -p 1 --no-count-include-pad -o mean.gif"}},
    {"avg-pool1d", {"convreel avg-pool1d -i 8 -k 2 -o mean.gif"}}};

std::vector<std::string> examples_of(const std::string& layer) {
  const auto found = kLayerExamples.find(layer);
  if (found != kLayerExamples.end()) return found->second;
  return {fmt::format("convreel {0} -i 6 -k 2 -o {0}.gif", layer)};
}

Command layer_command(const job::LayerRow& row) {
  const numerics::KindRow& kind = numerics::row_of(row.layer.kind);
  Command command{row.name,
                  {},
                  fmt::format("animate {}{}-D {}", kind.weights ? "a " : "", row.layer.dims, kind.title),
                  "",
                  {},
                  Takes::everything,
                  false,
                  false,
                  examples_of(row.name),
                  run_layer,
                  watch_options()};
  for (const std::string& name : {std::cref(row.short_name), std::cref(row.misnomer)})
    if (!name.empty()) command.aliases.push_back(name);
  return command;
}

/// What PyTorch's parameters mean, in a few words.
constexpr std::array<std::pair<Words, Words>, 21> kParameterHelp{{
    {"negative-slope", "what negative values are multiplied by"},
    {"min-val", "smaller values become this"},
    {"max-val", "larger values become this"},
    {"num-features", "channels"},
    {"eps", "added to the variance"},
    {"output-size", "size of the output: N or RxC"},
    {"scale-factor", "how many times as large: a number or RxC"},
    {"mode", "nearest, linear (1-D), bilinear or bicubic"},
    {"align-corners", "but for nearest: true or false, whether corners stay corners"},
    {"recompute-scale-factor", "true or false: the scale follows from the sizes"},
    {"upscale-factor", "rows and columns for every channel's square"},
    {"downscale-factor", "rows and columns that become channels"},
    {"kernel-size", "the pool's window: N or RxC"},
    {"stride", "the pool's stride"},
    {"padding", "cells around: a number, or LEFT,RIGHT,TOP,BOTTOM; of an unpooling its pool's"},
    {"in-features", "values in a row that it reads"},
    {"out-features", "values that it gives"},
    {"bias", "of batch normalisation added at last, a number a channel; of a linear layer true or false"},
    {"running-mean", "a number a channel"},
    {"running-var", "a number a channel"},
    {"weight", "a number a channel"},
}};

Option parameter_option(const job::MappingCommand::Parameter& parameter) {
  constexpr std::array<std::pair<Words, char>, 3> kShort{{{"kernel-size", 'k'}, {"stride", 's'}, {"padding", 'p'}}};
  const auto* help = std::ranges::find(kParameterHelp, Words(parameter.option), &std::pair<Words, Words>::first);
  const auto* letter = std::ranges::find(kShort, Words(parameter.option), &std::pair<Words, char>::first);
  return {parameter.option,
          letter == kShort.end() ? char{0} : letter->second,
          "VALUE",
          help == kParameterHelp.end() ? Words{} : help->second,
          parameter.fallback,
          {}};
}

void add_parameters(std::vector<Option>& options, const job::MappingCommand& mapping) {
  for (const auto& parameter : mapping.parameters) options.push_back(parameter_option(parameter));
}

/// A mapping's options, kept as long as the program runs.
std::span<const Option> mapping_options(const job::MappingCommand& mapping) {
  static std::map<std::string, std::vector<Option>> kept;
  std::vector<Option>& options = kept[mapping.command];
  if (options.empty()) {
    add_parameters(options, mapping);
    options.insert(options.end(), watch_options().begin(), watch_options().end());
  }
  return options;
}

Command mapping_command(const job::MappingCommand& mapping) {
  const bool linear = mapping.before == "Flatten";
  return {mapping.command,
          {},
          fmt::format("animate {}: {}", mapping.torch_name, mapping.summary),
          "",
          {},
          Takes::everything,
          false,
          mapping.dims == 1 || mapping.dims == 3,
          {fmt::format("convreel {0} -i 4{1} -o {0}.gif", mapping.command,
                       linear                               ? " --in-features 16 --out-features 3"
                       : mapping.command == "pixel-shuffle" ? " --in-channels 4"
                                                            : "")},
          run_mapping,
          mapping_options(mapping)};
}

const std::array kOtherCommands{
    Command{"render",
            {},
            "animate a job file, a preset or a layer as PyTorch prints it",
            "SPEC...",
            {},
            Takes::everything,
            false,
            false,
            {"convreel render job.toml -o out.gif", "convreel render 'preset:article/*' -o 'gifs/{name}.gif'",
             "convreel render preset:article/transposed-s2p1 --theme light -o a.mp4",
             "convreel render 'ConvTranspose2d(1, 1, kernel_size=3, stride=2, padding=1)' -o pasted.gif"},
            run_render,
            watch_options()},
    Command{
        "compare",
        {},
        "animate two to four layers side by side, in step, with cells of one size",
        "LAYER...",
        {},
        Takes::everything,
        false,
        false,
        {"convreel compare 'conv2d -s 1' 'conv2d -s 2' -o both.gif",
         "convreel compare 'transpose -i 5 -k 3 -s 2' 'transpose -i 5 -k 4 -s 2' --view overlap -o checkerboard.gif",
         "convreel compare 'conv2d -i 6 -s 2 -p 1' 'conv2d -i 6 -s 2 -p same-upper' --title 'Whose SAME?' -o same.gif"},
        run_compare,
        watch_options()},
    Command{
        "stack",
        {},
        "animate several layers, each fed with the one before",
        "LAYER...",
        {},
        Takes::everything,
        false,
        false,
        {"convreel stack 'Conv2d(1, 1, 3)' 'ReLU()' 'MaxPool2d(2)' -i 8 -o stack.gif",
         "convreel stack 'Upsample(scale_factor=2)' 'Conv2d(1, 1, 3, padding=1) --kernel-values box' -i 3 -o up.gif",
         "convreel stack \"$(python3 -c 'from net import net; print(net)')\" -i 28 -o net.mp4"},
        run_stack,
        watch_options()},
    Command{
        "model",
        {},
        "print an ONNX model's layers, or animate some of them with their weights",
        "FILE.onnx",
        {},
        Takes::everything,
        true,
        false,
        {"convreel model unet.onnx", "convreel model unet.onnx --csv > layers.csv",
         "convreel model lenet.onnx --layer conv1 --channels 0:2 --crop 8x8 -o conv1.gif",
         "convreel model lenet.onnx --layers 1..2 --input-values digit.png --channels 0:0 --crop 10x10 -o front.mp4"},
        run_model,
        model_options()},
    Command{"sweep",
            {},
            "make many animations: axes over any option, a manifest and a gallery",
            "[SPEC]...",
            {},
            Takes::everything,
            false,
            false,
            {"convreel sweep transpose -P stride=1..3 -P padding=0..2 -L kernel_size=2,3,4 -o "
             "'out/k{kernel_size}_s{stride}_p{padding}.gif'",
             "convreel sweep conv2d --zip -L kernel_size=3,5,7 -L padding=1,2,3 -o 'same/{i:02}.mp4' --dry-run",
             "convreel sweep 'preset:article/*' -L theme=light,dark -o 'out/{name}-{theme}.gif' --contact-sheet "
             "out/all.png",
             "convreel sweep lecture.toml --shard 2/4 --resume", "convreel sweep --merge out"},
            run_sweep,
            sweep_options()},
    Command{
        "solve",
        {},
        "find the layers that turn one size into another",
        "LAYER...",
        {},
        Takes::everything,
        true,
        false,
        {"convreel solve transpose -i 14 --to 28", "convreel solve conv2d --from 224 --to 112 -k 3,5,7 -p 0..3",
         "convreel solve 'Conv2d(1, 1, kernel_size=?, stride=2, padding=?)' -i 28 --to 14 --json",
         "convreel solve 'Conv2d(1, 1, 3)' 'ReLU()' 'Conv2d(1, 1, kernel_size=?, stride=2, padding=?)' -i 30 --to 14",
         "convreel solve transpose -i 3 --to 6 -k 2..4 -s 2 --compare 2 -o two.gif"},
        run_solve,
        solve_options()},
    Command{"explain",
            {},
            "print the arithmetic: sizes, what is derived, dropped, legal",
            "SPEC",
            {},
            Takes::layer_and_data,
            true,
            false,
            {"convreel explain conv2d -i 6 -k 3 -s 2 -p 1",
             "convreel explain 'ConvTranspose2d(1, 1, kernel_size=3, stride=2, padding=1)' -i 3",
             "convreel explain stack 'Conv2d(1, 4, 3)' 'ReLU()' 'MaxPool2d(2)' -i 8",
             "convreel explain conv2d -i 6 -s 2 -p same-upper --as pytorch,keras",
             "convreel explain preset:article/transposed-s2p1 --json"},
            run_explain,
            explain_options()},
    Command{"show",
            {},
            "step through a layer in the terminal, or print it as text",
            "SPEC",
            {},
            Takes::preview,
            false,
            false,
            {"convreel show conv2d -i 5 -k 3 -s 2 -p 1", "convreel show transpose -i 3 -s 2 --view stamp",
             "convreel show conv2d --steps 4 | less"},
            run_show},
    Command{"help",
            {},
            "print the help of a command",
            "[COMMAND]",
            {},
            Takes::nothing,
            false,
            false,
            {"convreel help conv2d"},
            run_help},
    Command{
        "version", {}, "print the version", "", {}, Takes::nothing, false, false, {"convreel version"}, run_version},
    Command{"list",
            {},
            "print what there is to choose from",
            "WHAT",
            kListed,
            Takes::nothing,
            true,
            false,
            {"convreel list presets", "convreel list formats --json"},
            run_list},
    Command{"doctor",
            {},
            "print which encoders and fonts are here, and what each lack costs",
            "",
            {},
            Takes::nothing,
            true,
            false,
            {"convreel doctor"},
            run_doctor},
    Command{"completions",
            {},
            "print the completions of a shell",
            "SHELL",
            kShells,
            Takes::nothing,
            false,
            false,
            {"convreel completions bash > ~/.local/share/bash-completion/completions/convreel",
             "convreel completions zsh > ~/.zfunc/_convreel",
             "convreel completions fish > ~/.config/fish/completions/convreel.fish"},
            run_completions},
    Command{"reference",
            {},
            "print a page of the reference from the tables",
            "PAGE",
            kPages,
            Takes::nothing,
            false,
            true,
            {"convreel reference commands > docs/reference/commands.md"},
            run_reference},
};

/// The command's names; null when it has none.
const OptionList* names_of(std::span<const OptionList> all, const Command& command) {
  const auto found = std::ranges::find(all, command.run, &OptionList::run);
  return found == all.end() ? nullptr : &*found;
}

bool among(const OptionList* names, const job::Field& field) {
  return names && std::ranges::find(names->names, field.name) != names->names.end();
}

/// An option that a command reads in its own way.
bool own(const Command& command, const job::Field& field) {
  return std::ranges::find(command.own, field.name, &Option::name) != command.own.end();
}

}  // namespace

std::span<const Command> commands() {
  static const std::vector kCommands = [] {
    std::vector<Command> all;
    for (const job::LayerRow& row : job::layer_rows()) all.push_back(layer_command(row));
    for (const job::MappingCommand& mapping : job::mapping_commands()) all.push_back(mapping_command(mapping));
    all.insert(all.end(), kOtherCommands.begin(), kOtherCommands.end());
    return all;
  }();
  return kCommands;
}

bool takes(const Command& command, const job::Field& field) {
  const bool of_layer = field.group == job::Group::layer || field.group == job::Group::data;
  if (among(names_of(kWithout, command), field) || own(command, field)) return false;
  if (const OptionList* only = names_of(kOnly, command); only && of_layer) return among(only, field);
  if (among(names_of(kBesides, command), field)) return true;
  return command.takes == Takes::everything || (command.takes != Takes::nothing && of_layer);
}

const Command& with_mapping(const Command& command, const job::MappingCommand& mapping) {
  struct Kept {
    std::vector<Option> own;
    Command command;
  };
  static std::map<std::pair<Words, std::string>, Kept> all;
  Kept& kept = all[{command.name, mapping.command}];
  if (kept.own.empty()) {
    kept.own.assign(command.own.begin(), command.own.end());
    add_parameters(kept.own, mapping);
    kept.command = command;
    kept.command.own = kept.own;
  }
  return kept.command;
}

const Command* command_named(std::string_view name) {
  for (const Command& command : commands()) {
    if (command.name == name) return &command;
    for (const std::string_view alias : command.aliases)
      if (alias == name) return &command;
  }
  return nullptr;
}

bool can_be_rendered(std::string_view word) {
  return word.find('(') != word.npos || word.starts_with("preset:") || word.ends_with(".toml");
}

namespace {

std::string hint_for(std::string_view name) {
  if (data::names_file(name))
    return fmt::format("it names the input of a layer: convreel conv2d --input-values {} -o out.gif", name);
  std::vector<std::string_view> names;
  for (const Command& command : commands()) {
    if (command.hidden) continue;
    names.push_back(command.name);
    names.insert(names.end(), command.aliases.begin(), command.aliases.end());
  }
  return meant(name, names).value_or("convreel --help lists the commands");
}

}  // namespace

const Command& command_or_throw(std::string_view name) {
  if (const Command* command = command_named(name)) return *command;
  throw base::Error(base::ErrorKind::usage, fmt::format("unknown command \"{}\"", name), hint_for(name));
}

std::string version() { return CONVREEL_VERSION; }

}  // namespace convreel::cli
