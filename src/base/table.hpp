// Rows of texts: for people in columns, for programs parted by commas.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace convreel::base {

using TableRow = std::vector<std::string>;

/// A line a row, each column as wide as its widest entry, which is made printable(); the first `left` columns lean
/// left, the others right.
[[nodiscard]] std::string columns(std::vector<TableRow> rows, std::size_t left);
/// A line of CSV: entries with commas, quotes or line ends stand in quotes.
[[nodiscard]] std::string csv_line(const TableRow& row);

}  // namespace convreel::base
