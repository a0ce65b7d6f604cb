#include "output/html/story.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "output/html/links.hpp"
#include "output/words.hpp"
#include "words/sentences.hpp"

namespace convreel::output {

namespace {

using nlohmann::ordered_json;

/// Where stepping halts.
struct Stop {
  std::int64_t shot = 0, step = 0;  ///< step 0: a chapter, or the finished result
  std::string counter, words;
};

Stop stop_at(const Subject& subject, std::int64_t shot, std::size_t main) {
  const story::Cursor cursor = subject.reel.moment(shot).cursor;
  const scene::Scene scene = subject.reel.shot(shot).scene;
  const std::int64_t first = subject.job.show.steps ? subject.job.show.steps->first : 1;
  Stop stop{shot, 0, words_of(scene::find(scene, "counter")), sentences(scene)};
  if (cursor.chapter == main && !cursor.finished) stop.step = cursor.beat + first;
  if (stop.step == 0 && stop.counter.empty())
    stop.counter = cursor.finished ? words::say(words::kFinished) : active_chapter(scene);
  if (stop.words.empty() && cursor.finished) stop.words = subject.reel.alt_text();
  return stop;
}

std::vector<Stop> stops_of(const Subject& subject) {
  const std::vector<std::int64_t> stills = subject.reel.stills();
  const std::size_t main = subject.reel.moment(stills.back()).cursor.chapter;
  std::vector<Stop> stops;
  for (const std::int64_t shot : stills) stops.push_back(stop_at(subject, shot, main));
  return stops;
}

/// True when line n of the transcript tells of step n: views that count inputs have other steps.
bool tells_of(const std::vector<std::string>& transcript, const std::vector<Stop>& stops) {
  return std::all_of(stops.begin(), stops.end(), [&](const Stop& stop) {
    if (stop.step == 0) return true;
    if (stop.step > static_cast<std::int64_t>(transcript.size())) return false;
    const std::string& line = transcript[static_cast<std::size_t>(stop.step - 1)];
    const std::size_t from = line.find(": "), to = line.find(" =");
    if (from == line.npos || to == line.npos || to < from) return false;
    return stop.words.empty() || stop.words.find(line.substr(from + 2, to - from - 2)) != stop.words.npos;
  });
}

/// A whole number as one, so that no ".0" travels.
ordered_json number(double value) {
  if (value == std::floor(value) && std::abs(value) < 1e15) return static_cast<std::int64_t>(value);
  return std::round(value * 100) / 100;
}

/// Values that are told once, in the order in which they were first numbered.
class Numbered {
 public:
  std::size_t number_of(const ordered_json& value) {
    const auto [found, fresh] = numbers_.emplace(value, numbers_.size());
    if (fresh) values_.push_back(value);
    return found->second;
  }
  [[nodiscard]] const ordered_json& values() const { return values_; }

 private:
  std::map<ordered_json, std::size_t> numbers_;
  ordered_json values_ = ordered_json::array();
};

/// Looks that several actors share are told once, and so are the pieces of which sentences are made.
class Wardrobe {
 public:
  std::size_t number_of(const Look& look) {
    constexpr std::string_view kBegin = "<tspan";
    ordered_json parts{look.classes};
    for (std::size_t at = 0; at < look.body.size();) {
      const std::size_t end = std::min(look.body.find(kBegin, at + 1), look.body.size());
      parts.push_back(pieces_.number_of(look.body.substr(at, end - at)));
      at = end;
    }
    return looks_.number_of(parts);
  }
  [[nodiscard]] const ordered_json& looks() const { return looks_.values(); }
  [[nodiscard]] const ordered_json& pieces() const { return pieces_.values(); }

 private:
  Numbered pieces_, looks_;
};

ordered_json entrance(std::size_t actor, std::size_t look, const Stay& stay) {
  ordered_json change{actor, look, number(stay.at.x), number(stay.at.y)};
  if (stay.opacity < 1) change.push_back(std::round(stay.opacity * 100) / 100);
  return change;
}

/// True when one of the actor's looks begins at that shot, so that none leaves.
bool stays_on(const Actor& actor, std::int64_t shot) {
  return std::any_of(actor.looks.begin(), actor.looks.end(), [&](const Look& look) {
    return std::any_of(look.stays.begin(), look.stays.end(), [&](const Stay& stay) { return stay.from == shot; });
  });
}

void add_cast(const Cast& cast, ordered_json& story) {
  Wardrobe wardrobe;
  std::vector<ordered_json> changes(static_cast<std::size_t>(cast.shots()), ordered_json::array());
  ordered_json ids = ordered_json::array();
  for (const Actor* actor : cast.actors()) {
    for (const Look& look : actor->looks) {
      const std::size_t number = wardrobe.number_of(look);
      for (const Stay& stay : look.stays) {
        changes[static_cast<std::size_t>(stay.from)].push_back(entrance(ids.size(), number, stay));
        if (stay.to < cast.shots() && !stays_on(*actor, stay.to))
          changes[static_cast<std::size_t>(stay.to)].push_back({ids.size()});
      }
    }
    ids.push_back(actor->id);
  }
  story["actors"] = std::move(ids);
  story["pieces"] = wardrobe.pieces();
  story["looks"] = wardrobe.looks();
  story["changes"] = std::move(changes);
}

void add_stops(const std::vector<Stop>& stops, ordered_json& story) {
  story["stops"] = story["steps"] = story["captions"] = ordered_json::array();
  for (const Stop& stop : stops) {
    story["stops"].push_back(stop.shot);
    story["steps"].push_back(stop.step);
    story["captions"].push_back({stop.counter, stop.words});
  }
}

/// "<" only as an escape: nothing in the text can end the script element or open a comment in it.
std::string for_script(const ordered_json& story) {
  std::string text;
  for (const char c : story.dump(-1, ' ', false, ordered_json::error_handler_t::replace))
    if (c == '<')
      text += "\\u003c";
    else
      text += c;
  return text;
}

}  // namespace

std::string story_json(const Subject& subject, const Cast& cast, const std::vector<std::string>& transcript) {
  ordered_json story;
  story["loop"] = *subject.job.show.loop;
  story["shots"] = ordered_json::array();
  for (std::int64_t i = 0; i < subject.reel.size(); ++i)
    story["shots"].push_back(number(static_cast<double>(subject.reel.moment(i).duration.count()) / 1000));
  const std::vector<Stop> stops = stops_of(subject);
  add_stops(stops, story);
  story["lined"] = tells_of(transcript, stops);
  add_cast(cast, story);
  story["links"] = links_of(subject.reel.meanings());
  return for_script(story);
}

}  // namespace convreel::output
