#include "views/reel/reel.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <set>
#include <utility>

#include "base/cancel.hpp"
#include "explain/alt_text.hpp"
#include "explain/comparison.hpp"
#include "explain/stack_text.hpp"
#include "explain/title.hpp"
#include "explain/transcript.hpp"
#include "story/tempo.hpp"
#include "views/page/page.hpp"
#include "views/reel/crossfade.hpp"
#include "views/reel/players.hpp"
#include "views/reel/wording.hpp"
#include "words/sentences.hpp"

namespace convreel::views {

using base::Duration;
using story::Chapter;
using story::Cursor;

namespace {

std::vector<std::pair<std::string, std::string>> chips_of(const Panel& panel) {
  return panel.stack ? chips(*panel.stack) : chips(panel.trace->layer());
}

std::vector<std::pair<std::string, std::string>> shared_chips(const std::vector<Panel>& panels) {
  auto shared = chips_of(panels.front());
  for (const Panel& panel : panels) {
    const auto own = chips_of(panel);
    std::erase_if(shared, [&](const auto& chip) { return std::find(own.begin(), own.end(), chip) == own.end(); });
  }
  return shared;
}

std::vector<Chapter> named(const std::vector<Chapter>& chapters) {
  std::vector<Chapter> bar;
  std::copy_if(chapters.begin(), chapters.end(), std::back_inserter(bar),
               [](const Chapter& c) { return !c.title.empty(); });
  return bar;
}

std::string words_of(const std::vector<Span>& sentence) {
  std::string words;
  for (const Span& span : sentence) words += span.text;
  return words;
}

class StageReel final : public Reel {
 public:
  StageReel(const std::vector<Panel>& panels, const job::Show& show, story::Pace pace, const scene::Ruler& ruler)
      : compares_(panels.size() > 1),
        players_(make_players(panels, ruler)),
        speakers_(speakers(panels)),
        board_(storyboard(show)),
        page_(slots(panels), wording(panels, show), show, ruler),
        timeline_(paced(show, pace), pace) {
    merge_opening();
  }

  scene::Size canvas() const override { return page_.canvas(); }
  std::int64_t size() const override {
    return timeline_.size() - opening_ + static_cast<std::int64_t>(opening_runs_.size());
  }
  Duration length() const override { return timeline_.length(); }
  const std::string& title() const override { return title_; }

  story::Moment moment(std::int64_t index) const override {
    const auto runs = static_cast<std::int64_t>(opening_runs_.size());
    if (index >= runs) return timeline_.moment(index - runs + opening_);
    const Run& run = opening_runs_[static_cast<std::size_t>(index)];
    story::Moment moment = timeline_.moment(run.last);
    moment.begins = run.begins;
    moment.duration = run.duration;
    return moment;
  }

  Shot shot(std::int64_t index) const override {
    base::stop_if_cancelled();
    const story::Moment at = moment(index);
    return {draw(at.cursor), start(index), at.duration, at.begins};
  }

  std::vector<std::int64_t> stills() const override {
    std::vector<std::int64_t> indices;
    for (std::int64_t beat = 0; beat < timeline_.beats(); ++beat) indices.push_back(merged(timeline_.arrival(beat)));
    if (board_.hold_end.count() > 0) indices.push_back(size() - 1);
    indices.erase(std::unique(indices.begin(), indices.end()), indices.end());
    return indices;
  }

  std::vector<ViewMeaning> meanings() const override {
    std::vector<ViewMeaning> meanings;
    for (std::size_t p = 0; p < players_.size(); ++p) {
      Meaning meaning = players_[p].view->meaning();
      for (Meaning& other : meaning.elsewhere) meanings.push_back({prefix(p), other.layer, std::move(other), nullptr});
      meanings.push_back({prefix(p), players_[p].trace, std::move(meaning), players_[p].stack});
    }
    return meanings;
  }

  std::string alt_text() const override {
    std::string text;
    std::set<const void*> told;  // once, however many views show it
    for (const Player& player : players_)
      if (told.insert(player.subject()).second) text += (text.empty() ? "" : " ") + alt_text_of(player);
    for (const Player& player : players_) text += " " + explain::capitalised(words_of(player.view->conclusion())) + ".";
    if (compares_) text += " " + explain::capitalised(compared()) + ".";
    return text;
  }

  std::string transcript() const override {
    const std::string note = sweeps_note(timeline_.board().chapters.back());
    std::string text;
    std::set<const void*> told;  // once, however many views show the forward pass
    for (const Player& player : players_) {
      std::string own = player.view->transcript();
      if (own.empty() && !told.insert(player.subject()).second) continue;
      if (!text.empty()) text += "\n" + alt_text_of(player) + "\n";
      if (player.stack)
        text +=
            own.empty() ? explain::stack_transcript(*player.stack) : explain::stack_text(*player.stack) + "\n" + own;
      else
        text += own.empty() ? explain::transcript(*player.trace) : own;
    }
    return text + note;
  }

 private:
  /// Neighbouring moments of the opening that show the same picture.
  struct Run {
    std::int64_t first = 0, last = 0;
    Duration duration{};
    story::Begins begins = story::Begins::nothing;
  };

  [[nodiscard]] story::Storyboard storyboard(const job::Show& show) const {
    return {shared_chapters(players_, show), show.hold_start, show.hold_end, show.predict.value_or(Duration{})};
  }

  [[nodiscard]] story::Storyboard paced(const job::Show& show, story::Pace pace) const {
    story::Storyboard board = board_;
    if (show.pace == job::Pace::teach)
      story::set_tempo(board, *show.step, pace.sweeps,
                       [&](std::size_t chapter, std::int64_t beat) { return reading(show, chapter, beat); });
    return board;
  }

  /// What the page shows of a beat that takes time: the words of its chapter and of its sentence.
  [[nodiscard]] story::Reading reading(const job::Show& show, std::size_t chapter, std::int64_t beat) const {
    story::Reading reading;
    if (!job::worded(show.layout)) return reading;
    const Chapter& told = board_.chapters[chapter];
    if (!told.has_steps()) reading.words = story::word_count(told.title + " " + told.detail);
    if (!page_.shows_arithmetic()) return reading;
    const Body body = players_.front().view->draw(own_cursor(players_.front(), told, {chapter, beat}, longest()));
    reading.words += static_cast<int>(speakers_.size()) * story::word_count(words_of(body.arithmetic));
    const bool in_step = std::all_of(players_.begin(), players_.end(),
                                     [&](const Player& p) { return p.chapters.back().beats == longest(); });
    if (in_step && !compares_) reading.parts = static_cast<int>(std::max(body.parts.size(), body.landings));
    return reading;
  }

  [[nodiscard]] static std::vector<std::size_t> speakers(const std::vector<Panel>& panels) {
    std::vector<std::size_t> first{0};
    for (const Panel& panel : panels) first.push_back(first.back() + panel.show->views.size());
    first.pop_back();
    return first;
  }

  [[nodiscard]] std::vector<Slot> slots(const std::vector<Panel>& panels) const {
    std::vector<Slot> slots;
    std::size_t next = 0;
    for (const Panel& panel : panels)
      for (std::size_t v = 0; v < panel.show->views.size(); ++v)
        slots.push_back({players_[next++].view.get(), v == 0 ? panel.subtitle : "", v == 0 && panels.size() > 1});
    return slots;
  }

  Wording wording(const std::vector<Panel>& panels, const job::Show& show) {
    const std::string name = title_of(panels, show);
    title_ = show.title.value_or(players_.size() == 1 ? players_.front().view->titled(name) : name);
    Wording words{title_, {}, players_.front().view->formula(), named(board_.chapters)};
    if (panels.size() == 1) {
      words.chips = chips_of(panels.front());
      return words;
    }
    // Sizes of one layer would mislead beside another; what they share is said once.
    words.chips = shared_chips(panels);
    words.formula.clear();
    for (Chapter& chapter : words.bar) chapter.detail.clear();
    return words;
  }

  static std::string title_of(const std::vector<Panel>& panels, const job::Show& show) {
    if (panels.front().stack)
      return panels.size() == 1 ? explain::stack_title(*panels.front().stack) : words::say(words::kStacksSideBySide);
    std::vector<const numerics::Layer*> layers;
    for (const Panel& panel : panels) layers.push_back(&panel.trace->layer());
    return comparison_title(layers, show.layout);
  }

  /// What all of them come to.
  [[nodiscard]] std::string compared() const {
    std::vector<const numerics::Trace*> traces;
    std::vector<const std::vector<numerics::Stage>*> stacks;
    for (const std::size_t speaker : speakers_) {
      traces.push_back(players_[speaker].trace);
      stacks.push_back(players_[speaker].stack);
    }
    return stacks.front() ? explain::stack_comparison(stacks) : explain::comparison(traces);
  }

  static std::string alt_text_of(const Player& player) {
    return player.stack ? explain::stack_alt_text(*player.stack) : explain::alt_text(*player.trace);
  }

  [[nodiscard]] std::int64_t longest() const { return longest_main(players_); }

  /// A picture; on the way from one chapter to the next, both in one.
  [[nodiscard]] scene::Scene draw(const Cursor& cursor) const {
    const bool enters = cursor.glide < 1 && cursor.beat == 0 && cursor.chapter > 0;
    if (!enters) return picture(cursor);
    const std::vector<Chapter>& chapters = board_.chapters;
    Cursor before{cursor.chapter - 1, 0, 1.0, true, false};
    while (before.chapter > 0 && chapters[before.chapter].beats == 0) --before.chapter;
    before.beat = chapters[before.chapter].beats - 1;
    return before.beat < 0 ? picture(cursor) : crossfaded(picture(before), picture(cursor), cursor.glide);
  }

  [[nodiscard]] scene::Scene picture(const Cursor& cursor) const {
    scene::Scene scene;
    scene.canvas = page_.canvas();
    std::vector<Body> bodies;
    const Chapter& chapter = board_.chapters[cursor.chapter];
    for (const Player& player : players_)
      bodies.push_back(player.view->draw(own_cursor(player, chapter, cursor, longest())));
    scene.backdrop = backdrop(bodies);
    // Only one growing list can be kept painted; a second view's outputs are drawn anew.
    scene.settled = bodies.front().settled;
    append(scene.live, 0, bodies.front().live.data(), bodies.front().live.data() + bodies.front().live.size());
    for (std::size_t b = 1; b < bodies.size(); ++b) {
      scene::Scene own{{}, {}, bodies[b].settled, std::move(bodies[b].live)};
      for (const scene::Item* item : visible(own)) append(scene.live, b, item, item + 1);
    }
    page_.add_live(scene.live, surroundings(cursor, bodies));
    return scene;
  }

  /// What the page shows around the views' pictures.
  [[nodiscard]] Page::Live surroundings(const Cursor& cursor, const std::vector<Body>& bodies) const {
    const bool gliding = cursor.glide < 1 && cursor.beat > 0;  // the picture still tells of the step before
    Page::Live live{bar_index(cursor), {}, {}, {}, counter(cursor), progress(cursor)};
    for (const std::size_t speaker : speakers_) live.lines.push_back(line(cursor, speaker, bodies[speaker]));
    if (!gliding) live.told = cursor.told;
    if (cursor.finished && compares_) live.conclusion = compared();
    return live;
  }

  [[nodiscard]] Line line(const Cursor& cursor, std::size_t speaker, const Body& body) const {
    if (cursor.finished) return {players_[speaker].view->conclusion(), {}};
    if (!cursor.sweep) return {body.arithmetic, body.parts};
    return {sweep_sentence(step_number(cursor, cursor.sweep->first), step_number(cursor, cursor.sweep->last)), {}};
  }

  /// Ids are the first view's own; a later view's begin with its number.
  [[nodiscard]] static std::string prefix(std::size_t view) {
    return view > 0 ? fmt::format("view{}.", view + 1) : std::string();
  }

  static void append(Items& items, std::size_t view, const scene::Item* first, const scene::Item* last) {
    for (; first != last; ++first) {
      items.push_back(*first);
      if (view > 0) items.back().id = prefix(view) + first->id;
    }
  }

  /// The views' backdrops and the page's in one list, the same list for the same views' lists.
  [[nodiscard]] scene::Stratum backdrop(const std::vector<Body>& bodies) const {
    std::vector<const Items*> key;
    for (const Body& body : bodies) key.push_back(body.backdrop.items.get());
    const std::lock_guard lock(backdrops_mutex_);
    std::shared_ptr<const Items>& known = backdrops_[key];
    if (!known) {
      Items items;
      page_.add_fixed(items);
      for (std::size_t b = 0; b < bodies.size(); ++b)
        append(items, b, bodies[b].backdrop.begin(), bodies[b].backdrop.end());
      known = std::make_shared<const Items>(std::move(items));
    }
    return {known, known->size()};
  }

  /// The bar's chapter: one without a title belongs to the next.
  [[nodiscard]] std::size_t bar_index(const Cursor& cursor) const {
    const std::vector<Chapter>& chapters = board_.chapters;
    std::size_t index = 0;
    for (std::size_t c = 0; c < cursor.chapter; ++c) index += chapters[c].title.empty() ? 0 : 1;
    return index;
  }

  /// A beat of the cursor's chapter as people count.
  [[nodiscard]] std::int64_t step_number(const Cursor& cursor, std::int64_t beat) const {
    return board_.chapters[cursor.chapter].first + beat + 1;
  }

  [[nodiscard]] std::string counter(const Cursor& cursor) const {
    const Chapter& chapter = board_.chapters[cursor.chapter];
    if (!chapter.main) return {};
    if (cursor.finished) return words::say(words::kDone);
    if (cursor.sweep)
      return words::say(words::kStepsOf, {{"first", step_number(cursor, cursor.sweep->first)},
                                          {"last", step_number(cursor, cursor.sweep->last)},
                                          {"all", longest()}});
    // On the way the picture still tells of the step before.
    const std::int64_t told = cursor.glide < 1 && cursor.beat > 0 ? cursor.beat - 1 : cursor.beat;
    return words::say(words::kStepOf, {{"step", step_number(cursor, told)}, {"all", longest()}});
  }

  [[nodiscard]] double progress(const Cursor& cursor) const {
    if (cursor.finished) return 1;
    std::int64_t beats = cursor.beat + 1, all = board_.hold_end.count() > 0 ? 1 : 0;
    for (std::size_t c = 0; c < board_.chapters.size(); ++c) {
      all += board_.chapters[c].beats;
      if (c < cursor.chapter) beats += board_.chapters[c].beats;
    }
    return static_cast<double>(beats) / static_cast<double>(all);
  }

  /// Glides of chapters in which nothing moves, and of the first step, are one picture: merge them. Later steps move.
  void merge_opening() {
    opening_ = timeline_.arrival(timeline_.beats_before(board_.chapters.size() - 1)) + 1;
    scene::Scene last;
    for (std::int64_t m = 0; m < opening_; ++m) {
      const story::Moment at = timeline_.moment(m);
      scene::Scene scene = draw(at.cursor);
      if (!opening_runs_.empty() && scene == last) {
        opening_runs_.back().last = m;
        opening_runs_.back().duration += at.duration;
        opening_runs_.back().begins = std::max(opening_runs_.back().begins, at.begins);
      } else {
        opening_runs_.push_back({m, m, at.duration, at.begins});
      }
      last = std::move(scene);
    }
  }

  [[nodiscard]] Duration start(std::int64_t index) const {
    const auto runs = static_cast<std::int64_t>(opening_runs_.size());
    return timeline_.start(index >= runs ? index - runs + opening_
                                         : opening_runs_[static_cast<std::size_t>(index)].first);
  }

  /// The shot that shows moment `m`.
  [[nodiscard]] std::int64_t merged(std::int64_t m) const {
    if (m >= opening_) return m - opening_ + static_cast<std::int64_t>(opening_runs_.size());
    const auto found =
        std::find_if(opening_runs_.begin(), opening_runs_.end(), [&](const Run& run) { return run.last >= m; });
    return found - opening_runs_.begin();
  }

  bool compares_;  ///< several layers
  std::vector<Player> players_;
  std::vector<std::size_t> speakers_;  ///< players whose sentences are written: the first of every layer
  story::Storyboard board_;            ///< without a tempo, which depends on what the page shows
  std::string title_;
  Page page_;
  story::Timeline timeline_;
  std::int64_t opening_ = 0;
  std::vector<Run> opening_runs_;
  mutable std::mutex backdrops_mutex_;
  mutable std::map<std::vector<const Items*>, std::shared_ptr<const Items>> backdrops_;
};

}  // namespace

Panel panel_of(const job::Chain& chain, const job::Show& show, std::string subtitle) {
  if (chain.stack) return {nullptr, &show, std::move(subtitle), &chain.stages};
  return {&chain.only(), &show, std::move(subtitle), nullptr, chain.grad_output ? &*chain.grad_output : nullptr};
}

std::vector<Panel> panels_of(const job::Job& job) {
  std::vector<Panel> panels{panel_of(job.chain, job.show, job.subtitle)};
  for (const job::Beside& other : job.beside) panels.push_back(panel_of(other.chain, other.show, other.subtitle));
  return panels;
}

std::unique_ptr<Reel> make_reel(const std::vector<Panel>& panels, const job::Show& show, story::Pace pace,
                                const scene::Ruler& ruler) {
  return std::make_unique<StageReel>(panels, show, pace, ruler);
}

}  // namespace convreel::views
