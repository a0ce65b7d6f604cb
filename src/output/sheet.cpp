#include "output/sheet.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

#include "output/words.hpp"
#include "words/sentences.hpp"

namespace convreel::output {

namespace {

constexpr double kGap = 24, kCaption = 40, kCaptionFont = 22, kMargin = 14, kReach = 4;

scene::Item caption_item(std::string words, scene::Rect box, std::size_t number) {
  scene::Item item;
  item.id = fmt::format("{}.sheet-caption", number);
  item.form = scene::Form::text;
  item.role = scene::Role::ink;
  item.box = box;
  item.font = kCaptionFont;
  item.text = {{std::move(words), scene::Role::ink, scene::Weight::medium}};
  return item;
}

enum class Part { head, body, foot, moving };

/// What of a page is said once on a sheet, what every picture has of its own, and what says nothing about one that
/// stands still.
Part part_of(const scene::Item& item) {
  const std::string_view id = item.id;
  if (id == "title" || id.starts_with("chip.")) return Part::head;
  if (id.starts_with("formula.")) return Part::foot;
  if (id == "counter" || id.starts_with("progress") || id.starts_with("chapter.")) return Part::moving;
  return Part::body;
}

scene::Item moved(scene::Item item, scene::Point by) {
  item.box = item.box.moved(by.x, by.y);
  for (scene::Point& point : item.points) point = {point.x + by.x, point.y + by.y};
  return item;
}

/// From the top to the bottom of something.
struct Band {
  double top = 0, bottom = 0;
  [[nodiscard]] double height() const { return bottom - top; }
};

Band band_of(const scene::Item& item) {
  Band band{item.box.y, item.box.bottom()};
  if (item.points.empty()) return band;
  const auto [low, high] = std::ranges::minmax(item.points, {}, &scene::Point::y);
  return {low.y, high.y};
}

/// What the parts of all those pictures take; nothing for a part that none has.
Band band_of(const std::vector<scene::Scene>& pictures, Part part) {
  std::optional<Band> all;
  for (const scene::Scene& picture : pictures)
    for (const scene::Item* item : scene::visible(picture)) {
      if (part_of(*item) != part) continue;
      const Band band = band_of(*item);
      all = all ? Band{std::min(all->top, band.top), std::max(all->bottom, band.bottom)} : band;
    }
  return all.value_or(Band{});
}

/// As many as make a sheet of `count` such pictures the most like a page on its side.
std::size_t page_columns(std::size_t count, scene::Size each) {
  constexpr double kPage = 1.4142;  // A4
  std::size_t best = 1;
  double least = 1e9;
  for (std::size_t columns = 1; columns <= count; ++columns) {
    const double rows = std::ceil(static_cast<double>(count) / static_cast<double>(columns));
    const double off = std::abs(std::log(static_cast<double>(columns) * each.width / (rows * each.height) / kPage));
    if (off < least) least = off, best = columns;
  }
  return best;
}

/// Where everything of a sheet stands.
struct SheetPlan {
  Band head, body, foot;
  scene::Size each;  ///< a picture with its caption and the gap on its right
  std::size_t columns = 1, rows = 1;
  scene::Size canvas;

  SheetPlan(const std::vector<scene::Scene>& pictures, std::optional<std::int64_t> wanted)
      : head(band_of(pictures, Part::head)), body(band_of(pictures, Part::body)), foot(band_of(pictures, Part::foot)) {
    const scene::Size page = pictures.front().canvas;
    // A frame's line reaches out of its box.
    body.top = std::max(0.0, body.top - kReach), body.bottom = std::min(page.height, body.bottom + kReach);
    each = {page.width + kGap, body.height() + kCaption + kMargin};
    columns =
        wanted ? std::min(static_cast<std::size_t>(*wanted), pictures.size()) : page_columns(pictures.size(), each);
    rows = (pictures.size() + columns - 1) / columns;
    canvas = {static_cast<double>(columns) * each.width - kGap,
              std::ceil(first_row() + static_cast<double>(rows) * each.height +
                        (foot.height() > 0 ? foot.height() + kMargin : 0))};
  }
  [[nodiscard]] double first_row() const { return head.height() > 0 ? std::ceil(head.bottom + kMargin) : 0; }
  [[nodiscard]] scene::Point place(std::size_t picture) const {
    return {static_cast<double>(picture % columns) * each.width,
            first_row() + static_cast<double>(picture / columns) * each.height};
  }
};

/// Title, chips and formula, as the first picture has them: chips at the sheet's right end.
void add_surroundings(scene::Items& items, const scene::Scene& picture, const SheetPlan& plan) {
  for (const scene::Item* item : scene::visible(picture)) {
    const Part part = part_of(*item);
    const double right = item->id.starts_with("chip.") ? plan.canvas.width - picture.canvas.width : 0;
    if (part == Part::head) items.push_back(moved(*item, {right, 0}));
    if (part == Part::foot) items.push_back(moved(*item, {0, plan.canvas.height - kMargin - plan.foot.bottom}));
  }
}

/// A picture's body. Only the first has the legends: they hold for all.
void add_body(scene::Items& items, const scene::Scene& picture, scene::Point to, std::size_t number) {
  for (const scene::Item* seen : scene::visible(picture)) {
    if (part_of(*seen) != Part::body || (number > 1 && seen->id.find("legend.") != std::string::npos)) continue;
    scene::Item item = moved(*seen, to);
    item.id = fmt::format("{}.{}", number, item.id);
    items.push_back(std::move(item));
  }
}

}  // namespace

std::vector<std::int64_t> key_shots(const views::Reel& reel, std::int64_t count) {
  const std::vector<std::int64_t> stills = reel.stills();
  const auto all = static_cast<std::int64_t>(stills.size());
  if (count >= all) return stills;
  if (count == 1) return {stills.back()};
  std::vector<std::int64_t> chosen;
  for (std::int64_t k = 0; k < count; ++k)
    chosen.push_back(stills[static_cast<std::size_t>((k * (all - 1) + (count - 1) / 2) / (count - 1))]);
  return chosen;
}

std::string shot_caption(const views::Reel& reel, const job::Show& show, std::int64_t shot) {
  const story::Cursor cursor = reel.moment(shot).cursor;
  if (cursor.finished) return words::say(words::kResult);
  if (cursor.chapter == reel.moment(reel.size() - 1).cursor.chapter)
    return words::say(words::kStep, {{"step", cursor.beat + (show.steps ? show.steps->first : 1)}});
  const std::string chapter = active_chapter(reel.shot(shot).scene);
  return chapter.empty() ? words::say(words::kPart, {{"part", cursor.chapter + 1}}) : chapter;
}

scene::Scene contact_sheet(const views::Reel& reel, const job::Show& show, const std::vector<std::int64_t>& shots,
                           std::optional<std::int64_t> columns) {
  std::vector<scene::Scene> pictures;
  for (const std::int64_t shot : shots) pictures.push_back(reel.shot(shot).scene);
  const SheetPlan plan(pictures, columns);
  scene::Scene sheet;
  sheet.canvas = plan.canvas;
  add_surroundings(sheet.live, pictures.front(), plan);
  for (std::size_t k = 0; k < shots.size(); ++k) {
    const scene::Point at = plan.place(k);
    add_body(sheet.live, pictures[k], {at.x, at.y - plan.body.top}, k + 1);
    sheet.live.push_back(caption_item(shot_caption(reel, show, shots[k]),
                                      {at.x, at.y + plan.body.height(), reel.canvas().width, kCaption}, k + 1));
  }
  return sheet;
}

}  // namespace convreel::output
