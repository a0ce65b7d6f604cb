// The painter's shapes as SVG elements. Knows no theme and no text.
#pragma once

#include <string>
#include <string_view>

#include "paint/shape.hpp"

namespace convreel::output {

/// ` name="3"`; nothing for 0.
[[nodiscard]] std::string attribute(std::string_view name, double value);

/// The shape, filled or stroked as it says; its origin stands at `at`.
[[nodiscard]] std::string shape_element(const paint::Shape& shape, scene::Point at, std::string_view classes);
/// What a texture other than hatching draws in the shape.
[[nodiscard]] std::string texture_element(const paint::Shape& shape, scene::Point at, std::string_view classes);
/// The head of the shape's arrow.
[[nodiscard]] std::string arrow_element(const paint::Shape& shape, scene::Point at, std::string_view classes);
/// Path data of one tile of hatching; its side is paint::kHatchStep.
[[nodiscard]] std::string hatch_tile();

}  // namespace convreel::output
