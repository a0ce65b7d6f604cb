// Order and pace: a story is chapters of beats; a beat is one picture the eye rests on. Knows no layer and no pixel.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/duration.hpp"

namespace convreel::story {

/// Beats of a chapter that are alike.
struct Stretch {
  std::int64_t beats = 1;
  std::int64_t steps = 1;  ///< of the chapter that every beat takes; the chapter's last beat takes what is left
  base::Duration beat{};   ///< how long one lasts
  int parts = 0;           ///< in which its sum is told, one after the other; 0: all at once
  base::Duration part{};   ///< how long each of them takes, and the look at the window before them
};

struct Chapter {
  std::string id;      ///< what the view calls it: "derive", "insert", "pad", "slide"
  std::string title;   ///< "insert zeros"
  std::string detail;  ///< "3x3 -> 5x5"
  std::int64_t beats = 1;
  std::int64_t first = 0;  ///< number of the first beat shown (--steps cuts the main chapter)
  bool main = false;       ///< the chapter whose beats are the steps that are counted
  base::Duration beat{};   ///< how long one beat lasts, unless there are stretches
  bool stepwise = false;   ///< its beats are steps too: as long as the main chapter's, and hidden by predict
  std::int64_t row = 1;    ///< steps that belong together: where they are too many, they are shown so many at a time
  bool prose = false;      ///< every beat says something new, and is read like a chapter
  /// In order; together they take all its beats. None: one beat is as long as the other.
  std::vector<Stretch> stretches = {};

  [[nodiscard]] bool has_steps() const { return main || stepwise; }
};

struct Storyboard {
  std::vector<Chapter> chapters;  ///< exactly one is main, the last
  base::Duration hold_start{};
  base::Duration hold_end{};  ///< 0: no closing picture of the finished result
  base::Duration predict{};   ///< > 0: every main beat is shown hidden for that long, then revealed
};

/// Steps of a chapter that one beat goes through, counted as its beats are.
struct Sweep {
  std::int64_t first = 0, last = 0;
  bool operator==(const Sweep&) const = default;
};

/// Where in the story a picture is. Views are functions of (trace, cursor).
struct Cursor {
  std::size_t chapter = 0;
  std::int64_t beat = 0;  ///< within the chapter, counted from its `first`
  double glide = 1.0;     ///< 0: still at the beat before, 1: arrived; eased
  bool revealed = true;   ///< false while this beat's result is hidden: to be predicted, or its sum still being told
  bool finished = false;  ///< the closing picture: everything done, nothing active
  /// Parts of the sum that are told so far, 2.4 being two and the third on its way; empty where it is not told so.
  std::optional<double> told = {};
  std::optional<Sweep> sweep = {};  ///< `beat` is one of several steps that are gone through together

  bool operator==(const Cursor&) const = default;
};

/// What begins at a moment, the greater where both do.
enum class Begins { nothing, step, chapter };

/// One moment of the story and how long it stands.
struct Moment {
  Cursor cursor;
  base::Duration duration{};
  Begins begins = Begins::nothing;  ///< key frames and captions are placed by it
};

/// How motion is cut into moments.
struct Pace {
  bool smooth = false;
  int fps = 25;         ///< moments a second while something glides
  bool sweeps = false;  ///< where there are many steps, several are taken together
};

/// The whole story as moments, in order. A moment is found in a time that depends on the stretches alone, so that a
/// long story costs no memory.
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
  /// Beats of all chapters as they are shown, and the number (from 0) of the moment at which beat `n` has arrived and
  /// is revealed.
  [[nodiscard]] std::int64_t beats() const { return beats_; }
  [[nodiscard]] std::int64_t arrival(std::int64_t beat) const;
  /// Beats, as they are shown, of the chapters before that one.
  [[nodiscard]] std::int64_t beats_before(std::size_t chapter) const;

 private:
  /// A part of a beat: what of its cursor differs from the one that has arrived.
  struct Slice {
    base::Duration start{}, duration{};  ///< since the beat began
    double glide = 1, swept = 1;         ///< swept: share of the beat's steps that are gone through
    bool revealed = true;
    std::optional<double> told = {};
  };
  /// A stretch where it lies; each of its beats is cut into the same slices.
  struct Piece {
    std::size_t chapter = 0;
    std::int64_t first = 0;  ///< step of the chapter
    Stretch stretch;
    std::vector<Slice> slices;

    [[nodiscard]] std::int64_t moments() const { return stretch.beats * static_cast<std::int64_t>(slices.size()); }
    [[nodiscard]] base::Duration beat() const { return slices.back().start + slices.back().duration; }
  };
  [[nodiscard]] static std::vector<Slice> cut(const Stretch& stretch, base::Duration hidden, Pace pace);
  /// The piece that moment `index` is of, and the moment's number in it; null for the closing picture.
  [[nodiscard]] std::pair<const Piece*, std::int64_t> find(std::int64_t index) const;

  Storyboard board_;
  std::vector<Piece> pieces_;
  std::int64_t size_ = 0;
  std::int64_t beats_ = 0;
};

/// Cubic ease in and out of a share 0..1.
[[nodiscard]] double ease(double share);

}  // namespace convreel::story
