// A view turns (trace, cursor) into items inside a rectangle of its own. It has no clock, and knows roles, not colours.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "explain/notation.hpp"
#include "job/show.hpp"
#include "numerics/gradient.hpp"
#include "numerics/stage.hpp"
#include "numerics/trace.hpp"
#include "scene/ruler.hpp"
#include "scene/scene.hpp"
#include "story/storyboard.hpp"
#include "views/meaning.hpp"  // IWYU pragma: export
#include "views/words.hpp"    // IWYU pragma: export

namespace convreel::views {

// What the page fixes for all views.
inline constexpr double kArithmeticFont = 18;
inline constexpr double kArithmeticRoom = 880;  ///< scene units, the page's width without its margins
inline constexpr double kNarrowRoom = 440;      ///< the same of a narrow page that need not be wider

/// What a view is given. References outlive the view.
struct Context {
  const numerics::Trace& trace;
  const job::Show& show;
  const scene::Ruler& ruler;
  const Map* grad_output = nullptr;  ///< where somebody gave one
  bool alone = true;                 ///< no other view stands on the page
  explain::Notation notation = explain::notation_of(trace);

  /// The gradient at the output: somebody's, or one that teaches.
  [[nodiscard]] Map gradient() const { return grad_output ? *grad_output : numerics::sample_gradient(trace.output()); }
};

/// What a view of a stack is given. References outlive the view.
struct StackContext {
  const std::vector<numerics::Stage>& stages;
  const job::Show& show;
  const scene::Ruler& ruler;
};

/// A part of a sentence that can be told by itself: spans [first, last), and where in the picture it comes from.
struct Phrase {
  std::size_t first = 0, last = 0;
  std::optional<scene::Rect> source = {};
};

/// A sentence as it is written, and which of its spans can be told by themselves. Parts that gave way share an
/// ellipsis.
struct Line {
  std::vector<scene::Span> spans;
  std::vector<Phrase> parts;
};

/// What a view gives for one cursor. `backdrop` and `settled` are shared by every cursor of a chapter.
struct Body {
  scene::Stratum backdrop;
  scene::Stratum settled;
  scene::Items live;
  std::vector<scene::Span> arithmetic;  ///< the sentence that joins window and output; empty for none
  std::vector<Phrase> parts;            ///< of the sentence, in order; empty where it is one whole
  std::size_t landings = 0;             ///< parts that the picture itself tells one after the other, each in a sentence
};

class View {
 public:
  virtual ~View() = default;
  /// Chapters in order; the last is the main one. Beat lengths are left to the caller.
  [[nodiscard]] virtual std::vector<story::Chapter> chapters() const = 0;
  /// The room this view needs with cells of `cell` scene units. Never depends on a cursor.
  [[nodiscard]] virtual scene::Size measure(double cell) const = 0;
  /// How far from the left of what measure() asks for the input's own first column lies, padding left out. Layers below
  /// each other are aligned by it, so that a window that is shifted is seen to be.
  [[nodiscard]] virtual double lead(double /*cell*/) const { return 0; }
  /// Widths of what stands side by side, from that column on to the right; empty where things stand otherwise.
  [[nodiscard]] virtual std::vector<double> columns(double /*cell*/) const { return {}; }
  /// Makes those columns so wide, before place(): the same in layers below each other.
  virtual void align(const std::vector<double>& /*columns*/) {}
  /// True when no grid's numbers give way to a ramp of values at that cell size.
  [[nodiscard]] virtual bool numbered(double cell) const = 0;
  /// Fixes cell size and place, before the first draw(). `area` is at least measure(cell).
  virtual void place(scene::Rect area, double cell) = 0;
  /// Pure: the same cursor gives the same body. Safe from several threads.
  [[nodiscard]] virtual Body draw(const story::Cursor& cursor) const = 0;
  /// The sentence that ends the story, under the finished picture and in its alt text.
  [[nodiscard]] virtual std::vector<scene::Span> conclusion() const = 0;
  /// What every cell stands for that any body has. Asked after place().
  [[nodiscard]] virtual Meaning meaning() const = 0;
  /// The title nobody wrote, from the layer's name: most views add nothing to it.
  [[nodiscard]] virtual std::string titled(const std::string& layer) const { return layer; }
  /// The line under the picture, such as the size formula with its numbers.
  [[nodiscard]] virtual std::string formula() const = 0;
  /// The animation step by step, a line a step; empty when it is the layer's own (explain::transcript).
  [[nodiscard]] virtual std::string transcript() const { return {}; }
};

}  // namespace convreel::views
