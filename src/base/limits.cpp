#include "base/limits.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/toml_keys.hpp"

namespace convreel::base {

namespace {

constexpr std::int64_t kKibi = 1024, kMebi = kKibi * kKibi;
constexpr std::int64_t kMillion = 1'000'000, kBillion = 1000 * kMillion;
constexpr std::int64_t kLargest32 = (std::int64_t{1} << 31) - 1;

// In the order of Limit. A row that no flag raises has its own value as the most.
// clang-format off
constexpr LimitRow kLimits[] = {
    {"axis", "cells along one axis; a stride, dilation or padding", 1 << 16, 1 << 12, kLargest32},
    {"values", "values of one map, kernel or data file", 1 << 24, 1 << 18, kLargest32},
    {"products", "products of a layer", std::int64_t{1} << 32, 1 << 24, std::int64_t{1} << 50},
    {"layers", "layers of a stack", 64, 16, 4096},
    {"list", "entries of a list in a job: its outputs, views side by side, kernels of a bank", 1000, 100, kMillion},
    {"tries", "combinations that solve looks at", 20 * kMillion, kMillion, 100 * kBillion},
    {"answers", "answers of solve", 200'000, 2'000, 100 * kMillion},
    {"cases", "cases of a sweep", 100'000, 100, 10 * kMillion},
    {"frames", "pictures of one output: frames of a video, images of a GIF, pictures of an SVG or a page, numbered files", 36'000, 3'000, kLargest32},
    {"slides", "slides of a presentation", 500, 100, 10'000},
    {"drawings", "pictures times items of an SVG or a page", 10 * kMillion, kMillion, kBillion},
    {"pixels", "pixels of one picture", 64 * kMillion, 4 * kMillion, 268'435'456},
    {"text", "bytes of a title or a name", 4 * kKibi, 512, kMebi, Unit::bytes},
    {"job-file", "bytes of a job, sweep or settings file", kMebi, 64 * kKibi, 256 * kMebi, Unit::bytes},
    {"table-file", "bytes of a sweep's table of cases", 16 * kMebi, 256 * kKibi, kBillion, Unit::bytes},
    {"data-file", "bytes of a file of numbers or a picture, or of what stdin gives", 512 * kMebi, 8 * kMebi, 8 * kBillion, Unit::bytes},
    {"picture", "pixels of a picture that is read", std::int64_t{1} << 26, 1 << 23, std::int64_t{1} << 30},
    {"model", "bytes that reading a model's structure may take", 512 * kMebi, 64 * kMebi, 2 * kBillion, Unit::bytes},
    {"memory", "bytes of memory that the pictures of one job take, estimated before the first is painted", 3 * kBillion, 512 * kMebi, 1000 * kBillion, Unit::bytes},
    {"file", "bytes of one file that is written", kBillion, 64 * kMebi, 1000 * kBillion, Unit::bytes},
    {"seconds", "time that a command may take; 0 is any", 0, 60, 1000 * kMillion, Unit::seconds},
    {"theme-file", "bytes of a theme file", 256 * kKibi, 256 * kKibi, 256 * kKibi, Unit::bytes},
    {"manifest", "bytes of a sweep's manifest that is read again", 512 * kMebi, 512 * kMebi, 512 * kMebi, Unit::bytes},
    {"keys", "parts of a dotted key in a TOML file", kMostKeySegments, kMostKeySegments, kMostKeySegments},
    {"nesting", "arrays within each other in a JSON file", 8, 8, 8},
};
// clang-format on

std::string decimal(double number) {
  std::string text = fmt::format("{:.1f}", number);
  if (text.ends_with(".0")) text.resize(text.size() - 2);
  return text;
}

/// Two figures, rounded up, as --limit reads it: what would have been enough.
std::string enough(double number) {
  const double unit = std::pow(10.0, std::max(0.0, std::floor(std::log10(std::max(number, 1.0))) - 1));
  const auto rounded = static_cast<std::int64_t>(std::ceil(number / unit - 1e-9) * unit);
  for (const auto& [size, ending] : {std::pair{kBillion, "G"}, {kMillion, "M"}, {std::int64_t{1000}, "k"}})
    if (rounded % size == 0) return fmt::format("{}{}", rounded / size, ending);
  return std::to_string(rounded);
}

}  // namespace

std::span<const LimitRow> limit_rows() { return kLimits; }

const LimitRow& row_of(Limit limit) { return kLimits[static_cast<std::size_t>(limit)]; }

std::optional<Limit> limit_named(std::string_view name) {
  const auto* const found = std::ranges::find(kLimits, name, &LimitRow::name);
  if (found == std::end(kLimits)) return std::nullopt;
  return static_cast<Limit>(found - std::begin(kLimits));
}

std::string limit_text(Unit unit, std::int64_t number) {
  if (unit == Unit::seconds) return fmt::format("{} s", number);
  if (unit == Unit::count) return std::to_string(number);
  const auto bytes = static_cast<double>(number);
  if (bytes >= 1e9) return decimal(bytes / 1e9) + " GB";
  if (bytes >= 1e6) return decimal(bytes / 1e6) + " MB";
  return fmt::format("{} bytes", number);
}

std::int64_t Limits::operator[](Limit limit) const {
  const LimitRow& row = row_of(limit);
  return said_[static_cast<std::size_t>(limit)].value_or(safe_ ? row.safe : row.usual);
}

void Limits::take(const Limits& over) {
  safe_ |= over.safe_;
  for (std::size_t n = 0; n < said_.size(); ++n)
    if (over.said_[n]) said_[n] = over.said_[n];
}

std::string Limits::as_options() const {
  std::string text = safe_ ? " --safe" : "";
  for (std::size_t n = 0; n < said_.size(); ++n)
    if (said_[n]) text += fmt::format(" --limit {}={}", kLimits[n].name, *said_[n]);
  return text;
}

Problem Limits::problem(Limit limit, std::string_view subject, double number) const {
  const LimitRow& row = row_of(limit);
  const std::string message = fmt::format("{}; the limit is {}", subject, limit_text(row.unit, (*this)[limit]));
  if (!row.raised()) return {message, "no flag raises this limit"};
  if (number > static_cast<double>(row.most))
    return {message, fmt::format("--limit {} goes up to {}", row.name, limit_text(row.unit, row.most))};
  return {message, fmt::format("--limit {}={} allows it", row.name, enough(number))};
}

void Limits::hold(Limit limit, double number, std::string_view subject) const {
  if (number > static_cast<double>((*this)[limit]))
    throw Error(ErrorKind::impossible, std::vector<Problem>{problem(limit, subject, number)});
}

}  // namespace convreel::base
