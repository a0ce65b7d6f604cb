// stages: one stage after the other, each with the view that it has by itself.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <utility>

#include "explain/stack_text.hpp"
#include "views/catalogue.hpp"
#include "views/stack/words.hpp"
#include "words/sentences.hpp"

namespace convreel::views {

namespace {

class StagesView final : public View {
 public:
  explicit StagesView(const StackContext& context) : context_(context) {
    for (const numerics::Stage& stage : context.stages) single_.push_back({stage});
    for (std::size_t n = 0; n < single_.size(); ++n) {
      views_.push_back(view_of(n));
      opened_.push_back(views_.back()->chapters().back());
    }
  }

  std::vector<story::Chapter> chapters() const override {
    std::vector<story::Chapter> chapters;
    for (std::size_t n = 0; n < views_.size(); ++n) {
      const numerics::Stage& stage = context_.stages[n];
      story::Chapter chapter{fmt::format("stage{}", n),
                             words::say(words::kNumberedLayer, {{"n", n + 1}, {"layer", stage.name()}}),
                             explain::shape_text(stage.output_shape(), stage.dims()), opened_[n].beats};
      chapter.main = n + 1 == views_.size();
      chapter.stepwise = !chapter.main;
      chapter.row = opened_[n].row;
      chapters.push_back(std::move(chapter));
    }
    return chapters;
  }

  scene::Size measure(double cell) const override {
    scene::Size size;
    for (const auto& view : views_) {
      const scene::Size own = view->measure(cell);
      size = {std::max(size.width, own.width), std::max(size.height, own.height)};
    }
    return size;
  }
  bool numbered(double cell) const override {
    return std::ranges::all_of(views_, [&](const auto& view) { return view->numbered(cell); });
  }
  void place(Rect area, double cell) override {
    for (const auto& view : views_) view->place(area, cell);
  }

  Body draw(const story::Cursor& cursor) const override {
    const std::size_t stage = cursor.chapter;
    story::Cursor own = cursor;
    own.chapter = views_[stage]->chapters().size() - 1;
    Body body = views_[stage]->draw(own);
    body.backdrop.items = renamed(stage, body.backdrop.items);
    body.settled.items = renamed(stage, body.settled.items);
    for (Item& item : body.live) item.id = prefix(stage) + item.id;
    return body;
  }

  Meaning meaning() const override {
    Meaning meaning;
    for (std::size_t n = 0; n < views_.size(); ++n) {
      Meaning own = views_[n]->meaning();
      for (GridMeaning& grid : own.grids) {
        grid.grid = prefix(n) + grid.grid;
        grid.stage = n;
        meaning.grids.push_back(std::move(grid));
      }
      for (CellMeaning& cell : own.cells) {
        cell.id = prefix(n) + cell.id;
        for (TensorCell& one : cell.cells) one.stage = n;
        meaning.cells.push_back(std::move(cell));
      }
    }
    return meaning;
  }
  std::vector<Span> conclusion() const override { return field_conclusion(context_); }
  std::string formula() const override { return explain::field_formula(context_.stages, context_.stages.size() - 1); }

 private:
  [[nodiscard]] std::unique_ptr<View> view_of(std::size_t n) const {
    if (const numerics::Trace* trace = context_.stages[n].trace())
      return view_named(default_view(trace->layer())).make({*trace, context_.show, context_.ruler});
    return view_named("stack").make_of_stack({single_[n], context_.show, context_.ruler});
  }

  /// Every stage's view has an input and an output: ids tell whose.
  [[nodiscard]] static std::string prefix(std::size_t stage) { return fmt::format("stage{}-", stage); }

  /// A list with the stage's ids, the same list for the same one.
  [[nodiscard]] std::shared_ptr<const Items> renamed(std::size_t stage,
                                                     const std::shared_ptr<const Items>& list) const {
    if (!list) return list;
    const std::lock_guard lock(renamed_mutex_);
    std::shared_ptr<const Items>& known = renamed_[list];
    if (!known) {
      Items items = *list;
      for (Item& item : items) item.id = prefix(stage) + item.id;
      known = std::make_shared<const Items>(std::move(items));
    }
    return known;
  }

  const StackContext context_;
  std::vector<std::vector<numerics::Stage>> single_;  ///< every stage as a stack of one
  std::vector<std::unique_ptr<View>> views_;
  std::vector<story::Chapter> opened_;  ///< the steps of every stage's view
  mutable std::mutex renamed_mutex_;
  mutable std::map<std::shared_ptr<const Items>, std::shared_ptr<const Items>> renamed_;
};

}  // namespace

extern constinit const Row kStagesRow{"stages",
                                      "several layers one after the other, each with its own view",
                                      refuses_one_layer,
                                      nullptr,
                                      made_of_stack<StagesView>,
                                      true};

}  // namespace convreel::views
