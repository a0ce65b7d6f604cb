#include "cli/help.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "cli/options.hpp"
#include "job/layer_name.hpp"

namespace convreel::cli {
namespace {

constexpr std::size_t kColumns = 100, kMeaning = 36;

struct GroupTitle {
  job::Group group;
  std::string_view title;
};
constexpr std::array kGroupTitles{
    GroupTitle{job::Group::layer, "Layer"},
    GroupTitle{job::Group::data, "Data"},
    GroupTitle{job::Group::show, "Show"},
    GroupTitle{job::Group::out, "Output"},
};

std::string flags_text(char short_name, std::string_view name, std::string_view value) {
  const std::string start = short_name ? fmt::format("-{}, ", short_name) : "    ";
  return fmt::format("{}--{}{}{}", start, name, value.empty() ? "" : " ", value);
}

std::string with_default(std::string_view help, std::string_view fallback) {
  return fallback.empty() ? std::string(help) : fmt::format("{} [{}]", help, fallback);
}

std::string print_row(const OptionRow& row) {
  const std::string left = "  " + row.flags;
  const bool fits = base::utf8_length(left) + 2 <= kMeaning;
  const std::string gap(fits ? kMeaning - base::utf8_length(left) : kMeaning, ' ');
  return fmt::format("{}{}{}{}\n", left, fits ? "" : "\n", gap, wrapped(row.meaning, kMeaning, kColumns));
}

std::string usage_of(const Command& command) {
  const bool options = command.takes != Takes::nothing;
  return fmt::format("Usage: convreel {}{}{}{}\n", command.name, command.operand.empty() ? "" : " ", command.operand,
                     options ? " [OPTIONS]" : "");
}

/// A layer's command refuses other layers' options with the reason; its list leaves them out.
bool listed(const Command& command, const job::Field& field) {
  const auto layer = job::layer_named(command.name);
  return takes(command, field) && (!layer || job::has_option(*layer, field.name));
}

}  // namespace

OptionRow row_of(const Option& option) {
  return {flags_text(option.short_name, option.name, option.value), with_default(option.help, option.fallback)};
}

OptionRow row_of(const job::Field& field) {
  std::string flags = flags_text(field.short_name, field.name, field.value);
  if (field.value.empty()) flags += fmt::format(", --no-{}", field.name);
  std::string meaning = with_default(field.help, field.fallback);
  if (!field.aliases.empty()) meaning += fmt::format(" (also --{})", fmt::join(field.aliases, ", --"));
  return {flags, meaning};
}

std::vector<OptionGroup> option_groups(const Command& command) {
  std::vector<OptionGroup> groups;
  for (const auto& [group, title] : kGroupTitles) {
    OptionGroup rows{std::string(title), {}};
    for (const job::Field& field : job::fields())
      if (field.group == group && listed(command, field)) rows.rows.push_back(row_of(field));
    if (!rows.rows.empty()) groups.push_back(std::move(rows));
  }
  if (!command.own.empty()) groups.push_back({"This command", {}});
  for (const Option& option : command.own) groups.back().rows.push_back(row_of(option));
  groups.push_back({"General", {}});
  if (command.json) groups.back().rows.push_back(row_of(json_option()));
  for (const Option& option : general_options()) groups.back().rows.push_back(row_of(option));
  return groups;
}

std::string wrapped(std::string_view text, std::size_t indent, std::size_t columns) {
  std::string out;
  std::size_t column = indent;
  for (const std::string_view word : base::split(text, ' ')) {
    const std::size_t length = base::utf8_length(word);
    if (column > indent && column + 1 + length > columns) {
      out += "\n" + std::string(indent, ' ');
      column = indent;
    } else if (column > indent) {
      out += ' ';
      ++column;
    }
    out += word;
    column += length;
  }
  return out;
}

std::string command_help(const Command& command) {
  std::string text = fmt::format("{}\n\nExamples:\n", command.summary);
  for (const std::string_view example : command.examples) text += fmt::format("  {}\n", example);
  text += "\n" + usage_of(command);
  if (!command.aliases.empty()) text += fmt::format("Also called: {}\n", fmt::join(command.aliases, ", "));
  if (!command.operands.empty()) text += fmt::format("{}: {}\n", command.operand, fmt::join(command.operands, ", "));
  for (const OptionGroup& group : option_groups(command)) {
    text += fmt::format("\n{}:\n", group.title);
    for (const OptionRow& row : group.rows) text += print_row(row);
  }
  return text;
}

std::string short_help() {
  std::string text =
      "convreel turns a convolution or pooling layer into an animation that shows its arithmetic.\n\n"
      "Try:\n"
      "  convreel conv2d -i 5 -k 3 -s 2 -p 1 -o conv.gif\n"
      "  convreel transpose -i 3 -k 3 -s 2 -p 1 -o transposed.gif -o transposed.mp4\n"
      "  convreel explain 'ConvTranspose2d(1, 1, kernel_size=3, stride=2, padding=1)'\n\n"
      "Commands:\n";
  std::size_t meaning = 0;
  for (const Command& command : commands()) meaning = std::max(meaning, command.name.size() + 4);
  for (const Command& command : commands())
    if (!command.hidden)
      text += fmt::format("  {:<{}}{}\n", command.name, meaning - 2, wrapped(command.summary, meaning, kColumns));
  return text + "\nconvreel COMMAND --help lists a command's options.\n";
}

}  // namespace convreel::cli
