// The views of a reel and the story that they share: one player a view, chapters that all of them have, and where each
// stands when the whole picture stands somewhere.
#pragma once

#include <memory>
#include <vector>

#include "story/storyboard.hpp"
#include "views/reel/reel.hpp"
#include "views/view.hpp"

namespace convreel::views {

struct Player {
  std::unique_ptr<View> view;
  std::vector<story::Chapter> chapters;
  const numerics::Trace* trace = nullptr;
  const std::vector<numerics::Stage>* stack = nullptr;  ///< instead of a trace

  /// What it shows, the same for two views of one thing.
  [[nodiscard]] const void* subject() const {
    return stack ? static_cast<const void*>(stack) : static_cast<const void*>(trace);
  }
};

/// One for every view of every panel. Throws Error{impossible} for a view that refuses its layer, Error{usage} where a
/// panel names no view.
[[nodiscard]] std::vector<Player> make_players(const std::vector<Panel>& panels, const scene::Ruler& ruler);

/// Steps of the player with the most.
[[nodiscard]] std::int64_t longest_main(const std::vector<Player>& players);

/// Chapters of the whole picture, beats and lengths set: the first player's, or only a main one when the players'
/// differ or nobody wants them. Throws Error{usage} for steps that there are not.
[[nodiscard]] std::vector<story::Chapter> shared_chapters(const std::vector<Player>& players, const job::Show& show);

/// Where a player stands: its own chapter of that id, its own share of the `longest` main chapter's steps.
[[nodiscard]] story::Cursor own_cursor(const Player& player, const story::Chapter& chapter, const story::Cursor& cursor,
                                       std::int64_t longest);

}  // namespace convreel::views
