// Scenes made by hand for the painter's tests: a page like the tool's own, and a sheet of all forms and roles.
#pragma once

#include <fmt/format.h>

#include <memory>
#include <string>
#include <vector>

#include "scene/scene.hpp"

namespace convreel::test {

using scene::Align;
using scene::Form;
using scene::Item;
using scene::Items;
using scene::Rect;
using scene::Role;
using scene::Scene;
using scene::Span;
using scene::Stratum;
using scene::Weight;

inline Item make(std::string id, Form form, Role role, Rect box, double font = 0, std::vector<Span> text = {},
                 Align align = Align::centre) {
  Item item;
  item.id = std::move(id), item.form = form, item.role = role, item.box = box, item.font = font;
  item.text = std::move(text), item.align = align;
  return item;
}

inline Item cell_at(const std::string& grid, int row, int column, Rect first, Role role, const std::string& text,
                    Weight weight = Weight::medium) {
  return make(fmt::format("{}.0.{}.{}", grid, row, column), Form::cell, role,
              first.moved(column * first.width, row * first.height), 0.42 * first.width, {{text, role, weight}});
}

inline Stratum stratum(Items items) {
  const std::size_t count = items.size();
  return {std::make_shared<const Items>(std::move(items)), count};
}

inline Items page_backdrop() {
  Items items{make("title", Form::text, Role::ink, {40, 24, 400, 40}, 26, {{"Convolution", Role::ink, Weight::bold}},
                   Align::left)};
  items[0].heading = true;
  double x = 504;
  for (const auto& [name, value] : {std::pair{"input", "5×5"}, {"kernel", "3×3"}, {"stride", "2"}, {"padding", "1"}}) {
    const Rect box{x, 30, 98, 28};
    items.push_back(make(std::string("chip.") + name, Form::panel, Role::chip, box));
    items.push_back(make(std::string("chip.name.") + name, Form::text, Role::muted, box.inset(12), 13,
                         {{name, Role::muted}}, Align::left));
    items.push_back(make(std::string("chip.value.") + name, Form::text, Role::ink, box.inset(12), 14,
                         {{value, Role::ink, Weight::bold}}, Align::right));
    x += 106;
  }
  const char* numbers[5] = {"12013", "01231", "21002", "30121", "11020"};
  for (int row = 0; row < 7; ++row)
    for (int column = 0; column < 7; ++column) {
      const bool inside = row > 0 && row < 6 && column > 0 && column < 6;
      items.push_back(cell_at("input", row, column, {52, 104, 46, 46}, inside ? Role::input : Role::padding,
                              inside ? std::string(1, numbers[row - 1][column - 1]) : "0",
                              inside ? Weight::medium : Weight::regular));
    }
  for (int row = 0; row < 3; ++row)
    for (int column = 0; column < 3; ++column) {
      items.push_back(cell_at("kernel", row, column, {470, 196, 46, 46}, Role::kernel,
                              std::vector<std::string>{"1", "0", "−1", "2", "0", "−2", "1", "0",
                                                       "−1"}[static_cast<std::size_t>(row * 3 + column)],
                              Weight::bold));
      items.push_back(cell_at("output", row, column, {700, 172, 62, 62}, Role::output_pending, ""));
    }
  items.push_back(make("times", Form::text, Role::muted, {400, 240, 44, 50}, 40, {{"∗", Role::muted}}));
  items.push_back(make("equals", Form::text, Role::muted, {632, 240, 44, 50}, 30, {{"=", Role::muted}}));
  items.push_back(make("caption", Form::text, Role::ink, {52, 438, 322, 24}, 15,
                       {{"input", Role::ink, Weight::bold}, {"  5×5 padded to 7×7", Role::muted}}));
  items.push_back(make("formula", Form::text, Role::muted, {40, 528, 600, 24}, 14,
                       {{"o = ⌊(i + 2p − k) / s⌋ + 1 = ⌊(5 + 2·1 − 3) / 2⌋ + 1 = 3", Role::muted}}, Align::left));
  items.push_back(make("track", Form::bar, Role::rule, {40, 564, 880, 4}));
  return items;
}

inline Items page_settled() {
  Items items;
  const char* sums[] = {"−5", "0", "5", "−3", "−2", "4", "1", "12", "−7"};
  for (int i = 0; i < 9; ++i)
    items.push_back(cell_at("output", i / 3, i % 3, {700, 172, 62, 62}, Role::output_done, sums[i]));
  return items;
}

/// The window of step `n` (from 0): veiled cells with the weight in the corner, the frame, the arithmetic.
inline Items page_live(int n) {
  Items items;
  const int top = n / 3 * 2, left = n % 3 * 2;
  for (int i = 0; i < 9; ++i) {
    const int row = top + i / 3, column = left + i % 3;
    const bool inside = row > 0 && row < 6 && column > 0 && column < 6;
    Item item =
        cell_at("input", row, column, {52, 104, 46, 46}, inside ? Role::input : Role::padding, inside ? "3" : "0");
    item.veiled = true, item.corner = true;
    item.text.push_back({i % 2 ? "0" : "−1", Role::kernel, Weight::bold});
    items.push_back(std::move(item));
  }
  items.push_back(make("window", Form::frame, Role::window, {52.0 + 46 * left, 104.0 + 46 * top, 138, 138}));
  items.push_back(cell_at("output", n / 3, n % 3, {700, 172, 62, 62}, Role::output_active, "−2", Weight::bold));
  std::vector<Span> sum{{fmt::format("y[{},{}]", n / 3, n % 3), Role::output_done, Weight::bold}, {" = ", Role::muted}};
  for (int i = 0; i < 9; ++i) {
    if (i > 0) sum.push_back({" + ", Role::muted});
    sum.push_back({"3", Role::input}), sum.push_back({"·", Role::muted});
    sum.push_back({i % 2 ? "0" : "(−1)", Role::kernel, Weight::bold});
  }
  sum.push_back({" = ", Role::muted}), sum.push_back({"−2", Role::output_done, Weight::bold});
  items.push_back(make("sum", Form::text, Role::ink, {40, 484, 880, 40}, 17.5, sum));
  items.push_back(make("counter", Form::text, Role::muted, {770, 528, 150, 24}, 14,
                       {{fmt::format("step {} of 9", n + 1), Role::muted}}, Align::right));
  items.push_back(make("progress", Form::bar, Role::accent, {40, 564, 880.0 * (n + 1) / 9, 4}));
  return items;
}

/// Step `n` of nine; steps of one story share their strata.
struct Story {
  Stratum backdrop = stratum(page_backdrop());
  Stratum settled = stratum(page_settled());

  [[nodiscard]] Scene step(int n) const {
    return {{960, 580}, backdrop, {settled.items, static_cast<std::size_t>(n)}, page_live(n)};
  }
};

/// Every role as cell, veiled cell, panel, disc, polygon, line and bar, with a text each.
inline Scene sheet() {
  Items items;
  for (std::size_t i = 0; i < scene::kNamedRoles; ++i) {
    const auto role = static_cast<Role>(i);
    const double y = 10 + 40.0 * static_cast<double>(i % 18), x = i < 18 ? 10 : 500;
    const std::string id(name(role));
    items.push_back(make(id + ".name", Form::text, Role::ink, {x, y, 110, 36}, 13, {{id, Role::ink}}, Align::left));
    for (int n = 0; n < 2; ++n)
      items.push_back(make(fmt::format("{}.cell{}", id, n), Form::cell, role, {x + 110 + 36 * n, y, 36, 36}, 15,
                           {{n ? "−12" : "5", role}}));
    Item veiled = make(id + ".veiled", Form::cell, role, {x + 182, y, 36, 36}, 15, {{"3", role}, {"−1", Role::kernel}});
    veiled.veiled = veiled.corner = true;
    items.push_back(veiled);
    items.push_back(
        make(id + ".panel", Form::panel, role, {x + 226, y + 4, 60, 28}, 13, {{"chip", role, Weight::medium}}));
    items.push_back(make(id + ".disc", Form::disc, role, {x + 292, y + 6, 24, 24}, 13, {{"1", role, Weight::bold}}));
    Item polygon = make(id + ".polygon", Form::polygon, role, {x + 322, y, 50, 36});
    polygon.points = {{x + 322, y + 14}, {x + 352, y + 4}, {x + 370, y + 22}, {x + 340, y + 32}};
    items.push_back(polygon);
    Item line = make(id + ".line", Form::line, role, {});
    line.points = {{x + 378, y + 30}, {x + 392, y + 8}, {x + 420, y + 8}}, line.arrow = true, line.dashed = i % 2;
    items.push_back(line);
    items.push_back(make(id + ".frame", Form::frame, role, {x + 426, y + 6, 22, 22}));
    items.push_back(make(id + ".bar", Form::bar, role, {x + 456, y + 4, 6, 28}));
  }
  return {{990, 740}, stratum(std::move(items)), {}, {}};
}

}  // namespace convreel::test
