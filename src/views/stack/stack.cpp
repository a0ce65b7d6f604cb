// stack: all stages at once. Each step makes one output of the last stage; its window in the stage before and the cone
// of all earlier cells are marked, and a cell's number stands from when it is first needed.
#include <fmt/format.h>

#include <memory>
#include <utility>

#include "views/catalogue.hpp"
#include "views/parts/parts.hpp"
#include "views/stack/maps_view.hpp"
#include "words/sentences.hpp"

namespace convreel::views {

namespace {

class StackView final : public MapsView {
 public:
  using MapsView::MapsView;

  std::vector<story::Chapter> chapters() const override {
    return {{"stack",
             words::say(words::kStack),
             explain::shape_text(stages().back().output_shape(), stages().back().dims()),
             maps_.drawn(maps_.last()),
             0,
             true,
             {},
             false,
             stages().back().output_shape().size[2]}};
  }

  void place(Rect area, double cell) override {
    maps_.place(area, cell);
    auto fixed = std::make_shared<Items>();
    maps_.add_fixed(*fixed);
    for (std::size_t m = 0; m < maps_.count(); ++m)
      for (std::int64_t n = 0; n < maps_.drawn(m); ++n)
        fixed->push_back(m == 0 ? maps_.cell(m, maps_.at(m, n), Role::input) : maps_.pending(m, maps_.at(m, n)));
    backdrop_ = std::move(fixed);
    settle();
  }

  Body draw(const story::Cursor& cursor) const override {
    Body body;
    body.backdrop = {backdrop_, backdrop_->size()};
    const auto beat = static_cast<std::size_t>(cursor.beat);
    body.settled = {settled_, cursor.finished ? settled_->size() : ends_[beat]};
    if (cursor.finished) return body;
    const Place output = maps_.at(maps_.last(), cursor.beat);
    add_cone(body.live, numerics::cone(stages(), output), cursor.revealed);
    body.arithmetic = stage_sentence(context_, stages().size() - 1, cursor.beat, cursor.revealed);
    return body;
  }

 private:
  /// What every step leaves behind: the cells that it is the first to need. At the end those that nothing reads.
  void settle() {
    auto items = std::make_shared<Items>();
    std::vector<std::vector<bool>> known;
    for (std::size_t m = 0; m < maps_.count(); ++m)
      known.emplace_back(static_cast<std::size_t>(maps_.drawn(m)), m == 0);
    ends_.clear();
    for (std::int64_t n = 0; n < maps_.drawn(maps_.last()); ++n) {
      const auto cone = numerics::cone(stages(), maps_.at(maps_.last(), n));
      for (std::size_t m = 1; m < maps_.last(); ++m)
        for (const Place& place : cone[m]) settle_cell(m, place, known, Role::output_done, *items);
      ends_.push_back(items->size());
      settle_cell(maps_.last(), cone.back().front(), known, Role::output_done, *items);
    }
    for (std::size_t m = 1; m < maps_.count(); ++m)
      for (std::int64_t n = 0; n < maps_.drawn(m); ++n) settle_cell(m, maps_.at(m, n), known, Role::unread, *items);
    settled_ = std::move(items);
  }

  void settle_cell(std::size_t m, const Place& place, std::vector<std::vector<bool>>& known, Role role,
                   Items& items) const {
    if (!maps_.is_drawn(m, place)) return;
    const auto index = static_cast<std::size_t>(maps_.index(m, place));
    if (known[m][index]) return;
    known[m][index] = true;
    items.push_back(maps_.cell(m, place, role));
  }

  void add_cone(Items& items, const std::vector<std::vector<Place>>& cone, bool revealed) const {
    for (std::size_t m = 0; m < maps_.last(); ++m) {
      for (const Place& place : cone[m])
        if (maps_.is_drawn(m, place)) {
          items.push_back(maps_.cell(m, place, m == 0 ? Role::input : Role::output_done));
          items.back().veiled = true;
        }
      const bool window = m + 1 == maps_.last();
      maps_.add_hulls(items, "cone", m, cone[m], window ? Role::window : Role::link);
    }
    Item active = maps_.cell(maps_.last(), cone.back().front(), Role::output_active);
    if (!active.text.empty()) {
      active.text.front().weight = Weight::bold;
      if (!revealed) active.text.front().text = "?";
    }
    items.push_back(std::move(active));
  }

  std::vector<std::size_t> ends_;  ///< what is settled while step n is active
  std::shared_ptr<const Items> backdrop_, settled_;
};

}  // namespace

extern constinit const Row kStackRow{"stack",
                                     "several layers in step: each output with the cone of cells that made it",
                                     refuses_one_layer,
                                     nullptr,
                                     made_of_stack<StackView>,
                                     true};

}  // namespace convreel::views
