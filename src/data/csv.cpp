#include <fmt/format.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "data/readers.hpp"

namespace convreel::data {

namespace {

class CsvReader {
 public:
  CsvReader(std::string_view text, std::string_view label, std::int64_t limit)
      : text_(text), label_(label), limit_(limit) {}

  Array read() {
    if (text_.starts_with("\xEF\xBB\xBF")) text_.remove_prefix(3);  // the byte order mark that spreadsheets write
    while (!text_.empty()) read_line();
    if (rows_ == 0) fail("no numbers", {});
    return {{rows_, columns_}, std::move(values_)};
  }

 private:
  void read_line() {
    const auto end = text_.find('\n');
    std::string_view line = text_.substr(0, end);
    text_.remove_prefix(end == std::string_view::npos ? text_.size() : end + 1);
    ++line_;
    if (base::trim(line).empty()) return;
    std::int64_t columns = 0;
    for (bool more = true; more;) {  // one after the other: a list of them takes more than the file
      const auto comma = line.find(',');
      take(line.substr(0, comma), ++columns);
      more = comma != std::string_view::npos;
      if (more) line.remove_prefix(comma + 1);
    }
    if (rows_ == 0) columns_ = columns, first_line_ = line_;
    if (columns != columns_)
      fail(fmt::format("{} numbers, but line {} has {}", columns, first_line_, columns_), "every line needs as many");
    ++rows_;
  }

  void take(std::string_view field, std::int64_t column) {
    const std::string_view bare = unquoted(base::trim(field));
    const auto number = base::parse_double(bare);
    if (!number)
      fail(fmt::format("column {}: expected a number, found \"{}\"", column, bare.substr(0, 40)),
           "numbers separated by commas, without a heading");
    if (static_cast<std::int64_t>(values_.size()) >= limit_)
      refuse_values(fmt::format("{}, line {}", label_, line_), limit_);
    values_.push_back(*number);
  }

  static std::string_view unquoted(std::string_view field) {
    const bool quoted = field.size() >= 2 && field.front() == '"' && field.back() == '"';
    return quoted ? base::trim(field.substr(1, field.size() - 2)) : field;
  }

  [[noreturn]] void fail(const std::string& what, std::string hint) const {
    throw base::Error(base::ErrorKind::impossible, fmt::format("{}, line {}: {}", label_, line_, what),
                      std::move(hint));
  }

  std::string_view text_, label_;
  std::int64_t limit_;
  std::int64_t line_ = 0, first_line_ = 0, rows_ = 0, columns_ = 0;
  std::vector<double> values_;
};

}  // namespace

Array from_csv(std::string_view text, std::string_view label, std::int64_t limit) {
  return CsvReader(text, label, limit).read();
}

}  // namespace convreel::data
