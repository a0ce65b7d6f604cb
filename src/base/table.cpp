#include "base/table.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace convreel::base {

std::string columns(std::vector<TableRow> rows, std::size_t left) {
  for (TableRow& row : rows)
    for (std::string& entry : row) entry = printable(entry);
  std::vector<std::size_t> widths(rows.front().size());
  for (const TableRow& row : rows)
    for (std::size_t c = 0; c < row.size(); ++c) widths[c] = std::max(widths[c], utf8_length(row[c]));
  std::string text;
  for (const TableRow& row : rows) {
    std::string line;
    for (std::size_t c = 0; c < row.size(); ++c) {
      const std::string space(widths[c] - utf8_length(row[c]), ' ');
      line += (c == 0 ? "" : "  ") + (c < left ? row[c] + space : space + row[c]);
    }
    while (line.ends_with(' ')) line.pop_back();
    text += line + "\n";
  }
  return text;
}

std::string csv_line(const TableRow& row) {
  std::vector<std::string> entries;
  for (const std::string& entry : row) {
    if (entry.find_first_of(",\"\r\n") == std::string::npos) {
      entries.push_back(entry);
      continue;
    }
    std::string quoted;
    for (const char c : entry) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    entries.push_back("\"" + quoted + "\"");
  }
  return join(entries, ",") + "\n";
}

}  // namespace convreel::base
