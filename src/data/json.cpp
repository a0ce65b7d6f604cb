#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/error.hpp"
#include "base/limits.hpp"
#include "base/text.hpp"
#include "data/readers.hpp"

namespace convreel::data {

namespace {

using nlohmann::json;

/// Numbers that JSON has no numbers for.
constexpr std::string_view kWords[] = {"-Infinity", "Infinity", "NaN"};

/// Fills an array while the text is parsed, so that no tree is built from it.
class NestedArrays {
 public:
  NestedArrays(std::string_view label, std::int64_t limit) : label_(label), limit_(limit) {}

  Array take() { return {std::move(shape_), std::move(values_)}; }

  bool null() { return wrong("null"); }
  bool boolean(bool) { return wrong("true or false"); }
  /// The parser says 0 for "-0", the one 0 that has a sign.
  bool number_integer(json::number_integer_t value) {
    return take_number(value == 0 ? -0.0 : static_cast<double>(value));
  }
  bool number_unsigned(json::number_unsigned_t value) { return take_number(static_cast<double>(value)); }
  /// By our reader, so that a number means the same in every file: the parser's makes 1e-400 a 0.
  bool number_float(json::number_float_t, const std::string& text) {
    const auto value = base::parse_double(text);
    return value ? take_number(*value) : wrong(text.substr(0, 40));
  }
  bool string(std::string& text) {
    const bool word = std::ranges::find(kWords, text) != std::end(kWords);
    return word ? take_number(*base::parse_double(text)) : wrong("a string");
  }
  bool binary(json::binary_t&) { return wrong("bytes"); }
  bool start_object(std::size_t) { return wrong("an object"); }
  bool key(std::string&) { return wrong("an object"); }
  bool end_object() { return wrong("an object"); }

  bool start_array(std::size_t) {
    if (leaf_depth_ && counts_.size() >= *leaf_depth_) return wrong("an array");
    if (const auto deepest = base::row_of(base::Limit::nesting).usual; std::ssize(counts_) >= deepest)
      fail(fmt::format("more than {} nested arrays; the limit is {}", deepest, deepest));
    counts_.push_back(0);
    return true;
  }

  bool end_array() {
    const std::int64_t count = counts_.back();
    const std::size_t depth = counts_.size() - 1;
    if (count == 0) fail(fmt::format("at {}: an empty array", path(depth)));
    if (shape_.size() <= depth) shape_.resize(depth + 1, 0);
    if (shape_[depth] == 0) shape_[depth] = count;
    if (shape_[depth] != count)
      fail(fmt::format("at {}: {} entries, but the first array of this depth has {}", path(depth), count,
                       shape_[depth]));
    counts_.pop_back();
    if (!counts_.empty()) ++counts_.back();
    return true;
  }

  /// Where the parser would take the text for ended.
  [[noreturn]] void fail_at_nul(std::size_t byte) const {
    fail(fmt::format("byte {} is U+0000, which no text may hold", byte));
  }

  bool parse_error(std::size_t, const std::string&, const json::exception& problem) {
    std::string_view what = problem.what();
    what.remove_prefix(std::min(what.find("] ") + 2, what.size()));  // the exception's class in brackets
    fail(std::string(what));
  }

 private:
  bool take_number(double value) {
    if (!leaf_depth_) leaf_depth_ = counts_.size();
    if (counts_.size() != *leaf_depth_) return wrong("a number");
    if (static_cast<std::int64_t>(values_.size()) >= limit_) refuse_values(label_, limit_);
    values_.push_back(value);
    if (!counts_.empty()) ++counts_.back();
    return true;
  }

  /// "[1][2]": the entry that is being read, or the array `depth` levels down.
  [[nodiscard]] std::string path(std::size_t depth) const {
    std::string text;
    for (std::size_t i = 0; i < depth && i < counts_.size(); ++i) text += fmt::format("[{}]", counts_[i]);
    return text.empty() ? "the top" : text;
  }

  bool wrong(std::string_view found) {
    const bool shallow = leaf_depth_ && counts_.size() != *leaf_depth_;
    fail(fmt::format("at {}: expected {}, found {}", path(counts_.size()),
                     shallow && counts_.size() < *leaf_depth_ ? "an array" : "a number", found));
  }

  [[noreturn]] void fail(const std::string& what) const {
    throw base::Error(base::ErrorKind::impossible, fmt::format("{}: {}", label_, what),
                      "nested arrays of numbers, all of one depth, such as [[1, 2], [3, 4]]");
  }

  std::string_view label_;
  std::int64_t limit_;
  std::vector<std::int64_t> counts_;  ///< entries so far, an open array each
  std::optional<std::size_t> leaf_depth_;
  Shape shape_;
  std::vector<double> values_;
};

/// Python writes NaN and Infinity bare, which is not JSON: they become strings of the same meaning.
std::string with_quoted_words(std::string_view text) {
  std::string result;
  bool in_string = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view rest = text.substr(at);
    std::string_view word = rest.substr(0, 1);
    if (word == "\"") in_string = !in_string;
    for (std::string_view candidate : kWords)
      if (!in_string && rest.starts_with(candidate)) word = candidate;
    result += word.size() > 1 ? fmt::format("\"{}\"", word) : std::string(word);
    at += word.size();
  }
  return result;
}

}  // namespace

Array from_json(std::string_view text, std::string_view label, std::int64_t limit) {
  NestedArrays arrays(label, limit);
  if (const auto end = text.find('\0'); end != std::string_view::npos) arrays.fail_at_nul(end);
  const bool has_words = text.find('N') != std::string_view::npos || text.find('I') != std::string_view::npos;
  if (has_words)
    json::sax_parse(with_quoted_words(text), &arrays);
  else
    json::sax_parse(text.begin(), text.end(), &arrays);
  return arrays.take();
}

}  // namespace convreel::data
