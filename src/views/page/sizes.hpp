// The page's measures that layout and drawing share, in scene units.
#pragma once

namespace convreel::views {

inline constexpr double kChipFont = 14, kChipPad = 12;
inline constexpr double kBarGap = 10, kBarFont = 14;
inline constexpr double kSlotGap = 48;
inline constexpr double kSmallFont = 14, kLineHeight = 24;

}  // namespace convreel::views
