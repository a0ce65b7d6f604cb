// .html: one self-contained page, the story as SVG with a small player. The page is assets/player/player.html with its
// {{names}} filled in.
#include "output/html/html.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "base/assets.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "output/credit.hpp"
#include "output/html/story.hpp"
#include "output/markup/markup.hpp"

namespace convreel::output {

namespace {

using scene::Role;

std::string asset(std::string_view path) {
  const auto text = base::asset(path);
  if (!text) throw base::Error(base::ErrorKind::run_time, fmt::format("the program was built without {}", path));
  return std::string(*text);
}

/// Every {{name}} of the page, in one pass: what is filled in is not looked at again.
std::string filled(std::string_view page, const std::map<std::string, std::string, std::less<>>& values) {
  std::string result;
  for (std::size_t at = 0;;) {
    const std::size_t open = page.find("{{", at), close = page.find("}}", open);
    result += page.substr(at, open == page.npos ? page.npos : open - at);
    if (open == page.npos || close == page.npos) return result;
    result += values.at(std::string(page.substr(open + 2, close - open - 2)));
    at = close + 2;
  }
}

/// The page's own colours, from the theme of its picture.
std::string page_colours(const theme::Theme& theme) {
  const auto colour = [](theme::Colour c) { return theme::to_text({c.r, c.g, c.b, 255}); };
  const theme::Paint &ground = theme.of(Role::background), &accent = theme.of(Role::accent);
  return fmt::format(
      "--page:{};--page-ink:{};--page-muted:{};--page-edge:{};--page-accent:{};--page-accent-ink:{};--page-focus:{}",
      colour(ground.fill.value_or(theme::Colour{255, 255, 255})), colour(theme.of(Role::ink).ink),
      colour(theme.of(Role::muted).ink), colour(theme.of(Role::muted).ink),
      colour(paint::line_colour(theme, Role::accent)), colour(accent.ink),
      colour(paint::line_colour(theme, Role::window)));
}

std::string page_style(const theme::Theme& theme, const theme::Theme* dark) {
  std::string style = fmt::format(":root{{{}}}\n", page_colours(theme));
  if (dark) style += fmt::format("@media (prefers-color-scheme:dark){{:root{{{}}}}}\n", page_colours(*dark));
  return style + asset("player/player.css");
}

/// The actors of the first shot, for readers without scripts.
std::string first_groups(const Cast& cast, std::string_view scope) {
  std::string groups;
  ElementIds ids;
  for (const Actor* actor : cast.actors()) {
    const std::string id = ids.attribute(scope, actor->id);
    for (const Look& look : actor->looks)
      if (const Stay& stay = look.stays.front(); stay.from == 0)
        groups += fmt::format("<g{} class=\"{}\"{}{}>{}</g>\n", id, look.classes, translation(stay.at),
                              opacity_attribute(stay.opacity), look.body);
  }
  return groups;
}

/// Narrower than this a picture is moved about rather than shrunk; one made for narrow pages always fits.
int least_width(const Subject& subject, const ViewBox& view) {
  constexpr double kReadable = 640;
  return subject.job.show.layout == job::Layout::portrait ? 0 : static_cast<int>(std::min(kReadable, view.width));
}

std::string picture(const Subject& subject, const Cast& cast, Markup& markup, const std::string& scope) {
  const ViewBox view = view_box(subject.reel.canvas(), subject.job.show.size);
  const std::string background = ground(subject, view, markup);
  const auto dark = dark_theme(subject);
  return fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" id=\"{0}\" style=\"--least:{13}px\" viewBox=\"{1} {2} {3} {4}\" "
      "width=\"{5}\" height=\"{6}\" "
      "role=\"group\" aria-labelledby=\"{0}--title\" aria-describedby=\"{0}--desc\" xml:space=\"preserve\">\n"
      "<title id=\"{0}--title\">{7}</title><desc id=\"{0}--desc\">{8}</desc>\n<style>\n{9}</style>\n<defs>{10}</defs>\n"
      "{11}\n<g data-stage=\"\">\n{12}</g></svg>",
      scope, short_number(view.box.x), short_number(view.box.y), short_number(view.box.width),
      short_number(view.box.height), short_number(view.width), short_number(view.height),
      markup_text(subject.reel.title()), markup_text(subject.reel.alt_text()),
      style_sheet(scope, markup.used(), subject.theme, dark ? &*dark : nullptr), patterns(scope, markup.used()),
      background, first_groups(cast, scope), least_width(subject, view));
}

std::vector<std::string> transcript_of(const Subject& subject) {
  const std::string transcript = subject.reel.transcript();
  std::vector<std::string> lines;
  for (const std::string_view line : base::split(transcript, '\n'))
    if (!base::trim(line).empty()) lines.emplace_back(line);
  return lines;
}

std::string list_items(const std::vector<std::string>& lines) {
  std::string items;
  for (const std::string& line : lines) items += "<li>" + markup_text(line) + "</li>\n";
  return items;
}

/// One telling of the story: its picture and what moves it.
struct Telling {
  std::string picture, story;
};

Telling telling(const Subject& subject, const std::vector<std::string>& transcript) {
  Markup markup(subject.theme, MarkupText::words);
  const Cast cast = cast_of(subject.reel, subject.job.limits, markup);
  std::string story = story_json(subject, cast, transcript);
  return {picture(subject, cast, markup, scope_of(story)), std::move(story)};
}

/// As a narrow page shows it, which chooses its own measures.
job::Job narrowed(job::Job job) {
  const auto narrow = [](job::Show& show) {
    show.layout = job::Layout::portrait;
    show.size.reset();
    show.cell.reset();
  };
  narrow(job.show);
  for (job::Beside& other : job.beside) narrow(other.show);
  return job;
}

/// The same story in a narrow page, from which the player chooses by the width it has. None for layouts without words
/// or of a form of their own, and where a narrow page has no room for the layer.
std::string narrow_telling(const Subject& subject, const std::vector<std::string>& transcript) {
  if (subject.job.show.layout != job::Layout::full) return "";
  const job::Job job = narrowed(subject.job);
  try {
    const auto ruler = paint::make_ruler(subject.theme);
    const auto reel = views::make_reel(views::panels_of(job), job.show, subject.pace, *ruler);
    const Telling narrow = telling(
        {job, *reel, subject.theme, subject.output, subject.version, subject.threads, subject.pace}, transcript);
    return fmt::format(
        "<template id=\"convreel-narrow\">{}</template>\n"
        "<script type=\"application/json\" id=\"convreel-narrow-story\">{}</script>\n",
        narrow.picture, narrow.story);
  } catch (const base::Error& error) {
    if (error.kind() != base::ErrorKind::impossible) throw;
    return "";
  }
}

}  // namespace

void write_html(const Subject& subject, base::ByteSink& sink) {
  const auto dark = dark_theme(subject);
  const std::vector<std::string> transcript = transcript_of(subject);
  const Telling wide = telling(subject, transcript);
  sink.write(std::string_view(
      filled(asset("player/player.html"), {{"title", markup_text(subject.reel.title())},
                                           {"alt", markup_text(subject.reel.alt_text())},
                                           {"licence", markup_text(credit(subject))},
                                           {"schemes", dark ? "light dark" : "normal"},
                                           {"style", page_style(subject.theme, dark ? &*dark : nullptr)},
                                           {"picture", wide.picture},
                                           {"transcript", list_items(transcript)},
                                           {"narrow", narrow_telling(subject, transcript)},
                                           {"story", wide.story},
                                           {"script", asset("player/player.js")}})));
}

}  // namespace convreel::output
