// The shades of a theme's ramps: from the background to a role's full hue, from black to white for a photo.
#include <cmath>

#include "theme/theme.hpp"

namespace convreel::theme {

namespace {

using scene::Ramp;
using scene::Role;

constexpr Colour kBlack{0, 0, 0, 255}, kWhite{255, 255, 255, 255};
constexpr Colour kPaper{240, 240, 240, 255};  // a photo's white, which shows on a white page
constexpr int kFirstDotted = 4;               // next to zero a dot would look like dirt
constexpr double kFaintest = 0.06;            // a value next to zero is still a cell, not a hole

struct Ends {
  Colour low, high;
};

Ends ends_of(const Theme& theme, Ramp ramp) {
  switch (ramp) {
    case Ramp::grey:
      return {kBlack, kPaper};
    case Ramp::red:
      return {kBlack, {255, 0, 0, 255}};
    case Ramp::green:
      return {kBlack, {0, 255, 0, 255}};
    case Ramp::blue:
      return {kBlack, {0, 0, 255, 255}};
    default:
      break;
  }
  const Colour ground = theme.of(Role::background).fill.value_or(kWhite);
  Role role = Role::input;
  if (ramp == Ramp::kernel) role = Role::window;  // the kernel's full hue; its cells have a pale one
  if (ramp == Ramp::below) role = Role::extra;
  if (ramp >= Ramp::group0 && ramp <= Ramp::group5)
    role = scene::group_role(static_cast<int>(ramp) - static_cast<int>(Ramp::group0));
  const Paint& paint = theme.of(role);
  const Colour full = blended(ground, paint.stroke.value_or(paint.ink), 1);
  return {blended(ground, full, kFaintest), full};
}

double linear(std::uint8_t channel) {
  const double c = channel / 255.0;
  return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

/// Of black and white the one that is easier to read on `fill` (WCAG's contrast).
Colour ink_on(Colour fill) {
  const double light = 0.2126 * linear(fill.r) + 0.7152 * linear(fill.g) + 0.0722 * linear(fill.b);
  constexpr double kEven = 0.1791;  // where both are at 4.58:1
  return light > kEven ? kBlack : kWhite;
}

/// What lies below zero is told without its hue too.
void dot(Paint& paint) {
  constexpr double kSoft = 0.3;
  paint.texture = Texture::dots;
  paint.texture_ink = blended(*paint.fill, paint.ink, kSoft);
}

}  // namespace

void Theme::mix_shades() {
  for (int r = 0; r < scene::kRamps; ++r) {
    const auto ramp = static_cast<Ramp>(r);
    if (ramp == Ramp::output) continue;
    const Ends ends = ends_of(*this, ramp);
    for (int shade = 0; shade < scene::kShades; ++shade) {
      Paint& paint = roles[static_cast<std::size_t>(scene::shade_role(ramp, shade))];
      if (!paint.fill) paint.fill = blended(ends.low, ends.high, shade / static_cast<double>(scene::kShades - 1));
      paint.ink = ink_on(*paint.fill);
      if (ramp == Ramp::below && shade >= kFirstDotted) dot(paint);
    }
  }
}

}  // namespace convreel::theme
