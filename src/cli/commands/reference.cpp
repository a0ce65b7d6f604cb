// convreel reference: the pages of docs/reference and the man page, printed from the tables so that they cannot drift.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/limits.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/commands/commands.hpp"
#include "cli/help.hpp"
#include "cli/print.hpp"
#include "output/formats.hpp"

namespace convreel::cli {
namespace {

struct ExitCode {
  int code;
  std::string_view meaning;
};
constexpr std::array kExitCodes{
    ExitCode{0, "everything asked for was done"},
    ExitCode{1, "run time: a file, a full disk, an encoder that failed, a file that cannot keep to --max-bytes"},
    ExitCode{2, "usage: an unknown flag, name, value or ending; a flag given twice"},
    ExitCode{3, "an impossible layer, bad data, or more than a limit; the message names the rule and its numbers"},
    ExitCode{4, "a sweep finished, but some of its cases failed"},
    ExitCode{5, "something is missing on this machine: an encoder, a font"},
    ExitCode{130, "interrupted (Ctrl-C, a polite kill, a reader that closed the pipe)"},
};

constexpr std::string_view kOrigin =
    "<!-- Printed by `convreel reference {}` from the tables in src. Do not edit. -->\n\n";

/// Markdown tables part cells by bars.
std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|') out += '\\';
    out += c;
  }
  return out;
}

std::string markdown_rows(const OptionGroup& group) {
  std::string text = fmt::format("| {} | |\n|---|---|\n", group.title);
  for (const OptionRow& row : group.rows)
    text += fmt::format("| `{}` | {} |\n", cell(base::trim(row.flags)), cell(row.meaning));
  return text + "\n";
}

/// The options that the command alone takes.
std::optional<OptionGroup> own_options(const Command& command) {
  if (command.own.empty()) return std::nullopt;
  OptionGroup group{fmt::format("Only {}", command.name), {}};
  for (const Option& option : command.own) group.rows.push_back(row_of(option));
  return group;
}

std::string markdown_command(const Command& command) {
  std::string text = fmt::format("## convreel {}\n\n", command.name);
  text +=
      fmt::format("{}{}.\n\n```\n", static_cast<char>(command.summary.front() - 'a' + 'A'), command.summary.substr(1));
  for (const std::string_view example : command.examples) text += fmt::format("{}\n", example);
  text += "```\n\n";
  if (!command.aliases.empty()) text += fmt::format("Also called: `{}`.\n\n", fmt::join(command.aliases, "`, `"));
  if (!command.operands.empty())
    text += fmt::format("`{}` is one of `{}`.\n\n", command.operand, fmt::join(command.operands, "`, `"));
  if (const auto own = own_options(command)) text += markdown_rows(*own);
  return text;
}

template <typename Names>
std::string listed(const Names& names, std::string_view before) {
  std::vector<std::string> quoted;
  for (const std::string_view name : names) quoted.push_back(fmt::format("`{}{}`", before, name));
  return fmt::format("{}", fmt::join(quoted, ", "));
}

/// For outputs without options of their own, with the format's own motion.
std::string formats_table() {
  std::string text =
      "## Formats\n\nEvery file takes `:max-bytes` too. A note says so whenever an option is given that changes "
      "nothing in a "
      "file.\n\n"
      "| ending | what | after the colon | changes nothing in it |\n|---|---|---|---|\n";
  for (const output::Format& format : output::formats()) {
    auto idle = output::idle_options({"", std::string(format.name), {}}, {});
    if ((format.make_raster || format.vector) && !format.alpha) idle.emplace_back("transparent");
    text += fmt::format("| `{}` | {} | {} | {} |\n", format.ending, cell(format.summary),
                        listed(output::option_names(format), ":"), listed(idle, "--"));
  }
  return text + "\n";
}

/// A row an option; formats that share it stand in one.
std::string colon_table() {
  std::vector<std::pair<const output::Option*, std::vector<std::string_view>>> rows;
  for (const output::Format& format : output::formats())
    for (const output::Option& option : format.options) {
      const auto same = [&](const auto& row) {
        return row.first->name == option.name && row.first->help == option.help;
      };
      auto row = std::ranges::find_if(rows, same);
      if (row == rows.end()) row = rows.insert(row, {&option, {}});
      row->second.push_back(format.ending);
    }
  std::string text = "### After the colon\n\n| option | in | what | default |\n|---|---|---|---|\n";
  for (const auto& [option, endings] : rows)
    text += fmt::format("| `:{}={}` | {} | {} | {} |\n", option->name, cell(option->codec.takes()), listed(endings, ""),
                        option->help, option->codec.print({}).value_or(std::string(option->fallback)));
  return text + "\n";
}

/// The command whose option list stands for all that take everything.
const Command& representative() { return *command_named("render"); }

/// The options of the groups Layer and Data that the command takes, or that it does not.
std::string layer_options(std::string_view command, bool taken) {
  std::vector<std::string_view> names;
  for (const job::Field& field : job::fields())
    if ((field.group == job::Group::layer || field.group == job::Group::data) &&
        takes(*command_named(command), field) == taken)
      names.push_back(field.name);
  return listed(names, "--");
}

std::string commands_page() {
  std::string text = fmt::format(fmt::runtime(kOrigin), "commands");
  text += fmt::format(
      "# Commands and options\n\n`render` and `sweep` take every option below. The layer commands take all but {}; "
      "`compare` all but {}. Of the groups Layer and Data, `stack` and the commands of its layers take {}, `model` {}. "
      "`explain` takes those of these groups, but not {}, and `--view`. What a command reads in its own way is in "
      "its own table.\n\n",
      layer_options("conv2d", false), layer_options("compare", false), layer_options("stack", true),
      layer_options("model", true), layer_options("explain", false));
  for (const Command& command : commands())
    if (!command.hidden) text += markdown_command(command);
  text += "## Options\n\n";
  for (const OptionGroup& group : option_groups(representative())) text += markdown_rows(group);
  text += formats_table() + colon_table();
  text += "`--json` (explain, list, doctor) prints JSON instead of text.\n";
  return text;
}

std::string limits_page() {
  std::string text = fmt::format(fmt::runtime(kOrigin), "limits");
  text +=
      "# Limits\n\nHeld before memory, disk or time is taken. A refusal says the number, the limit and what raises it: "
      "`--limit NAME=NUMBER` (`k`, `M`, `G` are thousands). No job file, preset or sweep can raise one. `--safe` takes "
      "the second column.\n\n| name | what | by default | with `--safe` | goes up to |\n|---|---|---|---|---|\n";
  for (const base::LimitRow& row : base::limit_rows())
    text += fmt::format("| `{}` | {} | {} | {} | {} |\n", row.name, row.what, base::limit_text(row.unit, row.usual),
                        base::limit_text(row.unit, row.safe),
                        row.raised() ? base::limit_text(row.unit, row.most) : std::string("fixed"));
  return text;
}

std::string exit_codes_page() {
  std::string text = fmt::format(fmt::runtime(kOrigin), "exit-codes");
  text += "# Exit codes\n\n| code | when |\n|---|---|\n";
  for (const ExitCode& row : kExitCodes) text += fmt::format("| {} | {} |\n", row.code, row.meaning);
  return text;
}

/// Troff reads a backslash, and a dot or quote at a line's start, as its own.
std::string troff(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\')
      out += "\\e";
    else if (c == '-')
      out += "\\-";
    else
      out += c;
  }
  return out.starts_with('.') || out.starts_with('\'') ? "\\&" + out : out;
}

std::string man_rows(const OptionGroup& group) {
  std::string text = fmt::format(".SS {}\n", group.title);
  for (const OptionRow& row : group.rows)
    text += fmt::format(".TP\n.B {}\n{}\n", troff(base::trim(row.flags)), troff(row.meaning));
  return text;
}

std::string man_page() {
  std::string text = fmt::format(
      ".TH CONVREEL 1 \"\" \"convreel {}\" \"User Commands\"\n.SH NAME\nconvreel \\- animate convolution and pooling "
      "layers\n.SH SYNOPSIS\n.B convreel\n.I COMMAND\n[OPTIONS]\n.SH COMMANDS\n",
      version());
  for (const Command& command : commands()) {
    if (command.hidden) continue;
    const std::string name =
        command.operand.empty() ? std::string(command.name) : fmt::format("{} {}", command.name, command.operand);
    text += fmt::format(".TP\n.B {}\n{}\n", troff(name), troff(command.summary));
  }
  text += ".SH OPTIONS\n";
  for (const OptionGroup& group : option_groups(representative())) text += man_rows(group);
  for (const Command& command : commands())
    if (const auto own = own_options(command)) text += man_rows(*own);
  text += ".SH EXIT STATUS\n";
  for (const ExitCode& row : kExitCodes) text += fmt::format(".TP\n.B {}\n{}\n", row.code, troff(row.meaning));
  text += ".SH EXAMPLES\n.nf\n";
  for (const std::string_view example : representative().examples) text += troff(example) + "\n";
  return text + ".fi\n";
}

}  // namespace

void run_reference(const Session& session) {
  const std::string& page = session.line.words.front();
  print(page == "commands"     ? commands_page()
        : page == "exit-codes" ? exit_codes_page()
        : page == "limits"     ? limits_page()
                               : man_page());
}

}  // namespace convreel::cli
