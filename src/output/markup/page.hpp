// What every SVG of a subject has in common: the outer element with its canvas, words for those who do not see it, the
// ground, the second colour set. Used by .svg and .html.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "output/exporter.hpp"
#include "output/markup/figure.hpp"

namespace convreel::output {

/// The part of the scene that is seen: the canvas, and with --size what is left and right, or above and below of it.
struct ViewBox {
  scene::Rect box;
  double width = 0, height = 0;  ///< in CSS pixels, a hint
};
[[nodiscard]] ViewBox view_box(scene::Size canvas, const std::optional<job::PixelSize>& size);

/// The dark theme for readers who prefer it: with the light theme as it is shipped, unless option `scheme` is "fixed".
[[nodiscard]] std::optional<theme::Theme> dark_theme(const Subject& subject);

/// What the background is painted with; none when the subject is transparent. Notes the parts it uses.
[[nodiscard]] std::string ground(const Subject& subject, const ViewBox& view, Markup& markup);

/// 64 bits of a text as 8 hexadecimal digits behind "cr": the prefix of ids, so that two figures in one page never
/// meet.
[[nodiscard]] std::string scope_of(std::string_view content);

}  // namespace convreel::output
