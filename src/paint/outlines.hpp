// Text as outlines for vector formats that must look the same everywhere.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "scene/item.hpp"
#include "theme/theme.hpp"

namespace convreel::paint {

class Outlines {
 public:
  explicit Outlines(const theme::Theme& theme);
  ~Outlines();

  /// SVG path data in scene units; the text starts at (0, 0), its baseline is y = 0. Empty for blank text.
  [[nodiscard]] std::string svg_path(std::string_view text, double font, scene::Weight weight, bool heading) const;
  /// Height of a capital letter as a share of the font size.
  [[nodiscard]] double cap_height(bool heading) const;

 private:
  class Work;
  std::unique_ptr<Work> work_;
};

}  // namespace convreel::paint
