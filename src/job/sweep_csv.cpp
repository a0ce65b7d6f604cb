// Cases from a spreadsheet: a heading of option names, then one case a line.
#include <fmt/format.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "job/sweep.hpp"

namespace convreel::job {

namespace {

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
    cells.emplace_back();
    bool quoted = false;
    while (!rest_.empty()) {
      const char c = rest_.front();
      rest_.remove_prefix(1);
      if (c == '"' && quoted && rest_.starts_with('"')) {
        cells.back() += c;
        rest_.remove_prefix(1);
      } else if (c == '"') {
        quoted = !quoted;
      } else if (quoted) {
        cells.back() += c;
      } else if (c == ',') {
        cells.emplace_back();
      } else if (c == '\n') {
        return;
      } else if (c != '\r') {
        cells.back() += c;
      }
    }
    if (quoted) fail("a quote is not closed", {});
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
