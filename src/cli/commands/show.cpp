// convreel show: the story in a terminal. Steps with the arrow keys; plain text where nobody can press any.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <memory>

#include "base/error.hpp"
#include "cli/command.hpp"
#include "cli/commands/commands.hpp"
#include "cli/key_terminal.hpp"
#include "cli/load.hpp"
#include "cli/print.hpp"
#include "cli/terminal_picture.hpp"
#include "paint/painter.hpp"
#include "theme/theme.hpp"
#include "views/reel/reel.hpp"

namespace convreel::cli {
namespace {

constexpr int kCell = 44;  // scene units: large enough that every number is written

/// A job as a row of stills.
class Story {
 public:
  explicit Story(job::Job job)
      : job_(std::move(job)), ruler_(paint::make_ruler(theme::load("light"))), reel_(make()), stills_(reel_->stills()) {
    if (job_.show.steps) std::erase_if(stills_, [&](std::int64_t shot) { return !is_step(shot); });
    if (!has_grids(scene(0)))
      throw base::Error(
          base::ErrorKind::usage,
          fmt::format("the view {} has no grids of numbers to show in a terminal", job_.show.views.front()),
          "leave out --view, or write a picture: -o a.gif");
  }

  [[nodiscard]] std::size_t size() const { return stills_.size(); }
  [[nodiscard]] scene::Scene scene(std::size_t n) const { return reel_->shot(stills_[n]).scene; }

 private:
  std::unique_ptr<views::Reel> make() {
    job_.show.cell = kCell;
    job_.show.size.reset();
    job_.show.layout = job::Layout::full;
    job_.show.numbers = true;
    return views::make_reel({views::panel_of(job_.chain, job_.show)}, job_.show, {}, *ruler_);
  }

  /// Not a chapter before the steps, nor the finished result.
  [[nodiscard]] bool is_step(std::int64_t shot) const {
    const story::Cursor cursor = reel_->moment(shot).cursor;
    return !cursor.finished && cursor.chapter == reel_->moment(reel_->size() - 1).cursor.chapter;
  }

  job::Job job_;
  std::unique_ptr<scene::Ruler> ruler_;
  std::unique_ptr<views::Reel> reel_;
  std::vector<std::int64_t> stills_;
};

void print_lines(const std::vector<Line>& lines, bool colour) {
  std::string text;
  for (const Line& line : lines) text += to_text(line, colour) + "\n";
  print(text);
}

void print_story(const Story& story, bool colour, const base::Cancel& cancel) {
  std::vector<Line> head = heading_lines(story.scene(0));
  head.push_back(legend_line());
  print_lines(head, colour);
  for (std::size_t n = 0; n < story.size(); ++n) {
    cancel.check();
    print("\n");
    print_lines(picture_lines(story.scene(n), 0), colour);
  }
}

/// One screen: what fits, and below it which keys there are.
std::string screen(const Story& story, std::size_t n, TerminalSize size, bool colour) {
  const scene::Scene scene = story.scene(n);
  std::vector<Line> lines = heading_lines(scene);
  lines.emplace_back();
  for (Line& line : picture_lines(scene, size.columns)) lines.push_back(std::move(line));
  lines.emplace_back();
  lines.push_back(legend_line());
  const std::size_t room = size.rows > 1 ? size.rows - 1 : 1;
  if (lines.size() > room) {
    lines.resize(room);
    lines.back() = {{"… more than this window holds", "2"}};
  }
  std::string text = "\x1b[H\x1b[2J";
  for (const Line& line : lines) text += to_text(clipped(line, size.columns), colour) + "\r\n";
  const Line keys{{fmt::format("{}/{}  ← → step   Home End   q quit", n + 1, story.size()), "2"}};
  return text + to_text(clipped(keys, size.columns), colour);
}

void step_through(const Story& story, bool colour, const base::Cancel& cancel) {
  KeyTerminal terminal;
  std::size_t n = 0;
  for (;;) {
    print(screen(story, n, terminal.size(), colour));
    switch (terminal.wait(cancel)) {
      case Key::next:
        n = std::min(n + 1, story.size() - 1);
        break;
      case Key::previous:
        n -= n > 0;
        break;
      case Key::first:
        n = 0;
        break;
      case Key::last:
        n = story.size() - 1;
        break;
      case Key::quit:
        return;
      case Key::resized:
        break;
    }
  }
}

}  // namespace

void run_show(const Session& session) {
  note_misnomer(session.line.words.front(), session.console);
  const bool colour = use_colour(session.line.color, isatty(STDOUT_FILENO) != 0);
  for (const job::JobSpec& spec : specs_of(session.line)) {
    const Story story(job_to_show(spec));
    if (KeyTerminal::usable())
      step_through(story, colour, session.cancel);
    else
      print_story(story, colour, session.cancel);
  }
}

}  // namespace convreel::cli
