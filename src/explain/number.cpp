#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "explain/explain.hpp"

namespace convreel::explain {

namespace {

// From here on, digits say less than the power of ten.
constexpr double kPlainLimit = 1e12;
constexpr int kMostDecimals = 2;

std::string without_trailing_zeros(std::string digits) {
  if (digits.find('.') == std::string::npos) return digits;
  digits.erase(digits.find_last_not_of('0') + 1);
  if (digits.back() == '.') digits.pop_back();
  return digits;
}

std::string magnitude_text(double magnitude, int decimals) {
  if (magnitude < kPlainLimit) return without_trailing_zeros(fmt::format("{:.{}f}", magnitude, decimals));
  const std::string text = fmt::format("{:.{}e}", magnitude, decimals);
  const std::size_t e = text.find('e');
  return without_trailing_zeros(text.substr(0, e)) + "e" + text.substr(text[e + 1] == '+' ? e + 2 : e + 1);
}

bool fits(double value, int decimals) {
  if (!std::isfinite(value)) return true;
  const double scaled = value * std::pow(10.0, decimals);
  return std::abs(scaled - std::nearbyint(scaled)) < 1e-9 * std::max(1.0, std::abs(scaled));
}

}  // namespace

std::string number(double value, int decimals) {
  if (std::isnan(value)) return "NaN";
  const std::string digits = std::isinf(value) ? "∞" : magnitude_text(std::abs(value), decimals);
  return value < 0 && digits != "0" ? "−" + digits : digits;
}

int shared_decimals(const std::vector<double>& values) {
  for (int decimals = 0; decimals < kMostDecimals; ++decimals)
    if (std::all_of(values.begin(), values.end(), [&](double v) { return fits(v, decimals); })) return decimals;
  return kMostDecimals;
}

}  // namespace convreel::explain
