// Numbers, places and text as XML takes them. Knows no item and no colour.
#pragma once

#include <string>
#include <string_view>

#include "scene/geometry.hpp"

namespace convreel::output {

/// Hundredths, no trailing zeros, no "-0".
[[nodiscard]] std::string short_number(double value);

/// ` transform="translate(3 4)"`, nothing at the origin; ` opacity="0.5"`, nothing for 1.
[[nodiscard]] std::string translation(scene::Point at);
[[nodiscard]] std::string opacity_attribute(double opacity);

/// Text for XML and HTML: escaped, broken UTF-8 and characters that XML forbids replaced by U+FFFD.
[[nodiscard]] std::string markup_text(std::string_view text);

}  // namespace convreel::output
