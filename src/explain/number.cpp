#include "explain/number.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <span>

namespace convreel::explain {

namespace {

// Seven digits fill a cell before a power of ten does.
constexpr double kGridLimit = 1e6;
constexpr int kMostDecimals = 2;
constexpr double kNoiseOfLargest = 1e-14;
// A 5×5 Gaussian counts in 256ths.
constexpr int kMostParts = 256;

struct Fraction {
  int parts = 0, whole = 1;
};

/// A magnitude in ASCII digits, and whether reading them gives it back.
struct Digits {
  std::string text;
  bool exact = true;
};

bool same(double a, double b) { return std::abs(a - b) <= 1e-9 * std::max(std::abs(a), std::abs(b)); }

bool fits(double value, const NumberStyle& style) {
  const double ten = std::pow(10.0, style.decimals), scaled = value * ten;
  if (!std::isfinite(scaled)) return true;
  return same(scaled, std::nearbyint(scaled)) || std::abs(scaled - std::nearbyint(scaled)) < style.noise * ten;
}

bool whole(double value) { return fits(value, {.decimals = 0}); }

/// The fraction below 1 that a magnitude is, to the last digits of a double.
std::optional<Fraction> fraction(double magnitude) {
  if (!(magnitude > 0) || magnitude >= 1) return std::nullopt;
  for (int parts = 2; parts <= kMostParts; ++parts) {
    const double count = std::nearbyint(magnitude * parts);
    if (count >= 1 && std::abs(magnitude * parts - count) < 1e-12 * parts)
      return Fraction{static_cast<int>(count), parts};
  }
  return std::nullopt;
}

std::string without_trailing_zeros(std::string digits) {
  if (digits.find('.') == std::string::npos) return digits;
  digits.erase(digits.find_last_not_of('0') + 1);
  if (digits.back() == '.') digits.pop_back();
  return digits;
}

/// "1.25e300", "2e−5" from what the library writes: no plus sign, no leading zero in the exponent.
std::string power_text(double magnitude, int decimals) {
  const std::string text = fmt::format("{:.{}e}", magnitude, decimals);
  const std::size_t e = text.find('e');
  const std::size_t first = text.find_first_not_of("+-0", e + 1);
  return without_trailing_zeros(text.substr(0, e)) + "e" + (text[e + 1] == '-' ? "−" : "") +
         (first == std::string::npos ? "0" : text.substr(first));
}

double read_back(std::string text) {
  if (const std::size_t minus = text.find("−"); minus != std::string::npos) text.replace(minus, 3, "-");
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::string fixed_text(double magnitude, const NumberStyle& style) {
  return without_trailing_zeros(fmt::format("{:.{}f}", magnitude, style.decimals));
}

Digits digits_of(double magnitude, const NumberStyle& style) {
  if (magnitude == 0 || magnitude < style.noise) return {"0", magnitude == 0};
  if (style.fractions && !fits(magnitude, style))
    if (const auto found = fraction(magnitude)) return {fmt::format("{}/{}", found->parts, found->whole)};
  std::string text = magnitude < style.plain_limit ? fixed_text(magnitude, style) : "";
  if (text.empty() || read_back(text) == 0) text = power_text(magnitude, style.power_decimals);
  const bool exact = same(read_back(text), magnitude);
  return {std::move(text), exact};
}

double largest(std::span<const double> values) {
  double found = 0;
  for (const double value : values)
    if (std::isfinite(value)) found = std::max(found, std::abs(value));
  return found;
}

}  // namespace

NumberStyle grid_numbers(const std::vector<double>& grid) {
  const auto values = std::span(grid).first(std::min(grid.size(), kMostNumbered));
  NumberStyle style{.decimals = 0, .fractions = false, .plain_limit = kGridLimit};
  style.noise = kNoiseOfLargest * largest(values);
  style.power_decimals = largest(values) < kGridLimit ? 0 : 1;
  const auto all = [&](auto&& good) { return std::all_of(values.begin(), values.end(), good); };
  const auto shown = [&](double value) { return fits(value, style); };
  while (style.decimals < kMostDecimals && !all(shown)) ++style.decimals;
  const auto in_parts = [](double v) { return !std::isfinite(v) || whole(v) || fraction(std::abs(v)); };
  if (!all(shown) && all(in_parts)) style.fractions = true, style.decimals = 0;
  return style;
}

std::string number(double value, const NumberStyle& style) {
  if (std::isnan(value)) return "NaN";
  const std::string digits = std::isinf(value) ? "∞" : digits_of(std::abs(value), style).text;
  return value < 0 && digits != "0" ? "−" + digits : digits;
}

std::string operand(double value, const NumberStyle& style) {
  const std::string text = number(value, style);
  return text.starts_with("−") ? "(" + text + ")" : text;
}

bool shown_exactly(double value, const NumberStyle& style) {
  return !std::isfinite(value) || digits_of(std::abs(value), style).exact;
}

}  // namespace convreel::explain
