// Mappings as commands of their own: options are PyTorch's parameters, and the layer is written as PyTorch prints it.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

#include "base/error.hpp"
#include "base/text.hpp"
#include "job/python_call.hpp"
#include "job/stack.hpp"

namespace convreel::job {

namespace {

/// Parameters that change no number and no shape here.
constexpr std::array<std::string_view, 10> kIdle = {"inplace",   "device",        "dtype", "momentum",
                                                    "start_dim", "end_dim",       "p",     "track_running_stats",
                                                    "affine",    "return_indices"};
/// Numbers a channel that are written behind the layer.
constexpr std::array<std::string_view, 4> kStatistics = {"running-mean", "running-var", "weight", "bias"};

struct Fallback {
  std::string_view parameter, value;
};
constexpr Fallback kFallbacks[] = {{"scale_factor", "2"},
                                   {"upscale_factor", "2"},
                                   {"downscale_factor", "2"},
                                   {"output_size", "3"},
                                   {"kernel_size", "2"},
                                   {"padding", "1"},
                                   {"num_features", "the input's channels"}};

std::string_view fallback_of(std::string_view parameter, bool required, std::string_view torch_name) {
  const bool scales = torch_name.starts_with("Upsampl") && parameter == "scale_factor";
  if (!required && !scales) return {};
  const auto* found = std::ranges::find(kFallbacks, parameter, &Fallback::parameter);
  return found == std::end(kFallbacks) ? std::string_view{} : found->value;
}

bool is_upper(char c) { return std::isupper(static_cast<unsigned char>(c)) != 0; }
bool is_lower(char c) { return std::islower(static_cast<unsigned char>(c)) != 0; }

/// "AdaptiveAvgPool2d" as "adaptive-avg-pool2d", "LeakyReLU" as "leaky-relu".
std::string command_name(std::string_view name) {
  std::string made;
  for (std::size_t n = 0; n < name.size(); ++n) {
    const bool begins =
        n > 0 && n + 1 < name.size() && is_upper(name[n]) && is_lower(name[n - 1]) && is_lower(name[n + 1]);
    if (begins) made += '-';
    made += static_cast<char>(std::tolower(static_cast<unsigned char>(name[n])));
  }
  return made;
}

/// --size is the picture's.
std::string option_name(std::string_view parameter) {
  std::string name(parameter == "size" ? "output_size" : parameter);
  std::replace(name.begin(), name.end(), '_', '-');
  return name;
}

MappingCommand command_of(const MappingName& word) {
  numerics::Mapping kind_alone;
  kind_alone.kind = word.kind;
  MappingCommand made{
      command_name(word.torch_name), word.torch_name, numerics::row_of(kind_alone).summary, {}, word.dims, {}};
  std::size_t n = 0;
  if (!word.parameters.empty())
    for (const std::string_view parameter : base::split(word.parameters, ' ')) {
      const bool required = static_cast<int>(n++) < word.required;
      if (std::ranges::find(kIdle, parameter) != kIdle.end()) continue;
      made.parameters.push_back({option_name(parameter), parameter, fallback_of(parameter, required, word.torch_name)});
    }
  if (word.kind == numerics::MappingKind::batch_norm)
    for (const std::string_view option : kStatistics) made.parameters.push_back({std::string(option), {}, {}});
  if (word.kind == numerics::MappingKind::max_unpool) made.before = fmt::format("MaxPool{}d", word.dims);
  if (word.kind == numerics::MappingKind::linear) made.before = "Flatten";
  return made;
}

/// "2x3" and "1,2,1,2" are tuples, words stand in quotes.
std::string python_value(const std::string& text) {
  const bool number = base::parse_double(text).has_value();
  if (number) return text;
  if (text == "true" || text == "false") return text == "true" ? "True" : "False";
  std::string tuple = text;
  std::replace(tuple.begin(), tuple.end(), 'x', ',');
  const std::vector<std::string_view> parts = base::split(tuple, ',');
  if (std::ranges::all_of(parts, [](std::string_view part) { return base::parse_double(part).has_value(); }))
    return "(" + tuple + ")";
  if (text.find_first_of("'\\") != std::string::npos)
    throw base::Error(base::ErrorKind::usage, fmt::format("{} is no value of a layer", text), "leave the quotes out");
  return "'" + text + "'";
}

}  // namespace

const std::vector<MappingCommand>& mapping_commands() {
  static const std::vector<MappingCommand> kCommands = [] {
    std::vector<MappingCommand> all;
    for (const MappingName& word : mapping_words()) all.push_back(command_of(word));
    return all;
  }();
  return kCommands;
}

const MappingCommand* mapping_command_named(std::string_view command) {
  const auto found = std::ranges::find(mapping_commands(), command, &MappingCommand::command);
  return found == mapping_commands().end() ? nullptr : &*found;
}

std::optional<std::string> with_parameter(std::string_view text, std::string_view option, const std::string& value) {
  const auto call = python_call(text);
  const std::vector<MappingName> words = mapping_words();
  const auto word =
      std::ranges::find_if(words, [&](const MappingName& one) { return call && one.torch_name == call->name; });
  if (word == words.end() || word->parameters.empty()) return std::nullopt;
  const std::vector<std::string_view> parameters = base::split(word->parameters, ' ');
  const auto set = std::ranges::find_if(parameters, [&](std::string_view one) { return option_name(one) == option; });
  if (set == parameters.end()) return std::nullopt;
  std::vector<std::string> arguments{fmt::format("{}={}", *set, python_value(value))};
  for (const PythonArgument& argument : bound_arguments(*call, parameters, 0)) {
    // A size and a scale exclude each other.
    const bool resized =
        (*set == "size" || *set == "scale_factor") && (argument.name == "size" || argument.name == "scale_factor");
    if (argument.name != *set && !resized) arguments.push_back(fmt::format("{}={}", argument.name, argument.value));
  }
  return fmt::format("{}({})", call->name, fmt::join(arguments, ", "));
}

std::vector<std::string> layers_of(const MappingCommand& mapping, const std::vector<std::optional<std::string>>& values,
                                   std::int64_t channels) {
  const bool sized = std::ranges::any_of(mapping.parameters, [&](const MappingCommand::Parameter& parameter) {
    return parameter.name == "size" && values[static_cast<std::size_t>(&parameter - mapping.parameters.data())];
  });
  std::vector<std::string> arguments, behind;
  for (std::size_t n = 0; n < mapping.parameters.size(); ++n) {
    const MappingCommand::Parameter& parameter = mapping.parameters[n];
    const bool falls_back = !values[n] && !parameter.fallback.empty() && !(sized && parameter.name == "scale_factor");
    if (values[n] && parameter.name.empty())
      behind.push_back(fmt::format(" --{} '{}'", parameter.option, *values[n]));
    else if (values[n])
      arguments.push_back(fmt::format("{}={}", parameter.name, python_value(*values[n])));
    else if (falls_back)
      arguments.push_back(
          fmt::format("{}={}", parameter.name,
                      parameter.name == "num_features" ? std::to_string(channels) : std::string(parameter.fallback)));
  }
  const std::string brackets = "(" + base::join(arguments, ", ") + ")";
  std::vector<std::string> layers;
  if (!mapping.before.empty()) layers.push_back(mapping.before + (mapping.before == "Flatten" ? "()" : brackets));
  layers.push_back(mapping.torch_name + brackets + base::join(behind, ""));
  return layers;
}

}  // namespace convreel::job
