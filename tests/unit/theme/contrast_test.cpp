// Every text must be read and every role told apart in every shipped theme, in colour, without it, and with colour
// blindness. What must hold is computed from the themes; no pair is excused by name.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "scene/role.hpp"
#include "theme/theme.hpp"
#include "unit/theme/vision.hpp"

namespace convreel::test {
namespace {

using scene::Role;
using theme::Paint;
using theme::Texture;
using theme::Theme;
using Complaints = std::vector<std::string>;

constexpr double kText = 4.5, kGraphic = 3;
/// Closer fills must differ in shape.
constexpr double kPlain = 7;

const std::vector<Role> kMapRoles{Role::input,   Role::padding, Role::inserted_zero, Role::unread,
                                  Role::cropped, Role::group0,  Role::group1,        Role::group2,
                                  Role::group3,  Role::group4,  Role::group5};
const std::vector<Role> kCellRoles{Role::input,         Role::padding, Role::inserted_zero,  Role::unread,
                                   Role::cropped,       Role::kernel,  Role::output_pending, Role::output_done,
                                   Role::output_active, Role::extra,   Role::partial,        Role::winner};
/// Roles whose ink also stands on the plain background: headings, captions, the arithmetic line.
const std::vector<Role> kLineRoles{Role::ink,         Role::muted,  Role::input,   Role::padding, Role::kernel,
                                   Role::output_done, Role::extra,  Role::partial, Role::winner,  Role::link,
                                   Role::window,      Role::group0, Role::group1,  Role::group2,  Role::group3,
                                   Role::group4,      Role::group5};

std::vector<Role> all_roles() {
  std::vector<Role> roles;
  for (std::size_t i = 0; i < scene::kRoleCount; ++i) roles.push_back(static_cast<Role>(i));
  return roles;
}

Colour background(const Theme& theme) { return *theme.of(Role::background).fill; }

Colour veiled_fill(const Theme& theme, Role role) {
  if (const auto& own = theme.veiled[static_cast<std::size_t>(role)]) return *own;
  return theme::blended(*theme.of(role).fill, *theme.of(Role::window).stroke, theme.veil);
}

void demand(Complaints& out, const std::string& what, Colour a, Colour b, double least) {
  if (contrast(a, b) < least)
    out.push_back(fmt::format("{}: {} on {} is {:.2f}, below {}", what, to_text(a), to_text(b), contrast(a, b), least));
}

Complaints text_complaints(const Theme& theme) {
  Complaints out;
  for (const Role role : all_roles())
    if (const auto& fill = theme.of(role).fill)
      demand(out, fmt::format("{} ink on its fill", name(role)), theme.of(role).ink, *fill, kText);
  for (const Role role : kMapRoles) {
    demand(out, fmt::format("{} ink under the window", name(role)), theme.of(role).ink, veiled_fill(theme, role),
           kText);
    demand(out, fmt::format("weight on {}", name(role)), theme.of(Role::kernel).ink, veiled_fill(theme, role), kText);
  }
  for (const Role role : kLineRoles)
    demand(out, fmt::format("{} ink on the background", name(role)), theme.of(role).ink, background(theme), kText);
  for (const Role role : {Role::ink, Role::muted})
    demand(out, fmt::format("{} ink on a chip", name(role)), theme.of(role).ink, *theme.of(Role::chip).fill, kText);
  return out;
}

/// While the window glides, its veil lies over the numbers for a moment; themes that hide numbers need no more.
Complaints glide_complaints(const Theme& theme) {
  Complaints out;
  if (std::find(theme.show.begin(), theme.show.end(), std::pair<std::string, std::string>{"numbers", "false"}) !=
      theme.show.end())
    return out;
  const auto veiled = [&](Colour colour) { return theme::blended(colour, *theme.of(Role::window).stroke, theme.veil); };
  for (const Role role : kMapRoles)
    demand(out, fmt::format("{} ink below the veil", name(role)), veiled(theme.of(role).ink),
           veiled(*theme.of(role).fill), kGraphic);
  return out;
}

/// A rule only separates; what it shows (progress) is the accent on it.
Complaints graphic_complaints(const Theme& theme) {
  Complaints out;
  for (const Role role : all_roles())
    if (const auto& stroke = theme.of(role).stroke; stroke && role != Role::rule)
      demand(out, fmt::format("{} stroke", name(role)), *stroke, background(theme), kGraphic);
  demand(out, "progress on its track", *theme.of(Role::accent).fill, *theme.of(Role::rule).fill, kGraphic);
  for (const Role role : {Role::good, Role::bad})
    if (const Colour fill = *theme.of(role).fill; fill != background(theme))
      demand(out, fmt::format("{} mark", name(role)), fill, background(theme), kGraphic);
  return out;
}

/// What remains of a role without its hue: its outline and its texture, as far as they show on the fill.
std::string shape_class(const Paint& paint) {
  std::string shape;
  if (paint.stroke && paint.stroke_width > 0 && contrast(*paint.stroke, *paint.fill) >= 1.5)
    shape = fmt::format("{} {}", paint.stroke_width >= 1.5 ? "thick" : "thin", paint.dashed ? "dashes" : "line");
  if (paint.texture != Texture::none && contrast(*paint.texture_ink, *paint.fill) >= 1.15)
    shape += fmt::format(" texture {}", static_cast<int>(paint.texture));
  return shape;
}

Complaints twins(const Theme& theme) {
  Complaints out;
  for (std::size_t i = 0; i < kCellRoles.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      for (const Sight sight : kSights) {
        const Paint &a = theme.of(kCellRoles[i]), &b = theme.of(kCellRoles[j]);
        const double apart = distance(*a.fill, *b.fill, sight);
        if (apart < kPlain && shape_class(a) == shape_class(b))
          out.push_back(fmt::format("{} and {} are {:.1f} apart for sight {}, both '{}'", name(kCellRoles[i]),
                                    name(kCellRoles[j]), apart, static_cast<int>(sight), shape_class(a)));
      }
  return out;
}

class Shipped : public testing::TestWithParam<std::string> {};

std::string all(const Complaints& complaints) { return fmt::format("{}", fmt::join(complaints, "\n")); }

TEST_P(Shipped, TextIsReadable) { EXPECT_EQ(all(text_complaints(theme::load(GetParam()))), ""); }

TEST_P(Shipped, NumbersStayInSightBelowTheGlidingVeil) {
  EXPECT_EQ(all(glide_complaints(theme::load(GetParam()))), "");
}

TEST_P(Shipped, OutlinesShow) { EXPECT_EQ(all(graphic_complaints(theme::load(GetParam()))), ""); }

TEST_P(Shipped, RolesDifferInMoreThanHue) { EXPECT_EQ(all(twins(theme::load(GetParam()))), ""); }

TEST_P(Shipped, HeatRisesOrFallsStepByStep) {
  const Theme theme = theme::load(GetParam());
  std::vector<double> rise;
  for (int i = 1; i < scene::kHeats; ++i) {
    const auto at = [&](int n) {
      return luminance(linear(*theme.of(static_cast<Role>(static_cast<int>(Role::heat0) + n)).fill));
    };
    rise.push_back(at(i) - at(i - 1));
  }
  for (const double step : rise) EXPECT_GT(step * rise[0], 0);
}

INSTANTIATE_TEST_SUITE_P(Themes, Shipped, testing::ValuesIn(theme::names()), [](const auto& theme) {
  std::string id = theme.param;
  std::replace(id.begin(), id.end(), '-', '_');
  return id;
});

TEST(Vision, AgreesWithKnownContrasts) {
  EXPECT_NEAR(contrast({0, 0, 0, 255}, {255, 255, 255, 255}), 21, 1e-9);
  EXPECT_NEAR(contrast({0x76, 0x76, 0x76, 255}, {255, 255, 255, 255}), 4.54, 0.01);  // the well-known lightest grey
  EXPECT_NEAR(distance({255, 0, 0, 255}, {255, 0, 0, 255}, Sight::tritanopia), 0, 1e-9);
  EXPECT_GT(distance({255, 0, 0, 255}, {0, 160, 0, 255}, Sight::normal),
            3 * distance({200, 0, 0, 255}, {110, 85, 0, 255}, Sight::protanopia));
}

TEST(Contrast, ComplainsAboutAPaleInk) {
  EXPECT_FALSE(text_complaints(theme::load("light", {{"role.input.ink", "#9FB8D0"}})).empty());
  EXPECT_FALSE(text_complaints(theme::load("light", {{"veil", "0.8"}})).empty());
  EXPECT_FALSE(graphic_complaints(theme::load("light", {{"role.output-pending.stroke", "#D5DBE1"}})).empty());
}

TEST(Contrast, ComplainsAboutTwins) {
  EXPECT_FALSE(
      twins(theme::load("light", {{"role.padding.dashed", "false"}, {"role.padding.fill", "#FFFFFF"}})).empty());
  EXPECT_FALSE(twins(theme::load("light", {{"role.unread.texture", "none"}})).empty());
}

}  // namespace
}  // namespace convreel::test
