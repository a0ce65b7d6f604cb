// WebVTT: a cue for every beat of the story, for the video beside it. The words are those in the picture: the chapter
// and the arithmetic.
#include <fmt/format.h>

#include "output/text/text.hpp"
#include "output/ticks.hpp"
#include "output/words.hpp"
#include "scene/scene.hpp"

namespace convreel::output {

namespace {

std::string caption(const scene::Scene& scene) {
  std::string words = active_chapter(scene);
  const std::string arithmetic = sentences(scene);
  if (!words.empty() && !arithmetic.empty()) words += "\n";
  return words + arithmetic;
}

/// WebVTT reads & and < as markup.
std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '&')
      result += "&amp;";
    else if (c == '<')
      result += "&lt;";
    else if (c == '>')
      result += "&gt;";
    else
      result += c;
  }
  return result;
}

std::string clock(base::Duration time) {
  const std::int64_t ms = ticks(time, 1000);
  return fmt::format("{:02}:{:02}:{:02}.{:03}", ms / 3'600'000, ms / 60'000 % 60, ms / 1000 % 60, ms % 1000);
}

void write_cue(base::Duration start, const views::Shot& last, const std::string& words, base::ByteSink& sink) {
  if (words.empty()) return;
  sink.write(fmt::format("\n{} --> {}\n{}\n", clock(start), clock(last.start + last.duration), escaped(words)));
}

}  // namespace

void write_vtt(const Subject& subject, base::ByteSink& sink) {
  const views::Reel& reel = subject.reel;
  sink.write(std::string_view("WEBVTT\n"));
  base::Duration start{};
  for (std::int64_t i = 0; i < reel.size(); ++i) {
    const bool last = i + 1 == reel.size() || reel.moment(i + 1).begins != story::Begins::nothing;
    if (!last) continue;
    const views::Shot shot = reel.shot(i);  // a beat's last picture: arrived, and its result shown
    std::string words = caption(shot.scene);
    if (words.empty() && reel.moment(i).cursor.finished) words = reel.alt_text();
    write_cue(start, shot, words, sink);
    start = shot.start + shot.duration;
  }
}

}  // namespace convreel::output
