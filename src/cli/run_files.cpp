#include "cli/run_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "base/atomic_file.hpp"
#include "base/error.hpp"
#include "base/limits.hpp"
#include "base/text.hpp"
#include "batch/stills.hpp"

namespace convreel::cli {
namespace {

namespace fs = std::filesystem;

/// One spelling for one file; "-" stays.
std::string spelling(const std::string& path) { return path == "-" ? path : base::place_of(path).string(); }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Paths that are written, to be asked for.
class Written {
 public:
  /// The path's index, or that of one that has the same numbers or is the same.
  std::optional<std::size_t> add(const std::string& path) {
    spelt_.push_back(spelling(path));
    const std::string& text = spelt_.back();
    const auto slot = batch::number_slot(text);
    numbered_ |= slot.has_value();
    const auto [at, fresh] = index_.emplace(slot ? key(text, slot->start, slot->end) : text, spelt_.size() - 1);
    return fresh ? std::nullopt : std::optional(at->second);
  }

  [[nodiscard]] std::optional<std::size_t> find(const std::string& text) const {
    const auto at = index_.find(text);
    return at != index_.end() ? std::optional(at->second) : find_numbered(text, spelt_.size());
  }

  /// A numbered path, other than `self`, of which `text` is a number.
  [[nodiscard]] std::optional<std::size_t> find_numbered(const std::string& text, std::size_t self) const {
    for (std::size_t begin = 0; numbered_ && begin < text.size(); ++begin)
      for (std::size_t end = begin; end < text.size() && is_digit(text[end]);) {
        const auto at = index_.find(key(text, begin, ++end));
        if (at != index_.end() && at->second != self && numbers(spelt_[at->second], text, begin, end))
          return at->second;
      }
    return std::nullopt;
  }

  /// Another numbered path that shares a name with the path `n`, tried with a number of every length.
  [[nodiscard]] std::optional<std::size_t> twin(std::size_t n) const {
    if (!batch::is_numbered(spelt_[n])) return find_numbered(spelt_[n], n);
    for (const std::int64_t number : {1, 11, 111, 1111, 11111})
      if (const auto other = find_numbered(batch::numbered_path(spelt_[n], number), n)) return other;
    return std::nullopt;
  }

 private:
  /// No path holds a zero byte.
  static std::string key(const std::string& text, std::size_t begin, std::size_t end) {
    return text.substr(0, begin) + '\0' + text.substr(end);
  }

  /// Whether the digits are a number of the path, of as many pictures as there usually may be.
  static bool numbers(const std::string& path, const std::string& text, std::size_t begin, std::size_t end) {
    const auto number = base::parse_int(text.substr(begin, end - begin));
    return number && *number > 0 && *number <= base::Limits{}[base::Limit::frames] &&
           batch::numbered_path(path, *number) == text;
  }

  std::vector<std::string> spelt_;
  std::unordered_map<std::string, std::size_t> index_;
  bool numbered_ = false;
};

}  // namespace

std::optional<std::pair<std::size_t, std::size_t>> one_file(const std::vector<std::string>& paths) {
  if (paths.size() < 2) return std::nullopt;
  Written written;
  for (std::size_t n = 0; n < paths.size(); ++n)
    if (const auto first = written.add(paths[n])) return std::pair(*first, n);
  for (std::size_t n = 0; n < paths.size(); ++n)
    if (const auto other = written.twin(n)) return std::pair(std::min(n, *other), std::max(n, *other));
  return std::nullopt;
}

void refuse_overwriting(const std::vector<std::string>& written, const std::set<fs::path>& read) {
  if (read.empty()) return;
  Written all;
  for (const std::string& path : written) all.add(path);
  for (const fs::path& path : read) {
    std::error_code gone;
    if (fs::exists(path, gone) && !fs::is_regular_file(path, gone)) continue;  // a terminal, a pipe
    if (all.find(spelling(path.string())))
      throw base::Error(base::ErrorKind::usage, fmt::format("{} is read, and would be written over", path.string()),
                        "name the output otherwise");
  }
}

}  // namespace convreel::cli
