#include "cli/terminal_picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

#include "base/text.hpp"
#include "output/words.hpp"

namespace convreel::cli {
namespace {

using scene::Item;
using scene::Role;

constexpr std::size_t kBetweenGrids = 4;

/// How a role reads: an ANSI look, the same under the window, and what stands left and right of the number.
struct RoleLook {
  Role role;
  std::string_view look, veiled;
  std::string_view left = " ", right = " ";
};

constexpr std::array kLooks{
    RoleLook{Role::input, "34", "7;34"},
    RoleLook{Role::padding, "2", "2;7", "·", "·"},
    RoleLook{Role::inserted_zero, "36", "7;36", " ", "°"},
    RoleLook{Role::extra, "35", "7;35"},
    RoleLook{Role::unread, "2;34", "2;7", "/", "/"},
    RoleLook{Role::cropped, "2;31", "2;7;31", "x", "x"},
    RoleLook{Role::kernel, "33", "7;33"},
    RoleLook{Role::output_done, "32", "7;32"},
    RoleLook{Role::output_active, "1;7;32", "1;7;32", "<", ">"},
    RoleLook{Role::output_pending, "2", "2;7"},
    RoleLook{Role::winner, "1;7;35", "1;7;35", "<", ">"},
    RoleLook{Role::partial, "35", "7;35"},
    RoleLook{Role::accent, "1;33", "1;33"},
    RoleLook{Role::muted, "2", "2;7"},
    RoleLook{Role::group0, "34", "7;34"},
    RoleLook{Role::group1, "33", "7;33"},
    RoleLook{Role::group2, "32", "7;32"},
    RoleLook{Role::group3, "35", "7;35"},
    RoleLook{Role::group4, "36", "7;36"},
    RoleLook{Role::group5, "31", "7;31"},
    RoleLook{Role::good, "32", "32"},
    RoleLook{Role::bad, "31", "31"},
};

RoleLook look_of(Role role) {
  const auto* found = std::find_if(kLooks.begin(), kLooks.end(), [&](const RoleLook& row) { return row.role == role; });
  return found == kLooks.end() ? RoleLook{role, "", "7"} : *found;
}

/// Cells of one channel of one grid, by row and column.
struct Grid {
  std::string name;
  std::string channel;
  std::map<std::pair<std::int64_t, std::int64_t>, const Item*> cells;
  std::set<const Item*> lit;  ///< under the window
  scene::Rect box;
  std::int64_t rows = 0, columns = 0;

  void add(const Item& item, std::int64_t row, std::int64_t column) {
    box = cells.empty() ? item.box : scene::united(box, item.box);
    cells[{row, column}] = &item;
    rows = std::max(rows, row + 1);
    columns = std::max(columns, column + 1);
  }
};

bool holds(const scene::Rect& box, scene::Point point) {
  return point.x > box.x && point.x < box.right() && point.y > box.y && point.y < box.bottom();
}

/// Cells that a window lies over, whether it tints them or only frames them.
void light(Grid& grid, const std::vector<const Item*>& windows) {
  for (const auto& [place, cell] : grid.cells)
    if (cell->veiled || std::ranges::any_of(windows, [&, cell = cell](const Item* window) {
          return holds(window->box, cell->box.centre());
        }))
      grid.lit.insert(cell);
}

/// "output.0.2.1" is grid "output", channel 0, row 2, column 1.
void add_cell(std::map<std::string, Grid>& grids, const Item& item) {
  const auto parts = base::split(item.id, '.');
  if (item.form != scene::Form::cell || parts.size() < 4) return;
  const auto row = base::parse_int(parts[parts.size() - 2]), column = base::parse_int(parts.back());
  if (!row || !column || *row < 0 || *column < 0) return;
  const std::size_t tail = parts[parts.size() - 2].size() + parts.back().size() + 2;
  Grid& grid = grids[item.id.substr(0, item.id.size() - tail)];
  grid.name = std::string(parts.front());
  grid.channel = std::string(parts[parts.size() - 3]);
  grid.add(item, *row, *column);
}

std::vector<Grid> grids_of(const scene::Scene& scene) {
  std::map<std::string, Grid> grids;
  std::vector<const Item*> windows;
  for (const Item* item : scene::visible(scene)) {
    add_cell(grids, *item);
    if (item->form == scene::Form::frame && (item->role == Role::window || item->role == Role::input))
      windows.push_back(item);
  }
  std::vector<Grid> list;
  for (auto& [id, grid] : grids) {
    light(grid, windows);
    list.push_back(std::move(grid));
  }
  std::ranges::stable_sort(
      list, [](const Grid& a, const Grid& b) { return std::tuple(a.box.y, a.box.x) < std::tuple(b.box.y, b.box.x); });
  return list;
}

/// A cell's number: not the small weight in its corner. Without one, a shade of the ramp, or a sign.
std::string number_of(const Item& cell) {
  if (!cell.text.empty()) return cell.corner ? cell.text.front().text : output::words_of(&cell);
  if (const auto share = scene::share_of(cell.role)) {
    constexpr std::array<std::string_view, 4> kBlocks{"░", "▒", "▓", "█"};
    return std::string(kBlocks[std::min(kBlocks.size() - 1, static_cast<std::size_t>(*share * kBlocks.size()))]);
  }
  return cell.role == Role::output_pending ? "_" : "";
}

std::string right_aligned(const std::string& text, std::size_t columns) {
  const std::size_t length = base::utf8_length(text);
  return std::string(columns > length ? columns - length : 0, ' ') + text;
}

Run cell_run(const Item* cell, bool lit, std::size_t digits) {
  if (!cell) return {std::string(digits + 2, ' '), ""};
  const RoleLook row = look_of(cell->role);
  const std::string number = right_aligned(number_of(*cell), digits);
  if (lit) return {"[" + number + "]", row.veiled};
  return {std::string(row.left) + number + std::string(row.right), row.look};
}

std::string caption_of(const scene::Scene& scene, const Grid& grid) {
  const Item* own = scene::find(scene, fmt::format("caption.{}.{}", grid.name, grid.channel));
  if (!own) own = scene::find(scene, "caption." + grid.name);
  const std::string words = own ? output::words_of(own) : grid.name;
  return grid.channel == "0" ? words : fmt::format("{} [{}]", words, grid.channel);
}

/// A grid as lines of equal width, its caption above.
std::vector<Line> grid_lines(const scene::Scene& scene, const Grid& grid) {
  std::size_t digits = 1;
  for (const auto& [place, cell] : grid.cells) digits = std::max(digits, base::utf8_length(number_of(*cell)));
  std::vector<Line> lines{{{caption_of(scene, grid), "2"}}};
  for (std::int64_t row = 0; row < grid.rows; ++row) {
    Line line;
    for (std::int64_t column = 0; column < grid.columns; ++column) {
      const auto found = grid.cells.find({row, column});
      const Item* cell = found == grid.cells.end() ? nullptr : found->second;
      line.push_back(cell_run(cell, grid.lit.contains(cell), digits));
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

std::size_t widest_of(const std::vector<Line>& lines) {
  std::size_t widest = 0;
  for (const Line& line : lines) widest = std::max(widest, width(line));
  return widest;
}

/// Puts `right` beside `left`, a gap between them.
void join(std::vector<Line>& left, const std::vector<Line>& right) {
  const std::size_t margin = widest_of(left) + (left.empty() ? 0 : kBetweenGrids);
  left.resize(std::max(left.size(), right.size()));
  for (std::size_t i = 0; i < right.size(); ++i) {
    left[i].push_back({std::string(margin - width(left[i]), ' '), ""});
    left[i].insert(left[i].end(), right[i].begin(), right[i].end());
  }
}

bool same_row(const Grid& a, const Grid& b) { return a.box.y < b.box.bottom() && b.box.y < a.box.bottom(); }

/// Grids in rows, as the picture has them, left to right.
std::vector<std::vector<Grid>> rows_of(std::vector<Grid> grids) {
  std::vector<std::vector<Grid>> rows;
  for (Grid& grid : grids) {
    if (rows.empty() || !same_row(rows.back().front(), grid)) rows.emplace_back();
    rows.back().push_back(std::move(grid));
  }
  for (auto& row : rows) std::ranges::stable_sort(row, [](const Grid& a, const Grid& b) { return a.box.x < b.box.x; });
  return rows;
}

void add_block(std::vector<Line>& lines, std::vector<Line>& block) {
  for (Line& line : block) lines.push_back(std::move(line));
  lines.emplace_back();
  block.clear();
}

Line text_line(const Item* item) {
  Line line;
  if (!item) return line;
  for (const scene::Span& span : item->text) line.push_back({span.text, look_of(span.role).look});
  return line;
}

/// "1 derive z, p′ | 2 insert zeros | [4 convolve]  step 3 of 25"
Line place_line(const scene::Scene& scene) {
  Line line;
  std::size_t number = 0;
  for (const Item* item : scene::visible(scene)) {
    if (!item->id.starts_with("chapter.") || !item->id.ends_with(".title") || item->text.empty()) continue;
    const bool active = item->text.front().role == Role::accent;
    const std::string words = fmt::format("{} {}", ++number, output::words_of(item));
    if (number > 1) line.push_back({"  ", ""});
    line.push_back({active ? "[" + words + "]" : words, active ? "1;33" : "2"});
  }
  if (const Item* counter = scene::find(scene, "counter")) {
    if (!line.empty()) line.push_back({"  ", ""});
    line.push_back({output::words_of(counter), "1"});
  }
  return line;
}

/// "input 5×5, kernel 3×3, stride 2"
Line parameter_line(const scene::Scene& scene) {
  Line line;
  for (const Item* item : scene::visible(scene)) {
    if (!item->id.starts_with("chip.") || !item->id.ends_with(".name")) continue;
    const std::string stem = item->id.substr(0, item->id.size() - 4);
    if (!line.empty()) line.push_back({", ", "2"});
    line.push_back({output::words_of(item) + " ", "2"});
    line.push_back({output::words_of(scene::find(scene, stem + "value")), ""});
  }
  return line;
}

}  // namespace

std::vector<Line> heading_lines(const scene::Scene& scene) {
  std::vector<Line> lines;
  const auto add = [&](Line line) {
    if (!line.empty()) lines.push_back(std::move(line));
  };
  add({{base::printable(output::words_of(scene::find(scene, "title"))), "1"}});
  add(parameter_line(scene));
  for (const Item* item : scene::visible(scene))
    if (item->id.starts_with("formula.")) add(text_line(item));
  return lines;
}

Line legend_line() {
  return {{"[3] window  <3> now  _ not yet  ·0· padding  0° inserted zero  /3/ never read  x3x cropped", "2"}};
}

std::vector<Line> picture_lines(const scene::Scene& scene, std::size_t columns) {
  std::vector<Line> lines;
  if (Line place = place_line(scene); !place.empty()) lines = {std::move(place), {}};
  for (const auto& row : rows_of(grids_of(scene))) {
    std::vector<Line> block;
    for (const Grid& grid : row) {
      const std::vector<Line> one = grid_lines(scene, grid);
      if (columns > 0 && !block.empty() && widest_of(block) + kBetweenGrids + widest_of(one) > columns)
        add_block(lines, block);
      join(block, one);
    }
    add_block(lines, block);
  }
  for (const scene::Item* item : output::sentence_items(scene)) lines.push_back(text_line(item));
  return lines;
}

bool has_grids(const scene::Scene& scene) {
  const std::vector<Grid> grids = grids_of(scene);
  return std::ranges::any_of(grids, [](const Grid& grid) { return grid.name != "kernel"; });
}

}  // namespace convreel::cli
