#include "views/reel/players.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "views/catalogue.hpp"

namespace convreel::views {

using base::Duration;
using story::Chapter;
using story::Cursor;

namespace {

constexpr double kChapterBeats = 2.5;  // a chapter's picture stands this many steps: there is more to read

bool same_chapters(const Player& a, const Player& b) {
  return std::equal(a.chapters.begin(), a.chapters.end(), b.chapters.begin(), b.chapters.end(),
                    [](const Chapter& x, const Chapter& y) { return x.id == y.id && (x.main || x.beats == y.beats); });
}

Chapter cut(Chapter main, const std::optional<job::StepRange>& steps) {
  if (!steps) return main;
  if (steps->first > main.beats || steps->last > main.beats)
    throw base::Error(base::ErrorKind::usage,
                      fmt::format("--steps {}..{}: the animation has {} step{}", steps->first, steps->last, main.beats,
                                  main.beats == 1 ? "" : "s"),
                      main.beats == 1 ? "leave --steps out" : fmt::format("use numbers from 1 to {}", main.beats));
  main.first = steps->first - 1;
  main.beats = steps->last - steps->first + 1;
  return main;
}

}  // namespace

std::vector<Player> make_players(const std::vector<Panel>& panels, const scene::Ruler& ruler) {
  std::vector<Player> players;
  const bool alone = panels.size() == 1 && panels.front().show->views.size() == 1;
  for (const Panel& panel : panels) {
    if (panel.show->views.empty())
      throw base::Error(base::ErrorKind::usage, "no view is named",
                        "name one, such as " + std::string(default_view(panel.trace->layer())));
    for (const std::string& name : panel.show->views) {
      const Row& row = view_named(name);
      if (panel.stack) {
        if (!row.make_of_stack)
          throw base::Error(base::ErrorKind::impossible, fmt::format("view {} shows one layer, not a stack", name));
        players.push_back({row.make_of_stack({*panel.stack, *panel.show, ruler}), {}, nullptr, panel.stack});
        players.back().chapters = players.back().view->chapters();
        continue;
      }
      if (const auto reason = row.unsuited(panel.trace->layer()))
        throw base::Error(base::ErrorKind::impossible, fmt::format("view {}: {}", name, *reason));
      Player player{row.make({*panel.trace, *panel.show, ruler, panel.grad_output, alone}), {}, panel.trace, nullptr};
      player.chapters = player.view->chapters();
      players.push_back(std::move(player));
    }
  }
  return players;
}

std::int64_t longest_main(const std::vector<Player>& players) {
  std::int64_t longest = 0;
  for (const Player& player : players) longest = std::max(longest, player.chapters.back().beats);
  return longest;
}

std::vector<Chapter> shared_chapters(const std::vector<Player>& players, const job::Show& show) {
  const bool alike =
      std::all_of(players.begin(), players.end(), [&](const Player& p) { return same_chapters(p, players.front()); });
  std::vector<Chapter> chapters;
  Chapter main = players.front().chapters.back();
  for (const Player& player : players) main.beats = std::max(main.beats, player.chapters.back().beats);
  if (alike && show.chapters == job::Chapters::all)
    chapters.assign(players.front().chapters.begin(), players.front().chapters.end() - 1);
  chapters.push_back(cut(main, show.steps));
  for (Chapter& chapter : chapters)
    chapter.beat = chapter.has_steps()
                       ? *show.step
                       : Duration(static_cast<std::int64_t>(static_cast<double>(show.step->count()) * kChapterBeats));
  return chapters;
}

Cursor own_cursor(const Player& player, const Chapter& chapter, const Cursor& cursor, std::int64_t longest) {
  Cursor own = cursor;
  // The first of all steps that are shown comes from none whose sum could still be told.
  if (own.told && own.beat == 0) own.glide = 1;
  const auto mine = std::find_if(player.chapters.begin(), player.chapters.end(),
                                 [&](const Chapter& c) { return chapter.main ? c.main : c.id == chapter.id; });
  own.chapter = static_cast<std::size_t>(mine - player.chapters.begin());
  own.beat += chapter.first;
  if (!chapter.main || mine->beats == longest) return own;
  const auto scaled = [&](std::int64_t beat) { return beat * mine->beats / longest; };
  const std::int64_t beat = scaled(own.beat);
  if (own.beat > 0 && scaled(own.beat - 1) == beat) own.glide = 1;
  own.beat = beat;
  own.told.reset();
  return own;
}

}  // namespace convreel::views
