// slide: pad, then slide the window; each place gives one output.
#include <fmt/format.h>

#include <memory>
#include <utility>

#include "explain/by_axis.hpp"
#include "explain/conclusion.hpp"
#include "explain/formula.hpp"
#include "explain/number.hpp"
#include "explain/size.hpp"
#include "views/catalogue.hpp"
#include "views/parts/parts.hpp"
#include "views/stage/stage.hpp"
#include "words/sentences.hpp"

namespace convreel::views {

namespace {

enum SlideChapter : std::size_t { kPadding, kSliding };

bool padded(const numerics::Geometry& geometry) { return geometry.stretched != geometry.spread; }

std::string padded_map_note(const numerics::Trace& trace) {
  const numerics::Layer& layer = trace.layer();
  std::vector<std::string> remarks;
  if (padded(trace.geometry()))
    remarks.push_back(
        words::say(words::kPaddedTo, {{"size", explain::size_text(trace.geometry().stretched, layer.dims)}}));
  if (padded(trace.geometry()) && layer.row().divides && !layer.count_include_pad)
    remarks.push_back(words::say(words::kPaddingNotCounted));
  const auto unread = static_cast<std::int64_t>(trace.unread().size());
  if (unread > 0) remarks.push_back(words::say(words::kNeverRead, unread));
  return words::listed(remarks);
}

Caption padded_map_caption(const numerics::Trace& trace) {
  const numerics::Layer& layer = trace.layer();
  return {explain::map_text(layer.in_channels, layer.input, layer.dims), padded_map_note(trace)};
}

Caption slide_kernel_caption(const numerics::Layer& layer) {
  return {explain::size_text(layer.kernel, layer.dims), layer.flip_kernel ? words::say(words::kRotated) : ""};
}

/// The formula, and which inputs have cells that nothing reads because they give the same output.
std::string size_formula_of(const numerics::Trace& trace) {
  const numerics::Layer& layer = trace.layer();
  bool several = false;
  const std::string sizes = explain::by_axis(layer, [&](int axis) {
    const numerics::InputRange range = numerics::input_range_with_same_output(layer, axis);
    several |= range.first < range.last;
    if (range.first == range.last) return words::say(words::kInputOf, {{"first", range.first}});
    return words::say(range.last == range.first + 1 ? words::kInputsOfTwo : words::kInputsOfMore,
                      {{"first", range.first}, {"last", range.last}});
  });
  const std::string formula = explain::size_formula(layer);
  if (!several || trace.unread().empty()) return formula;
  return words::say(words::kSameOutput, {{"formula", formula}, {"inputs", sizes}});
}

class Slide final : public View {
 public:
  explicit Slide(const Context& context)
      : context_(context),
        map_(context.trace),
        stage_(context, map_,
               {padded_map_caption(context.trace),
                slide_kernel_caption(context.trace.layer()),
                {explain::map_text(context.trace.layer().out_channels, context.trace.output().size,
                                   context.trace.layer().dims),
                 ""}}) {}

  std::vector<story::Chapter> chapters() const override {
    const numerics::Layer& layer = context_.trace.layer();
    const numerics::Geometry& geometry = context_.trace.geometry();
    std::vector<story::Chapter> chapters;
    if (padded(geometry))
      chapters.push_back({"pad", words::say(words::kPad),
                          fmt::format("{} → {}", explain::size_text(layer.input, layer.dims),
                                      explain::size_text(geometry.stretched, layer.dims)),
                          2});
    chapters.push_back({"slide",
                        words::say(words::kSlide),
                        words::say(words::kStride, {{"stride", explain::per_axis_text(layer.stride, layer.dims)}}),
                        context_.trace.step_count(),
                        0,
                        true,
                        {},
                        false,
                        context_.trace.output().size[2]});
    return chapters;
  }

  scene::Size measure(double cell) const override { return stage_.measure(cell); }
  double lead(double cell) const override { return stage_.lead(cell); }
  std::vector<double> columns(double cell) const override { return stage_.columns(cell); }
  void align(const std::vector<double>& columns) override { stage_.align(columns); }
  bool numbered(double cell) const override { return stage_.numbered(cell); }
  Meaning meaning() const override { return stage_.meaning(); }

  void place(scene::Rect area, double cell) override {
    stage_.place(area, cell);
    Items opening;
    stage_.add_opening(opening, true);
    opening_ = std::make_shared<const Items>(std::move(opening));
  }

  Body draw(const story::Cursor& cursor) const override {
    const bool main = cursor.chapter + 1 == chapters_count();
    return main ? stage_.draw_step(cursor) : draw_pad(cursor);
  }

  std::vector<Span> conclusion() const override { return {{explain::conclusion(context_.trace), Role::ink}}; }
  std::string formula() const override { return size_formula_of(context_.trace); }

 private:
  [[nodiscard]] std::size_t chapters_count() const { return padded(context_.trace.geometry()) ? 2 : 1; }

  Body draw_pad(const story::Cursor& cursor) const {
    Body body;
    body.backdrop = {opening_, opening_->size()};
    const double opacity = cursor.beat == 0 ? 0 : cursor.glide;
    for (const std::int64_t c : stage_.first_channels())
      numerics::each_cell(map_.size(), [&](const numerics::Cell& cell) {
        scene::Item item = stage_.map_item({c, cell});
        if (!map_.in_spread(cell)) item.opacity = opacity;
        if (item.opacity > 0) body.live.push_back(std::move(item));
      });
    const Grid& last = stage_.map(stage_.first_channels().back());
    if (cursor.beat == 0)
      stage_.add_map_caption(body.live, "", last.block(map_.spread_origin(), context_.trace.geometry().spread));
    else
      stage_.add_map_caption(body.live, padded_map_note(context_.trace), last.area());
    stage_.add_kernel(body.live, 0, true);
    stage_.add_sums(body.live, 0, nullptr, 0);
    return body;
  }

  const Context context_;
  WindowMap map_;
  Stage stage_;
  std::shared_ptr<const Items> opening_;
};

std::optional<std::string> slide_refuses(const numerics::Layer& layer) {
  if (layer.transposed())
    return "slide shows a window over the input as it is; a transposed layer first inserts zeros: use zero-insertion "
           "or stamp";
  return std::nullopt;
}

}  // namespace

extern constinit const Row kSlideRow{
    "slide", "pad, then slide the window over the input", slide_refuses, made<Slide>, nullptr, true};

}  // namespace convreel::views
