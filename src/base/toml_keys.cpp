#include "base/toml_keys.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"

namespace convreel::base {

namespace {

/// Behind the string that begins at `at` with a quote, or behind its line when it does not end there.
std::size_t behind_string(std::string_view toml, std::size_t at) {
  const char quote = toml[at];
  const bool escapes = quote == '"';
  const std::string_view block = escapes ? R"(""")" : "'''";
  const bool lines = toml.substr(at).starts_with(block);
  const std::string_view end = lines ? block : block.substr(0, 1);
  for (at += end.size(); at < toml.size(); ++at) {
    if (escapes && toml[at] == '\\')
      ++at;
    else if (toml.substr(at).starts_with(end))
      return at + end.size();
    else if (!lines && toml[at] == '\n')
      return at;
  }
  return toml.size();
}

}  // namespace

std::size_t line_of_deep_key(std::string_view toml) {
  std::size_t dots = 0, line = 1;
  for (std::size_t at = 0; at < toml.size();) {
    const char c = toml[at];
    if (c == '"' || c == '\'') {
      const std::size_t end = behind_string(toml, at);
      line += static_cast<std::size_t>(std::count(toml.begin() + at, toml.begin() + end, '\n'));
      at = end;
      continue;
    }
    if (c == '#') at = std::min(toml.find('\n', at), toml.size() - 1);
    if (toml[at] == '\n') ++line;
    if (c == '.' && ++dots >= kMostKeySegments) return line;
    // A value's own dots are few, and whatever stands between two values begins anew.
    if (std::string_view("=,[]{}\n#").find(c) != std::string_view::npos) dots = 0;
    ++at;
  }
  return 0;
}

void refuse_deep_keys(std::string_view toml, std::string_view label) {
  const std::size_t line = line_of_deep_key(toml);
  if (line > 0)
    throw Error(ErrorKind::impossible, fmt::format("{}:{}: a key of more than {} parts; the limit is {}", label, line,
                                                   kMostKeySegments, kMostKeySegments));
}

}  // namespace convreel::base
