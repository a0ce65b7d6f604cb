// How a job is to be shown: every choice decided. Written by resolve(), read by views, story and output.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/duration.hpp"

namespace convreel::job {

enum class Motion { step, smooth };
enum class Chapters { all, none };
/// full: title, chips, arithmetic, formula, progress; article: the article's two panels under one heading; plain:
/// grids.
enum class Layout { full, article, plain };

struct PixelSize {
  int width = 0, height = 0;
  bool operator==(const PixelSize&) const = default;
};

/// What aa_levels is unless said otherwise.
inline constexpr int kAaLevels = 12;

/// Steps first..last, counted from 1, both shown.
struct StepRange {
  std::int64_t first = 1, last = 1;
  bool operator==(const StepRange&) const = default;
};

struct Show {
  std::vector<std::string> views;                                    ///< at least one name of the catalogue
  std::string theme = "light";                                       ///< a name or a path
  std::vector<std::pair<std::string, std::string>> theme_overrides;  ///< --set role.input.fill=#...
  Layout layout = Layout::full;
  std::optional<PixelSize> size;     ///< fit the scene into this canvas
  std::optional<int> cell;           ///< cell size in scene units
  std::optional<std::string> title;  ///< instead of the layer's own
  bool numbers = true;
  bool arithmetic = true;
  Chapters chapters = Chapters::all;
  std::optional<Motion> motion;  ///< empty: the format's own
  base::Duration step = std::chrono::milliseconds(600);
  base::Duration hold_start{0};                       ///< added to the first picture
  base::Duration hold_end = std::chrono::seconds(2);  ///< how long the finished result stays; 0: no such picture
  std::optional<int> fps;                             ///< empty: the format's own
  int loop = 0;                                       ///< times played, 0 = forever
  std::optional<StepRange> steps;
  bool transparent = false;
  std::optional<base::Duration> predict;  ///< hide each result this long
  std::optional<int>
      aa_levels;  ///< steps of glyph and edge coverage in pixels; empty: kAaLevels, a GIF's fewer if need be
  bool operator==(const Show&) const = default;
};

/// One file to write. `format` is a name of the format table; `options` are what stood after the colon.
struct Output {
  std::string path;  ///< "-" for stdout
  std::string format;
  std::map<std::string, std::string> options;
  bool operator==(const Output&) const = default;
};

}  // namespace convreel::job
