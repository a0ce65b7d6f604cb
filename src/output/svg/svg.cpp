// .svg: one picture, or with option `animated` the whole story in one file that plays inside <img>.
#include "output/svg/svg.hpp"

#include <fmt/format.h>

#include "output/credit.hpp"
#include "output/markup/markup.hpp"
#include "output/still_choice.hpp"

namespace convreel::output {

namespace {

constexpr std::string_view kScopeMark = "\x01";  // stands for the scope until the content is known

/// What differs between a still and a moving picture; ids and rules begin with the scope's mark.
struct Content {
  std::string groups, motion;
};

Content still_content(const Subject& subject, Markup& markup) {
  const std::int64_t shot = still_shot(subject);
  return {still_groups(subject.reel.shot(shot).scene, kScopeMark, markup), ""};
}

Content moving_content(const Subject& subject, Markup& markup) {
  const Cast cast = cast_of(subject.reel, subject.job.limits, markup);
  MovingGroups moving = moving_groups(cast, subject.reel, still_shot(subject), kScopeMark);
  return {std::move(moving.groups),
          motion_rules(kScopeMark, moving.keyframes, subject.reel.length(), subject.job.show.loop)};
}

std::string replaced(const std::string& text, const std::string& scope) {
  std::string result;
  for (const char c : text)
    if (c == kScopeMark[0])
      result += scope;
    else
      result += c;
  return result;
}

std::string open_element(const Subject& subject, const ViewBox& view) {
  return fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" id=\"\x01\" viewBox=\"{} {} {} {}\" width=\"{}\" height=\"{}\" "
      "role=\"img\" aria-labelledby=\"\x01--title \x01--desc\" xml:space=\"preserve\">\n"
      "<title id=\"\x01--title\">{}</title><desc id=\"\x01--desc\">{}</desc>{}\n",
      short_number(view.box.x), short_number(view.box.y), short_number(view.box.width), short_number(view.box.height),
      short_number(view.width), short_number(view.height), markup_text(subject.reel.title()),
      markup_text(subject.reel.alt_text()),
      subject.job.show.credit ? fmt::format("<metadata>{}</metadata>", markup_text(credit(subject))) : "");
}

}  // namespace

void write_svg(const Subject& subject, base::ByteSink& sink) {
  Markup markup(subject.theme, subject.output.options.text);
  const ViewBox view = view_box(subject.reel.canvas(), subject.job.show.size);
  const std::string background = ground(subject, view, markup);
  const Content content =
      subject.output.options.animated ? moving_content(subject, markup) : still_content(subject, markup);
  const auto dark = dark_theme(subject);
  const std::string mark(kScopeMark);
  const std::string document = open_element(subject, view) + "<style>\n" +
                               style_sheet(mark, markup.used(), subject.theme, dark ? &*dark : nullptr) +
                               content.motion + "</style>\n<defs>" + patterns(mark, markup.used()) + "</defs>\n" +
                               background + "\n" + content.groups + "</svg>\n";
  sink.write(std::string_view(replaced(document, scope_of(document))));
}

}  // namespace convreel::output
