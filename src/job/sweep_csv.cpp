// Cases from a spreadsheet: a heading of option names, then one case a line.
#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "job/sweep.hpp"

namespace convreel::job {

namespace {

constexpr std::size_t kMostColumns = 1000;

class Table {
 public:
  Table(std::string_view text, std::string_view label) : rest_(text), label_(label) {
    if (rest_.starts_with("\xEF\xBB\xBF")) rest_.remove_prefix(3);  // the byte order mark that spreadsheets write
  }

  Dimension read() {
    std::vector<std::string> cells;
    while (columns_.empty() && next(cells)) read_heading(cells);
    Dimension dimension;
    while (next(cells))
      if (Row row = read_row(cells); !row.empty()) dimension.rows.push_back(std::move(row));
    if (dimension.rows.empty()) fail("no cases", "a heading such as stride,padding, then a case a line");
    return dimension;
  }

 private:
  void read_heading(const std::vector<std::string>& cells) {
    for (const std::string& cell : cells) {
      const Field* field = field_named(base::trim(cell));
      if (!field || field->name == "output")
        fail(fmt::format("the heading names no option: \"{}\"", cell), "such as stride, kernel_size, theme");
      if (std::ranges::find(columns_, field) != columns_.end())
        fail(fmt::format("the heading names {} twice", field->name), "a column an option, whatever its spelling");
      columns_.push_back(field);
    }
  }

  Row read_row(const std::vector<std::string>& cells) {
    if (cells.size() != columns_.size())
      fail(fmt::format("{} cells, but the heading has {}", cells.size(), columns_.size()), {});
    Row row;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const std::string text(base::trim(cells[i]));
      if (text.empty()) continue;
      check(*columns_[i], text);
      row.push_back({columns_[i], text});
    }
    return row;
  }

  void check(const Field& field, const std::string& text) const {
    try {
      JobSpec scratch;
      field.parse(scratch, text);
    } catch (const base::Error& error) {
      fail(error.problems().front().message, error.problems().front().hint);
    }
  }

  /// The cells of the next line that holds anything; quotes may hold commas, doubled quotes and line breaks.
  bool next(std::vector<std::string>& cells) {
    cells.clear();
    while (!rest_.empty()) {
      ++line_;
      read_line(cells);
      if (cells.size() > 1 || !base::trim(cells.front()).empty()) return true;
      cells.clear();
    }
    return false;
  }

  void read_line(std::vector<std::string>& cells) {
    do {
      if (cells.size() == kMostColumns) fail(fmt::format("more than {} columns", kMostColumns), {});
      cells.push_back(read_cell());
    } while (taken(","));
    if (!taken("\r\n")) taken("\n");
  }

  /// What follows it is a comma, a line's end or nothing.
  std::string read_cell() {
    const auto first = rest_.find_first_not_of(" \t");
    if (first != std::string_view::npos && rest_[first] == '"') {
      rest_.remove_prefix(first + 1);
      return read_quoted();
    }
    const std::string_view cell = up_to_end();
    if (cell.find('\r') != std::string_view::npos)
      fail("a carriage return within a cell", "lines end in a line feed, which a carriage return may precede");
    if (cell.find('"') != std::string_view::npos)
      fail("a quote within a cell that does not begin with one", "quote the whole cell and double the quotes in it");
    return std::string(cell);
  }

  /// Behind the quote that opens it.
  std::string read_quoted() {
    std::string cell;
    do {
      const auto quote = rest_.find('"');
      if (quote == std::string_view::npos) fail("a quote is not closed", {});
      cell += rest_.substr(0, quote + 1);
      rest_.remove_prefix(quote + 1);
    } while (taken("\""));
    cell.pop_back();
    if (const std::string_view behind = up_to_end(); behind.find_first_not_of(" \t") != std::string_view::npos)
      fail(fmt::format("\"{}\" stands behind a closing quote", base::trim(behind).substr(0, 40)),
           "quote the whole cell and double the quotes in it");
    return cell;
  }

  std::string_view up_to_end() {
    const auto end = std::min(rest_.find_first_of(",\n"), rest_.size());
    const bool returns = end > 0 && rest_.substr(end).starts_with('\n') && rest_[end - 1] == '\r';
    const std::string_view text = rest_.substr(0, returns ? end - 1 : end);
    rest_.remove_prefix(text.size());
    return text;
  }

  bool taken(std::string_view text) {
    const bool there = rest_.starts_with(text);
    if (there) rest_.remove_prefix(text.size());
    return there;
  }

  [[noreturn]] void fail(const std::string& what, std::string hint) const {
    throw base::Error(base::ErrorKind::impossible, fmt::format("{}, line {}: {}", label_, line_, what),
                      std::move(hint));
  }

  std::string_view rest_, label_;
  int line_ = 0;
  std::vector<const Field*> columns_;
};

}  // namespace

Dimension rows_from_csv(std::string_view text, std::string_view label) { return Table(text, label).read(); }

}  // namespace convreel::job
