// Order and pace: a story is chapters of beats; a beat is one picture the eye rests on. Knows no layer and no pixel.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/duration.hpp"

namespace convreel::story {

struct Chapter {
  std::string id;      ///< what the view calls it: "derive", "insert", "pad", "slide"
  std::string title;   ///< "insert zeros"
  std::string detail;  ///< "3×3 → 5×5"
  std::int64_t beats = 1;
  std::int64_t first = 0;  ///< number of the first beat shown (--steps cuts the main chapter)
  bool main = false;       ///< the chapter whose beats are the steps that are counted
  base::Duration beat{};   ///< how long one beat lasts
  bool stepwise = false;   ///< its beats are steps too: as long as the main chapter's, and hidden by predict

  [[nodiscard]] bool has_steps() const { return main || stepwise; }
};

struct Storyboard {
  std::vector<Chapter> chapters;  ///< exactly one is main, the last
  base::Duration hold_start{};
  base::Duration hold_end{};  ///< 0: no closing picture of the finished result
  base::Duration predict{};   ///< > 0: every main beat is shown hidden for that long, then revealed
};

/// Where in the story a picture is. Views are functions of (trace, cursor).
struct Cursor {
  std::size_t chapter = 0;
  std::int64_t beat = 0;  ///< within the chapter, counted from its `first`
  double glide = 1.0;     ///< 0: still at the beat before, 1: arrived; eased
  bool revealed = true;   ///< false while --predict hides this beat's result
  bool finished = false;  ///< the closing picture: everything done, nothing active

  bool operator==(const Cursor&) const = default;
};

/// One moment of the story and how long it stands.
struct Moment {
  Cursor cursor;
  base::Duration duration{};
  bool beat_start = false;  ///< a beat begins here (key frames, captions)
};

/// How motion is cut into moments.
struct Pace {
  bool smooth = false;
  int fps = 25;  ///< moments a second while something glides
};

/// The whole story as moments, in order. Any moment is found in constant time, so that a long story costs no memory.
class Timeline {
 public:
  Timeline(Storyboard board, Pace pace);
  [[nodiscard]] std::int64_t size() const { return size_; }
  [[nodiscard]] Moment moment(std::int64_t index) const;
  /// When that moment begins, since the story began.
  [[nodiscard]] base::Duration start(std::int64_t index) const;
  /// Sum of all durations.
  [[nodiscard]] base::Duration length() const;
  [[nodiscard]] const Storyboard& board() const { return board_; }
  /// Beats of all chapters, and the number (from 0) of the moment at which beat `n` has arrived and is revealed.
  [[nodiscard]] std::int64_t beats() const { return beats_; }
  [[nodiscard]] std::int64_t arrival(std::int64_t beat) const;

 private:
  Storyboard board_;
  Pace pace_;
  std::int64_t size_ = 0;
  std::int64_t beats_ = 0;
};

/// Cubic ease in and out of a share 0..1.
[[nodiscard]] double ease(double share);

}  // namespace convreel::story
