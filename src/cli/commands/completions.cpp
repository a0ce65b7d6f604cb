// convreel completions: scripts for bash, zsh and fish, from the tables.
#include <fmt/format.h>

#include <set>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/commands/commands.hpp"
#include "cli/options.hpp"
#include "cli/print.hpp"
#include "job/fields.hpp"
#include "job/sources.hpp"
#include "theme/theme.hpp"
#include "views/catalogue.hpp"

namespace convreel::cli {
namespace {

/// One flag as a shell needs it.
struct Flag {
  std::string name;  ///< without dashes
  char short_name = 0;
  bool valued = false;
  std::string help;
  std::vector<std::string> choices;
};

std::vector<std::string> strings(std::span<const std::string_view> words) { return {words.begin(), words.end()}; }

/// Names that live in tables of other rooms than the option's own row.
std::vector<std::string> choices_of(const job::Field& field) {
  if (field.name == "theme") return theme::names();
  if (field.name == "view") {
    std::vector<std::string> names;
    for (const views::Row& row : views::catalogue()) names.emplace_back(row.name);
    return names;
  }
  return strings(field.codec.choices);
}

void add_field(std::vector<Flag>& flags, const job::Field& field) {
  const bool valued = !field.value.empty();
  flags.push_back({std::string(field.name), field.short_name, valued, std::string(field.help), choices_of(field)});
  if (!valued) flags.push_back({fmt::format("no-{}", field.name), 0, false, fmt::format("not --{}", field.name), {}});
}

Flag flag_of(const Option& option) {
  return {std::string(option.name), option.short_name, !option.value.empty(), std::string(option.help),
          strings(option.choices)};
}

std::vector<Flag> flags_of(const Command& command) {
  std::vector<Flag> flags;
  for (const job::Field& field : job::fields())
    if (takes(command, field)) add_field(flags, field);
  if (command.json) flags.push_back(flag_of(json_option()));
  for (const Option& option : command.own) flags.push_back(flag_of(option));
  for (const Option& option : general_options()) flags.push_back(flag_of(option));
  return flags;
}

std::vector<std::string> operands_of(const Command& command) {
  std::vector<std::string> words = strings(command.operands);
  if (command.name == "render" || command.name == "explain")
    for (const std::string& name : job::preset_names()) words.push_back("preset:" + name);
  if (command.name == "explain")
    for (const Command& other : commands())
      if (other.takes == Takes::everything && other.operand.empty()) words.emplace_back(other.name);
  return words;
}

std::vector<const Command*> shown() {
  std::vector<const Command*> all;
  for (const Command& command : commands())
    if (!command.hidden) all.push_back(&command);
  return all;
}

std::vector<std::string> names_of(const Command& command) {
  std::vector<std::string> names{std::string(command.name)};
  names.insert(names.end(), command.aliases.begin(), command.aliases.end());
  return names;
}

/// Flags with a closed set, each once, whatever command has them.
std::vector<Flag> chosen_flags() {
  std::vector<Flag> chosen;
  std::set<std::string> seen;
  for (const Command* command : shown())
    for (Flag& flag : flags_of(*command))
      if (!flag.choices.empty() && seen.insert(flag.name).second) chosen.push_back(std::move(flag));
  return chosen;
}

/// Flags that take a value without a closed set: files may follow.
std::string free_flag_pattern() {
  std::set<std::string> names;
  for (const Command* command : shown())
    for (const Flag& flag : flags_of(*command)) {
      if (!flag.valued || !flag.choices.empty()) continue;
      names.insert("--" + flag.name);
      if (flag.short_name) names.insert(std::string("-") + flag.short_name);
    }
  return fmt::format("{}", fmt::join(names, "|"));
}

std::string bash_words(const Command& command) {
  std::vector<std::string> words = operands_of(command);
  for (const Flag& flag : flags_of(command)) words.push_back("--" + flag.name);
  return fmt::format("{}", fmt::join(words, " "));
}

std::string bash_flag_case(const Flag& flag) {
  const std::string names = flag.short_name ? fmt::format("--{}|-{}", flag.name, flag.short_name) : "--" + flag.name;
  return fmt::format("    {})\n      mapfile -t COMPREPLY < <(compgen -W '{}' -- \"$current\")\n      return ;;\n",
                     names, fmt::join(flag.choices, " "));
}

std::string bash() {
  std::string text =
      "# convreel completions for bash\n"
      "_convreel() {\n"
      "  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} words=''\n"
      "  COMPREPLY=()\n"
      "  case $previous in\n";
  for (const Flag& flag : chosen_flags()) text += bash_flag_case(flag);
  text += fmt::format("    {})\n      mapfile -t COMPREPLY < <(compgen -f -- \"$current\")\n      return ;;\n  esac\n",
                      free_flag_pattern());
  text += "  case ${COMP_WORDS[1]} in\n";
  std::vector<std::string> first;
  for (const Command* command : shown()) {
    const std::vector<std::string> names = names_of(*command);
    first.insert(first.end(), names.begin(), names.end());
    text += fmt::format("    {})\n      words='{}' ;;\n", fmt::join(names, "|"), bash_words(*command));
  }
  text += fmt::format("  esac\n  [[ $COMP_CWORD -eq 1 ]] && words='{} --help --version'\n", fmt::join(first, " "));
  // bash breaks words at ':', so that "preset:ar" is three of them, and replaces the last alone.
  text +=
      "  local head=''\n"
      "  [[ $COMP_CWORD -ge 2 && ${COMP_WORDS[COMP_CWORD-1]} == : ]] && head=${COMP_WORDS[COMP_CWORD-2]}:\n"
      "  [[ $COMP_CWORD -ge 1 && $current == : ]] && head=${COMP_WORDS[COMP_CWORD-1]}: current=''\n"
      "  if [[ -n $head ]]; then\n"
      "    mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$head$current\")\n"
      "    COMPREPLY=(\"${COMPREPLY[@]#$head}\")\n"
      "    return\n"
      "  fi\n"
      "  mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$current\")\n"
      "  [[ ${#COMPREPLY[@]} -eq 0 && $current != -* ]] && mapfile -t COMPREPLY < <(compgen -f -- \"$current\")\n"
      "}\n"
      "complete -o filenames -F _convreel convreel\n";
  return text;
}

/// Help as it may stand inside zsh's '[...]' within single quotes.
std::string zsh_safe(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\'') {
      out += "'\\''";
      continue;
    }
    if (c == '[' || c == ']' || c == ':') out += '\\';
    out += c;
  }
  return out;
}

std::string zsh_flag(const Flag& flag) {
  const std::string value = !flag.valued           ? ""
                            : flag.choices.empty() ? fmt::format(":{}:_files", flag.name)
                                                   : fmt::format(":{}:({})", flag.name, fmt::join(flag.choices, " "));
  std::string text = fmt::format("        '--{}[{}]{}' \\\n", flag.name, zsh_safe(flag.help), value);
  if (flag.short_name) text += fmt::format("        '-{}[{}]{}' \\\n", flag.short_name, zsh_safe(flag.help), value);
  return text;
}

std::string zsh_command(const Command& command) {
  std::string text = fmt::format("      {})\n      _arguments \\\n", fmt::join(names_of(command), "|"));
  for (const Flag& flag : flags_of(command)) text += zsh_flag(flag);
  if (command.operand.empty()) return text + "        ;;\n";
  std::vector<std::string> words;
  for (const std::string& word : operands_of(command)) words.push_back(zsh_safe(word));
  return text + fmt::format("        '*:{}:({})' ;;\n", command.operand, fmt::join(words, " "));
}

std::string zsh() {
  std::string text =
      "#compdef convreel\n"
      "# convreel completions for zsh\n"
      "_convreel() {\n"
      "  local context state line\n"
      "  local -a commands=(\n";
  for (const Command* command : shown())
    for (const std::string& name : names_of(*command))
      text += fmt::format("    '{}:{}'\n", name, zsh_safe(command->summary));
  text +=
      "  )\n"
      "  _arguments -C '1: :->command' '*:: :->rest'\n"
      "  case $state in\n"
      "    command) _describe command commands ;;\n"
      "    rest)\n"
      "    case $line[1] in\n";
  for (const Command* command : shown()) text += zsh_command(*command);
  return text + "    esac ;;\n  esac\n}\n_convreel \"$@\"\n";
}

std::string fish_safe(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

std::string fish_flag(const Flag& flag, const std::string& condition) {
  std::string text = fmt::format("complete -c convreel -n '{}' -l {}", condition, flag.name);
  if (flag.short_name) text += fmt::format(" -s {}", flag.short_name);
  if (!flag.choices.empty())
    text += fmt::format(" -x -a '{}'", fmt::join(flag.choices, " "));
  else if (flag.valued)
    text += " -r";
  return text + fmt::format(" -d '{}'\n", fish_safe(flag.help));
}

std::string fish() {
  std::string text = "# convreel completions for fish\n";
  for (const Command* command : shown())
    for (const std::string& name : names_of(*command))
      text += fmt::format("complete -c convreel -f -n __fish_use_subcommand -a {} -d '{}'\n", name,
                          fish_safe(command->summary));
  for (const Command* command : shown()) {
    const std::string condition = fmt::format("__fish_seen_subcommand_from {}", fmt::join(names_of(*command), " "));
    for (const Flag& flag : flags_of(*command)) text += fish_flag(flag, condition);
    if (const auto words = operands_of(*command); !words.empty())
      text += fmt::format("complete -c convreel -n '{}' -a '{}'\n", condition, fmt::join(words, " "));
  }
  return text;
}

}  // namespace

void run_completions(const Session& session) {
  const std::string& shell = session.line.words.front();
  print(shell == "bash" ? bash() : shell == "zsh" ? zsh() : fish());
}

}  // namespace convreel::cli
