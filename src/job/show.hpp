// How a job is to be shown. In a JobSpec it is what was written, in a Job what resolve() made of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/duration.hpp"
#include "job/choice.hpp"

namespace convreel::job {

enum class Motion { step, smooth };
enum class Chapters { all, none };
/// teach: time for words, the first steps slowly, many steps together; even: every step alike.
enum class Pace { teach, even };
/// full: title, chips, arithmetic, formula, progress; article: the article's two panels under one heading; plain:
/// grids; portrait: full in a narrow page, grids below each other.
enum class Layout { full, article, plain, portrait };
/// With title, captions and the words below.
[[nodiscard]] constexpr bool worded(Layout layout) { return layout == Layout::full || layout == Layout::portrait; }

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

/// Read by views, story and output. Members without a value say what they mean by it.
struct Show {
  std::vector<std::string> views;                                    ///< names of the catalogue
  Choice<std::string> theme = std::string("light");                  ///< a name or a path
  std::vector<std::pair<std::string, std::string>> theme_overrides;  ///< --set role.input.fill=#...
  Choice<Layout> layout = Layout::full;
  std::optional<PixelSize> size;     ///< fit the scene into this canvas
  std::optional<int> cell;           ///< cell size in scene units
  std::optional<std::string> title;  ///< instead of the layer's own
  Choice<bool> numbers = true;
  Choice<bool> arithmetic = true;
  Choice<Chapters> chapters = Chapters::all;
  std::optional<Motion> motion;    ///< empty: the format's own
  Choice<Pace> pace = Pace::even;  ///< resolve() prefers teach
  Choice<base::Duration> step = base::Duration(std::chrono::milliseconds(600));
  Choice<base::Duration> hold_start = base::Duration{0};  ///< added to the first picture
  /// How long the finished result stays; 0: no such picture.
  Choice<base::Duration> hold_end = base::Duration(std::chrono::seconds(2));
  std::optional<int> fps;  ///< empty: the format's own
  Choice<int> loop = 0;    ///< times played, 0 = forever
  std::optional<StepRange> steps;
  Choice<bool> transparent = false;
  Choice<bool> credit = true;             ///< files say that they are under CC0
  std::optional<base::Duration> predict;  ///< hide each result this long
  std::optional<int>
      aa_levels;  ///< steps of glyph and edge coverage in pixels; empty: kAaLevels, a GIF's fewer if need be
  /// The input is a photo: its values, and what is made of them, are shown as light where numbers do not fit. Found out
  /// by resolve(); no option.
  bool photo = false;
  /// Names of the kernels, one an output channel, where they were given as a list. Found out likewise.
  std::vector<std::string> kernel_names;
  bool operator==(const Show&) const = default;
};

}  // namespace convreel::job
