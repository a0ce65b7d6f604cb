// How colours meet the eye: WCAG contrast, simulated colour blindness, distance in CIE Lab.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>

#include "theme/theme.hpp"

namespace convreel::test {

using theme::Colour;
using Linear = std::array<double, 3>;

inline double linear(std::uint8_t channel) {
  const double c = channel / 255.0;
  return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

inline Linear linear(Colour colour) { return {linear(colour.r), linear(colour.g), linear(colour.b)}; }

inline double luminance(const Linear& c) { return 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2]; }

/// WCAG 2.2: 1 (equal) to 21 (black on white).
inline double contrast(Colour a, Colour b) {
  const double x = luminance(linear(a)), y = luminance(linear(b));
  return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

enum class Sight { normal, protanopia, deuteranopia, tritanopia, greyscale };
inline constexpr std::array kSights{Sight::normal, Sight::protanopia, Sight::deuteranopia, Sight::tritanopia,
                                    Sight::greyscale};

/// Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB.
inline Linear seen(const Linear& c, Sight sight) {
  using Matrix = std::array<Linear, 3>;
  static constexpr Matrix kProtan{
      {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}};
  static constexpr Matrix kDeutan{
      {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}};
  static constexpr Matrix kTritan{
      {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}}};
  if (sight == Sight::normal) return c;
  if (sight == Sight::greyscale) return {luminance(c), luminance(c), luminance(c)};
  const Matrix& m = sight == Sight::protanopia ? kProtan : sight == Sight::deuteranopia ? kDeutan : kTritan;
  Linear out{};
  for (std::size_t row = 0; row < 3; ++row)
    out[row] = std::clamp(m[row][0] * c[0] + m[row][1] * c[1] + m[row][2] * c[2], 0.0, 1.0);
  return out;
}

/// CIE Lab under D65.
inline std::array<double, 3> lab(const Linear& c) {
  const auto f = [](double t) { return t > 0.008856 ? std::cbrt(t) : 7.787 * t + 16.0 / 116; };
  const double x = f((0.4124 * c[0] + 0.3576 * c[1] + 0.1805 * c[2]) / 0.95047);
  const double y = f(luminance(c)), z = f((0.0193 * c[0] + 0.1192 * c[1] + 0.9505 * c[2]) / 1.08883);
  return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

/// CIE76: about 2 is just seen, 10 is plain.
inline double distance(Colour a, Colour b, Sight sight) {
  const auto p = lab(seen(linear(a), sight)), q = lab(seen(linear(b), sight));
  return std::sqrt((p[0] - q[0]) * (p[0] - q[0]) + (p[1] - q[1]) * (p[1] - q[1]) + (p[2] - q[2]) * (p[2] - q[2]));
}

}  // namespace convreel::test
