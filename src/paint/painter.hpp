// Scenes to pixels. Only this room knows Cairo and Pango.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/image.hpp"
#include "base/limits.hpp"
#include "scene/ruler.hpp"
#include "scene/scene.hpp"
#include "theme/theme.hpp"

namespace convreel::paint {

/// The ruler of a theme's fonts. Cheap to copy around by reference, safe from several threads.
[[nodiscard]] std::unique_ptr<scene::Ruler> make_ruler(const theme::Theme& theme);

struct Raster {
  int width = 0, height = 0;          ///< pixels of the finished picture
  double scale = 1;                   ///< pixels a scene unit
  double offset_x = 0, offset_y = 0;  ///< pixels left and above of the scene (a fixed canvas centres it)
  bool transparent = false;           ///< leave the background out
  int aa_levels = 16;  ///< steps of edge coverage, 2..256; up to 32, text takes 3/4 and shapes 1/4 of them
};

/// The raster that shows `canvas` at `scale`, both sides even; or fitted into width x height when given.
[[nodiscard]] Raster raster_for(scene::Size canvas, double scale, const base::Limits& limits = {});
[[nodiscard]] Raster raster_fitted(scene::Size canvas, int width, int height, const base::Limits& limits = {});

/// Paints scene after scene, keeping what did not change. Any order of scenes gives the pixels that painting each from
/// nothing gives. One thread at a time; several painters may work side by side.
class Painter {
 public:
  Painter(const theme::Theme& theme, const Raster& raster);
  ~Painter();
  Painter(const Painter&) = delete;
  Painter& operator=(const Painter&) = delete;

  /// The picture, valid until the next paint(). `damage()` tells what differs from the picture before.
  const base::ImageView& paint(const scene::Scene& scene);
  /// Rectangles outside of which the last two pictures agree; the whole picture after the first paint.
  [[nodiscard]] const std::vector<base::PixelRect>& damage() const;
  /// Forgets everything kept, so that the next paint() starts from nothing.
  void forget();

 private:
  class Work;
  std::unique_ptr<Work> work_;
};

/// Numbers of cells whose font would be smaller, in pixels, are not painted: nobody reads them.
inline constexpr double kSmallestDigits = 6;
/// True when that befalls some number of the scene.
[[nodiscard]] bool leaves_numbers_out(const scene::Scene& scene, const Raster& raster);

/// Characters of `text` that no installed font draws, each once.
[[nodiscard]] std::vector<std::string> missing_characters(const theme::Theme& theme, std::string_view text,
                                                          bool heading);

/// The font that a theme's text gets on this machine: `wanted` is the first family it names, `given` the first of them
/// that is installed.
struct FontAnswer {
  std::string use, wanted, given;  ///< use: text or heading

  /// The wanted family itself is here.
  [[nodiscard]] bool exact() const;
};
/// The theme's fonts for text and heading, in this order.
[[nodiscard]] std::vector<FontAnswer> font_answers(const theme::Theme& theme);

}  // namespace convreel::paint
