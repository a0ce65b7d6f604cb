#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "data/readers.hpp"
#include "numerics/axes.hpp"

namespace convreel::data {

namespace {

[[noreturn]] void fail(std::string_view label, const std::string& what) {
  throw base::Error(
      base::ErrorKind::impossible, fmt::format("{}: {}", label, what),
      "numbers by spaces, rows by ';' or lines, depth slices by ';;', channels by '|', outer kernels by '||'");
}

/// How many numbers, rows, slices and channels were read, and the counts that the first of each kind set.
struct Tally {
  std::int64_t columns = 0, rows = 0, slices = 0, channels = 0, outer = 0;
  std::int64_t first_columns = 0, first_rows = 0, first_slices = 0, first_channels = 0;
};

class InlineReader {
 public:
  InlineReader(std::string_view text, int dims, std::string_view label, std::int64_t limit)
      : text_(text), dims_(dims), label_(label), limit_(limit) {}

  Tally read() {
    while (at_ < text_.size()) step();
    end_outer();
    return tally_;
  }

  std::vector<double> take_values() { return std::move(values_); }
  [[nodiscard]] bool rows_used() const { return rows_used_; }
  [[nodiscard]] bool slices_used() const { return slices_used_; }
  [[nodiscard]] bool channels_used() const { return channels_used_; }
  [[nodiscard]] bool outer_used() const { return outer_used_; }

 private:
  void step() {
    const std::string_view rest = text_.substr(at_);
    if (rest.starts_with("||")) {
      outer_used_ = true;
      end_outer();
      at_ += 2;
    } else if (rest[0] == '|') {
      channels_used_ = true;
      end_channel();
      ++at_;
    } else if (rest.starts_with(";;")) {
      if (dims_ < numerics::kAxes)
        fail(label_, fmt::format("';;' separates depth slices, which a {}-D layer has not", dims_));
      slices_used_ = true;
      end_slice();
      at_ += 2;
    } else if (rest[0] == ';') {
      rows_used_ = true;
      end_row();
      ++at_;
    } else if (is_space(rest[0])) {
      broken_ = broken_ || rest[0] == '\n' || rest[0] == '\r';
      ++at_;
    } else {
      end_line();
      rest[0] == ',' ? read_comma() : read_number();
    }
  }

  /// A line that holds numbers is a row when more of them come before another sign ends it.
  void end_line() {
    if (broken_ && tally_.columns > 0) {
      rows_used_ = true;
      end_row();
    }
    broken_ = false;
  }

  void read_comma() {
    if (comma_ || tally_.columns == 0) fail_empty_cell();
    comma_ = true;
    ++at_;
  }

  void read_number() {
    comma_ = false;
    const std::size_t start = at_;
    at_ = std::min(text_.find_first_of(" \t\r\n,;|", at_), text_.size());
    const std::string_view word = text_.substr(start, at_ - start);
    const auto number = base::parse_double(word);
    if (!number) fail(label_, fmt::format("\"{}\" in row {} is not a number", word.substr(0, 40), tally_.rows + 1));
    if (static_cast<std::int64_t>(values_.size()) >= limit_) refuse_values(label_, limit_);
    values_.push_back(*number);
    ++tally_.columns;
  }

  static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

  [[noreturn]] void fail_empty_cell() const {
    fail(label_, fmt::format("a number is missing beside a comma in row {}", tally_.rows + 1));
  }

  /// Counts one part as finished; all parts of a kind must be as long as the first.
  void close(std::int64_t& count, std::int64_t& first, std::int64_t& parts, std::string_view part,
             std::string_view things) {
    if (count == 0) fail(label_, fmt::format("{} {} is empty", part, parts + 1));
    if (first == 0) first = count;
    if (count != first)
      fail(label_, fmt::format("{} {} has {} {}, but the first has {}", part, parts + 1, count, things, first));
    count = 0;
    ++parts;
  }
  void end_row() {
    if (comma_) fail_empty_cell();
    close(tally_.columns, tally_.first_columns, tally_.rows, "row", "numbers");
  }
  void end_slice() {
    end_row();
    close(tally_.rows, tally_.first_rows, tally_.slices, "slice", "rows");
  }
  /// Only three axes have slices to count.
  void end_channel() {
    if (dims_ < numerics::kAxes) {
      end_row();
      return close(tally_.rows, tally_.first_rows, tally_.channels, "channel", "rows");
    }
    end_slice();
    close(tally_.slices, tally_.first_slices, tally_.channels, "channel", "slices");
  }
  void end_outer() {
    end_channel();
    close(tally_.channels, tally_.first_channels, tally_.outer, "outer kernel", "channels");
  }

  std::string_view text_;
  int dims_;
  std::string_view label_;
  std::int64_t limit_;
  std::size_t at_ = 0;
  Tally tally_;
  std::vector<double> values_;
  bool broken_ = false;  ///< a line ended behind the last number
  bool comma_ = false;   ///< a comma stands behind it
  bool rows_used_ = false, slices_used_ = false, channels_used_ = false, outer_used_ = false;
};

Shape shape_of_planes(const InlineReader& reader, const Tally& tally) {
  if (reader.outer_used()) return {tally.outer, tally.first_channels, tally.first_rows, tally.first_columns};
  if (reader.channels_used()) return {tally.first_channels, tally.first_rows, tally.first_columns};
  if (reader.rows_used()) return {tally.first_rows, tally.first_columns};
  return {tally.first_columns};
}

/// Three spatial axes: slices before the rows.
Shape shape_of_volumes(const InlineReader& reader, const Tally& tally) {
  Shape shape = shape_of_planes(reader, tally);
  if (reader.slices_used() || reader.channels_used() || reader.outer_used()) {
    if (shape.size() == 1) shape.insert(shape.begin(), tally.first_rows);
    shape.insert(shape.end() - 2, tally.first_slices);
  }
  return shape;
}

/// One spatial axis: rows are channels, unless both are used.
Shape shape_of_strips(const InlineReader& reader, const Tally& tally, std::string_view label) {
  if (reader.rows_used() && reader.channels_used() && reader.outer_used())
    fail(label, "a 1-D layer has no rows, so ';', '|' and '||' cannot all be used");
  if (reader.rows_used() && reader.channels_used())
    return {tally.first_channels, tally.first_rows, tally.first_columns};
  const std::int64_t channels = tally.first_channels * tally.first_rows;
  if (reader.outer_used()) return {tally.outer, channels, tally.first_columns};
  if (reader.rows_used() || reader.channels_used()) return {channels, tally.first_columns};
  return {tally.first_columns};
}

}  // namespace

Array from_inline(std::string_view text, int dims, std::string_view label, std::int64_t limit) {
  text = base::trim(text);
  if (text.starts_with('[')) return from_json(text, label, limit);
  InlineReader reader(text, dims, label, limit);
  const Tally tally = reader.read();
  Shape shape = dims == 1   ? shape_of_strips(reader, tally, label)
                : dims == 2 ? shape_of_planes(reader, tally)
                            : shape_of_volumes(reader, tally);
  return {std::move(shape), reader.take_values()};
}

}  // namespace convreel::data
