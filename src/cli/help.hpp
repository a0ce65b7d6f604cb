// What --help prints, from the tables.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/command.hpp"
#include "job/fields.hpp"

namespace convreel::cli {

/// `convreel` alone, and `convreel --help`.
[[nodiscard]] std::string short_help();
[[nodiscard]] std::string command_help(const Command& command);

/// One line of an option list: "-k, --kernel-size N|[Dx]RxC" and what it means.
struct OptionRow {
  std::string flags, meaning;
};
[[nodiscard]] OptionRow row_of(const job::Field& field);
[[nodiscard]] OptionRow row_of(const Option& option);

struct OptionGroup {
  std::string title;
  std::vector<OptionRow> rows;
};
/// A command's options in the groups of the reference page, empty groups left out.
[[nodiscard]] std::vector<OptionGroup> option_groups(const Command& command);

/// Text in lines of at most `columns`, every line but the first indented.
[[nodiscard]] std::string wrapped(std::string_view text, std::size_t indent, std::size_t columns);

}  // namespace convreel::cli
