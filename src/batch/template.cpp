#include "batch/template.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/error.hpp"
#include "base/text.hpp"
#include "job/fields.hpp"

namespace convreel::batch {

namespace {

constexpr std::string_view kOwnNames[] = {"i", "hash", "name", "n"};

[[noreturn]] void refuse(std::string_view pattern, std::string_view name) {
  std::vector<std::string_view> names(std::begin(kOwnNames), std::end(kOwnNames));
  std::string dashed(name);
  std::replace(dashed.begin(), dashed.end(), '_', '-');
  for (const job::Field& field : job::fields()) names.push_back(field.name);
  const auto near = base::nearest(dashed, names);
  const std::string message = job::field_named(name) ? fmt::format("{}: nothing was said about {{{}}}", pattern, name)
                                                     : fmt::format("{}: unknown placeholder {{{}}}", pattern, name);
  throw base::Error(base::ErrorKind::usage, message,
                    near && *near != dashed ? fmt::format("did you mean {{{}}}?", *near)
                                            : "known: every option's name, {i}, {hash}, {name}, {n:03} for frames");
}

std::string padded(const std::string& text, std::string_view width, std::string_view pattern) {
  const auto count = base::parse_int(width);
  if (!count || *count < 0 || *count > 12)
    throw base::Error(base::ErrorKind::usage, fmt::format("{}: \"{}\" is no width", pattern, width), "such as {i:03}");
  return text.size() >= static_cast<std::size_t>(*count)
             ? text
             : std::string(static_cast<std::size_t>(*count) - text.size(), '0') + text;
}

}  // namespace

std::string file_safe(std::string_view text) {
  if (text.empty()) return "-";
  std::string safe;
  for (const char c : text) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                       std::string_view(".,=+-_").find(c) != std::string_view::npos || (c & 0x80) != 0;
    safe += plain ? c : '-';
  }
  const bool dots = std::all_of(safe.begin(), safe.end(), [](char c) { return c == '.'; });
  return dots ? std::string(safe.size(), '-') : safe;
}

std::string filled(std::string_view pattern, const Lookup& lookup) {
  std::string out;
  std::size_t at = 0;
  while (at < pattern.size()) {
    const auto open = pattern.find('{', at);
    const auto close = open == pattern.npos ? open : pattern.find('}', open);
    if (close == pattern.npos) break;
    out += pattern.substr(at, open - at);
    const std::string_view inside = pattern.substr(open + 1, close - open - 1);
    const std::string_view name = inside.substr(0, inside.find(':'));
    at = close + 1;
    if (name == "n") {
      out += pattern.substr(open, at - open);
      continue;
    }
    const auto text = lookup(name);
    if (!text) refuse(pattern, name);
    out += name.size() == inside.size() ? file_safe(*text)
                                        : padded(file_safe(*text), inside.substr(name.size() + 1), pattern);
  }
  return out + std::string(pattern.substr(at));
}

std::string fixed_folder(std::string_view pattern) {
  const auto slash = pattern.substr(0, pattern.find('{')).rfind('/');
  if (slash == pattern.npos) return ".";
  return slash == 0 ? "/" : std::string(pattern.substr(0, slash));
}

}  // namespace convreel::batch
