#include "output/markup/groups.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "output/markup/text.hpp"

namespace convreel::output {

namespace {

/// A share of the whole as CSS writes it; the same time always gives the same text, so that items change together.
std::string percent(base::Duration at, base::Duration length) {
  std::string text =
      fmt::format("{:.4f}", 100.0 * static_cast<double>(at.count()) / static_cast<double>(length.count()));
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text + "%";
}

/// One look's keyframes, shared by all looks that come and go alike.
class Keyframes {
 public:
  Keyframes(const views::Reel& reel, std::string_view scope) : length_(reel.length()), scope_(scope) {
    for (std::int64_t i = 0; i < reel.size(); ++i)
      starts_.push_back(start_of_next_), start_of_next_ += reel.moment(i).duration;
  }

  /// The class that plays them.
  std::string name(const Look& look) {
    const std::string body = frames(look);
    const auto [found, fresh] = names_.emplace(body, fmt::format("k{}", names_.size()));
    if (fresh)
      text_ +=
          fmt::format("@keyframes {0}-{1}{{{2}}}\n#{0} .{1}{{animation-name:{0}-{1}}}\n", scope_, found->second, body);
    return found->second;
  }

  [[nodiscard]] const std::string& text() const { return text_; }

  /// True when the look is there all the time, at one place.
  [[nodiscard]] bool fixed(const Look& look) const {
    return look.stays.size() == 1 && look.stays[0].from == 0 && look.stays[0].to == count();
  }
  [[nodiscard]] std::int64_t count() const { return static_cast<std::int64_t>(starts_.size()); }

 private:
  [[nodiscard]] std::string at(std::int64_t shot) const {
    return percent(starts_[static_cast<std::size_t>(shot)], length_);
  }

  [[nodiscard]] std::string frames(const Look& look) const {
    bool moves = false, fades = false;
    for (const Stay& stay : look.stays) {
      moves = moves || !(stay.at == look.stays[0].at);
      fades = fades || stay.opacity != look.stays[0].opacity;
    }
    std::string text;
    std::int64_t shown_until = 0;
    for (const Stay& stay : look.stays) {
      if (stay.from > shown_until) text += at(shown_until) + "{visibility:hidden}";
      text += at(stay.from) + "{visibility:visible";
      if (moves)
        text += fmt::format(";transform:translate({}px,{}px)", short_number(stay.at.x), short_number(stay.at.y));
      if (fades) text += ";opacity:" + short_number(stay.opacity);
      text += "}";
      shown_until = stay.to;
    }
    if (shown_until < count()) text += at(shown_until) + "{visibility:hidden}";
    return text;
  }

  base::Duration length_, start_of_next_{};
  std::string_view scope_;
  std::vector<base::Duration> starts_;
  std::map<std::string, std::string> names_;
  std::string text_;
};

/// One look as a group. It rests as shot `rest` has it.
std::string look_group(const Look& look, const std::string& id, std::int64_t rest, Keyframes& keyframes) {
  const auto at_rest = std::find_if(look.stays.begin(), look.stays.end(),
                                    [&](const Stay& stay) { return stay.from <= rest && rest < stay.to; });
  const bool fixed = keyframes.fixed(look), seen = at_rest != look.stays.end();
  const Stay& stay = seen ? *at_rest : look.stays.back();
  const std::string motion = fixed ? "" : " a " + keyframes.name(look);
  return fmt::format(R"(<g{} class="{}{}"{}{}{}>{}</g>)", id, look.classes, motion, translation(stay.at),
                     opacity_attribute(stay.opacity), seen ? "" : R"( visibility="hidden")", look.body);
}

}  // namespace

std::string ElementIds::attribute(std::string_view scope, std::string_view item_id) {
  std::string id = element_id(scope, item_id);
  const int before = seen_[id]++;
  if (before > 0) id += fmt::format("--{}", before + 1);
  return fmt::format(" id=\"{}\"", id);
}

std::string still_groups(const scene::Scene& scene, std::string_view scope, Markup& markup) {
  std::string groups;
  ElementIds ids;
  for (const scene::Item* item : scene::visible(scene)) {
    const Figure figure = markup.figure(*item);
    groups += fmt::format("<g{} class=\"{}\"{}{}>{}</g>\n", ids.attribute(scope, item->id), figure.classes,
                          translation(figure.at), opacity_attribute(figure.opacity), figure.body);
  }
  return groups;
}

MovingGroups moving_groups(const Cast& cast, const views::Reel& reel, std::int64_t rest, std::string_view scope) {
  MovingGroups moving;
  ElementIds ids;
  Keyframes keyframes(reel, scope);
  for (const Actor* actor : cast.actors()) {
    const std::string id = ids.attribute(scope, actor->id);
    const bool one = actor->looks.size() == 1;
    if (!one) moving.groups += "<g" + id + ">";
    for (const Look& look : actor->looks) moving.groups += look_group(look, one ? id : "", rest, keyframes);
    moving.groups += one ? "\n" : "</g>\n";
  }
  moving.keyframes = keyframes.text();
  return moving;
}

std::string motion_rules(std::string_view scope, const std::string& keyframes, base::Duration length, int loop) {
  const std::string times = loop > 0 ? fmt::format("{}", loop) : "infinite";
  return fmt::format("@media (prefers-reduced-motion:no-preference){{\n#{} .a{{animation:{}s step-end {}}}\n{}}}\n",
                     scope, short_number(static_cast<double>(length.count()) / 1e6), times, keyframes);
}

}  // namespace convreel::output
