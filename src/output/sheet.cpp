#include "output/sheet.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "output/words.hpp"

namespace convreel::output {

namespace {

constexpr double kGap = 24, kCaption = 40, kCaptionFont = 22;

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

void add_moved(scene::Items& items, const scene::Scene& picture, scene::Point to, std::size_t number) {
  for (const scene::Item* seen : scene::visible(picture)) {
    scene::Item item = *seen;
    item.id = fmt::format("{}.{}", number, item.id);
    item.box = item.box.moved(to.x, to.y);
    for (scene::Point& point : item.points) point = {point.x + to.x, point.y + to.y};
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
  if (cursor.finished) return "result";
  if (cursor.chapter == reel.moment(reel.size() - 1).cursor.chapter)
    return fmt::format("step {}", cursor.beat + (show.steps ? show.steps->first : 1));
  const std::string chapter = active_chapter(reel.shot(shot).scene);
  return chapter.empty() ? fmt::format("part {}", cursor.chapter + 1) : chapter;
}

scene::Scene contact_sheet(const views::Reel& reel, const job::Show& show, const std::vector<std::int64_t>& shots,
                           std::int64_t columns) {
  const scene::Size each = reel.canvas();
  const auto across = static_cast<std::size_t>(columns);
  const std::size_t rows = (shots.size() + across - 1) / across;
  const double width = each.width + kGap, height = each.height + kCaption;
  scene::Scene sheet;
  sheet.canvas = {static_cast<double>(std::min(across, shots.size())) * width - kGap,
                  static_cast<double>(rows) * height};
  for (std::size_t k = 0; k < shots.size(); ++k) {
    const scene::Point at{static_cast<double>(k % across) * width, static_cast<double>(k / across) * height};
    add_moved(sheet.live, reel.shot(shots[k]).scene, at, k + 1);
    sheet.live.push_back(
        caption_item(shot_caption(reel, show, shots[k]), {at.x, at.y + each.height, each.width, kCaption}, k + 1));
  }
  return sheet;
}

}  // namespace convreel::output
