// A job as pictures: shot i is a scene and how long it stands. A pure function of i, so shots may be asked for in any
// order and from several threads; equal neighbours are merged before anybody paints.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/duration.hpp"
#include "job/job.hpp"
#include "job/show.hpp"
#include "numerics/trace.hpp"
#include "scene/ruler.hpp"
#include "scene/scene.hpp"
#include "story/storyboard.hpp"
#include "views/meaning.hpp"
#include "views/reel/wording.hpp"  // IWYU pragma: export

namespace convreel::views {

struct Shot {
  scene::Scene scene;
  base::Duration start{};  ///< since the story began
  base::Duration duration{};
  story::Begins begins = story::Begins::nothing;  ///< key frames are placed by it
};

/// What the items whose ids begin with `prefix` stand for; ids of `meaning` are without it.
struct ViewMeaning {
  std::string prefix;  ///< empty for the first view
  const numerics::Trace* trace = nullptr;
  Meaning meaning;
  const std::vector<numerics::Stage>* stack = nullptr;  ///< instead of a trace
};

class Reel {
 public:
  virtual ~Reel() = default;
  [[nodiscard]] virtual scene::Size canvas() const = 0;
  [[nodiscard]] virtual std::int64_t size() const = 0;
  [[nodiscard]] virtual Shot shot(std::int64_t index) const = 0;
  /// Start and length of a shot without drawing it.
  [[nodiscard]] virtual story::Moment moment(std::int64_t index) const = 0;
  [[nodiscard]] virtual base::Duration length() const = 0;
  /// Shots that are one picture a beat, arrived and revealed, the finished result last: stills, PDF pages, strips.
  [[nodiscard]] virtual std::vector<std::int64_t> stills() const = 0;
  /// What the cells of each view stand for.
  [[nodiscard]] virtual std::vector<ViewMeaning> meanings() const = 0;
  /// "Transposed convolution: 3×3 input, ..." for title fields.
  [[nodiscard]] virtual const std::string& title() const = 0;
  /// What the animation shows, in words (alt text), and step by step (transcript).
  [[nodiscard]] virtual std::string alt_text() const = 0;
  [[nodiscard]] virtual std::string transcript() const = 0;
};

/// One trace or stack in one show, or several side by side (compare), all of them traces or all stacks. Everything
/// given must outlive the reel.
struct Panel {
  const numerics::Trace* trace = nullptr;
  const job::Show* show = nullptr;
  std::string subtitle;
  const std::vector<numerics::Stage>* stack = nullptr;  ///< instead of a trace
  const numerics::Map* grad_output = nullptr;
};
/// A job's chain, a stack or one layer.
[[nodiscard]] Panel panel_of(const job::Chain& chain, const job::Show& show, std::string subtitle = {});
/// The job's own chain and those beside it.
[[nodiscard]] std::vector<Panel> panels_of(const job::Job& job);
[[nodiscard]] std::unique_ptr<Reel> make_reel(const std::vector<Panel>& panels, const job::Show& show, story::Pace pace,
                                              const scene::Ruler& ruler);

}  // namespace convreel::views
