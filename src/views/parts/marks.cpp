#include "views/parts/marks.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "views/parts/fit.hpp"

namespace convreel::views {

namespace {

constexpr double kVerdictFont = 16, kDiscSide = 22, kDiscGap = 10;

}  // namespace

Item frame(std::string id, Rect box, Role role, double stroke) {
  Item item;
  item.id = std::move(id);
  item.form = Form::frame;
  item.role = role;
  item.box = box;
  item.stroke = stroke;
  return item;
}

void add_gliding_frame(Items& items, const std::string& id, Rect box, Role role) {
  Item veil = frame(id + ".veil", box, role);
  veil.form = Form::veil;
  items.push_back(std::move(veil));
  items.push_back(frame(id, box, role));
}

std::string part_id(const std::string& id, std::size_t part) { return part == 0 ? id : fmt::format("{}.{}", id, part); }

void add_frames(Items& items, const std::string& id, const std::vector<Rect>& boxes, Role role) {
  for (std::size_t b = 0; b < boxes.size(); ++b) items.push_back(frame(part_id(id, b), boxes[b], role));
}

void add_gliding_frames(Items& items, const std::string& id, const std::vector<Rect>& from, const std::vector<Rect>& to,
                        double share, Role role) {
  for (std::size_t b = 0; b < std::min(from.size(), to.size()); ++b)
    add_gliding_frame(items, part_id(id, b), between(from[b], to[b], share), role);
}

void add_slice_names(Items& items, const Grid& grid, std::int64_t first, std::int64_t step, std::int64_t count,
                     const scene::Ruler& ruler) {
  constexpr double kFont = 12;
  if (grid.slices < 2) return;
  for (std::int64_t z = 0; z < count; ++z) {
    const Rect slice = grid.block({first + z * step, 0, 0}, {1, grid.rows, grid.columns});
    const auto fits = [&](const std::string& text) {
      return ruler.width(text, kFont, Weight::regular, false) <= slice.width;
    };
    std::string text = fmt::format("z = {}", z);
    if (!fits(text)) text = fmt::format("{}", z);
    if (!fits(text)) continue;
    items.push_back(label(fmt::format("slice.{}.{}", grid.name, z),
                          {slice.x, slice.y - kSliceHead, slice.width, kSliceHead}, {{std::move(text), Role::muted}},
                          kFont));
  }
}

Item veiled(Item item, const std::string& corner, bool numbered) {
  item.veiled = true;
  if (!numbered || item.text.empty() || std::min(item.box.width, item.box.height) < kSmallestCornerCell) return item;
  item.corner = true;
  item.text.push_back({corner, Role::kernel, Weight::bold});
  return item;
}

void add_absent(Items& items, const std::string& id, const Rect& area, double room, const std::string& words,
                const scene::Ruler& ruler) {
  constexpr double kFont = 13, kFloor = 8;
  const std::vector<scene::Span> spans{{words, Role::muted}};
  const double font = fitted_font(spans, kFont, kFloor, room, ruler);
  if (ruler.width(spans, font) > room || area.height < font)
    items.push_back(text_cell(id, area, Role::unread, {}, 0));
  else
    items.push_back(label(id, {area.centre().x - room / 2, area.y, room, area.height}, spans, font));
}

void add_rest_stack(Items& items, const Rect& box, Role role, std::vector<scene::Span> words) {
  constexpr double kBehind = 4, kRestFont = 14;
  const Rect front{box.x, box.y + 2 * kBehind, box.width - 2 * kBehind, box.height - 2 * kBehind};
  for (int behind = 2; behind >= 0; --behind) {
    items.push_back(
        text_cell(fmt::format("rest.{}", behind), front.moved(kBehind * behind, -kBehind * behind), role, {}, 0));
    items.back().form = Form::panel;
    items.back().opacity = 1 - 0.35 * behind;
  }
  items.back().font = kRestFont;
  items.back().text = std::move(words);
}

std::string signed_text(double value, const Numbers& numbers) {
  const std::string text = numbers.text(value);
  return std::signbit(value) && text != "0" ? text : "+" + text;
}

double verdict_width(const Verdict& verdict, const scene::Ruler& ruler) {
  return kDiscSide + kDiscGap + std::ceil(ruler.width(verdict.text, kVerdictFont, Weight::medium, false)) + 2;
}

void add_verdict(Items& items, const std::string& id, Rect row, const Verdict& verdict, const scene::Ruler& ruler) {
  const Role role = verdict.good ? Role::good : Role::bad;
  Item disc;
  disc.id = id + ".mark";
  disc.form = Form::disc;
  disc.role = role;
  disc.box = {row.x, row.centre().y - kDiscSide / 2, kDiscSide, kDiscSide};
  disc.font = 15;
  disc.text = {{verdict.good ? "✓" : "!", role, Weight::bold}};
  items.push_back(std::move(disc));
  items.push_back(
      label(id, {row.x + kDiscSide + kDiscGap, row.y, verdict_width(verdict, ruler) - kDiscSide - kDiscGap, row.height},
            {{verdict.text, Role::ink, Weight::medium}}, kVerdictFont, scene::Align::left));
}

std::optional<Hull> hull_of(const std::vector<numerics::Cell>& cells) {
  if (cells.empty()) return std::nullopt;
  numerics::Cell low = cells.front(), high = low;
  for (const numerics::Cell& cell : cells)
    for (int a = 0; a < numerics::kAxes; ++a) {
      low[a] = std::min(low[a], cell[a]);
      high[a] = std::max(high[a], cell[a]);
    }
  return Hull{low[1], low[2], high[1] - low[1] + 1, high[2] - low[2] + 1, low[0]};
}

std::vector<ChannelHull> hulls_of(const std::vector<numerics::Place>& places) {
  std::map<std::pair<std::int64_t, std::int64_t>, std::vector<numerics::Cell>> cells;  // by channel and slice
  for (const numerics::Place& place : places) cells[{place.channel, place.cell[0]}].push_back(place.cell);
  std::vector<ChannelHull> hulls;
  for (const auto& [at, own] : cells) hulls.push_back({at.first, *hull_of(own)});
  return hulls;
}

}  // namespace convreel::views
