// zero-insertion: the article's four steps. Derive z and p', insert zeros, pad (or crop), convolve with stride 1, the
// kernel turned by 180 degrees before the viewer's eyes.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <memory>
#include <numbers>
#include <utility>

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

enum InsertionChapter : std::size_t { kDerive, kInsert, kPad, kTurn, kConvolve };

std::string padding_detail(const numerics::Trace& trace) {
  const numerics::Layer& layer = trace.layer();
  const numerics::Geometry& geometry = trace.geometry();
  return fmt::format("{} → {}", explain::size_text(geometry.spread, layer.dims),
                     explain::size_text(geometry.stretched, layer.dims));
}

/// "1", "1×2" (rows×columns), "1, at the end 2": as short as a chapter's button needs it.
std::string short_padding(const numerics::Padding& padding, int dims) {
  const auto sides = [&](std::int64_t numerics::Sides::*side) {
    std::vector<std::string> axes;
    for (int a = numerics::first_axis(dims); a < numerics::kAxes; ++a)
      axes.push_back(explain::number(static_cast<double>(padding[a].*side)));
    const bool alike = std::ranges::count(axes, axes.front()) == std::ssize(axes);
    return alike ? axes.front() : fmt::format("{}", fmt::join(axes, "×"));
  };
  const std::string before = sides(&numerics::Sides::before), after = sides(&numerics::Sides::after);
  return before == after ? before : words::say(words::kAtTheEnd, {{"padding", before}, {"after", after}});
}

std::string derived_detail(const numerics::Trace& trace) {
  const numerics::Geometry& geometry = trace.geometry();
  const int dims = trace.layer().dims;
  return fmt::format("z = {}, p′ = {}", explain::per_axis_text(geometry.zeros_inserted, dims),
                     short_padding(geometry.equivalent_padding, dims));
}

bool crops(const numerics::Geometry& geometry) {
  for (const numerics::Sides& sides : geometry.equivalent_padding)
    if (sides.before < 0 || sides.after < 0) return true;
  return false;
}

/// What has become of the map at the end of a chapter.
std::string map_note(const numerics::Trace& trace, std::size_t chapter) {
  const numerics::Geometry& geometry = trace.geometry();
  const int dims = trace.layer().dims;
  if (chapter == kDerive) return "";
  if (chapter == kInsert)
    return words::say(words::kZerosInserted, {{"size", explain::size_text(geometry.spread, dims)}});
  return words::say(crops(geometry) ? words::kInsertedAndCropped : words::kInsertedAndPadded,
                    {{"size", explain::size_text(geometry.stretched, dims)}});
}

Caption stretched_map_caption(const numerics::Trace& trace) {
  const numerics::Layer& layer = trace.layer();
  return {explain::map_text(layer.in_channels, layer.input, layer.dims), map_note(trace, kConvolve)};
}

Caption made_caption(const numerics::Trace& trace) {
  const numerics::Layer& layer = trace.layer();
  Caption caption{explain::map_text(layer.out_channels, trace.output().size, layer.dims), ""};
  if (layer.output_padding != Cell{})
    caption.note = words::say(words::kOutputPaddingDashed,
                              {{"padding", explain::per_axis_text(layer.output_padding, layer.dims)}});
  return caption;
}

Caption rotated_kernel_caption(const numerics::Layer& layer) {
  return {explain::size_text(layer.kernel, layer.dims),
          words::say(layer.flip_kernel ? words::kFlippedTwice : words::kRotated)};
}

class ZeroInsertion final : public View {
 public:
  explicit ZeroInsertion(const Context& context)
      : context_(context),
        map_(context.trace),
        stage_(context, map_,
               {stretched_map_caption(context.trace), rotated_kernel_caption(context.trace.layer()),
                made_caption(context.trace)}) {}

  std::vector<story::Chapter> chapters() const override {
    const numerics::Layer& layer = context_.trace.layer();
    const numerics::Geometry& geometry = context_.trace.geometry();
    return {{"derive", words::say(words::kDeriveZAndP), derived_detail(context_.trace), 1},
            {"insert", words::say(words::kInsertZeros),
             fmt::format("{} → {}", explain::size_text(layer.input, layer.dims),
                         explain::size_text(geometry.spread, layer.dims)),
             1},
            {"pad", words::say(crops(geometry) ? words::kCrop : words::kPad), padding_detail(context_.trace), 1},
            {"turn", "", "", turning_beats()},
            {"convolve",
             words::say(words::kConvolveOnce),
             words::say(words::kStride, {{"stride", "1"}}),
             context_.trace.step_count(),
             0,
             true,
             {},
             false,
             context_.trace.output().size[2]}};
  }

  scene::Size measure(double cell) const override { return stage_.measure(cell); }
  double lead(double cell) const override { return stage_.lead(cell); }
  std::vector<double> columns(double cell) const override { return stage_.columns(cell); }
  void align(const std::vector<double>& columns) override { stage_.align(columns); }
  bool numbered(double cell) const override { return stage_.numbered(cell); }
  Meaning meaning() const override { return stage_.meaning(); }

  void place(Rect area, double cell) override {
    stage_.place(area, cell);
    Items opening;
    stage_.add_opening(opening, turning_beats() == 0);
    opening_ = std::make_shared<const Items>(std::move(opening));
  }

  Body draw(const story::Cursor& cursor) const override {
    return cursor.chapter == kConvolve ? stage_.draw_step(cursor) : draw_preparation(cursor);
  }

  std::vector<Span> conclusion() const override { return {{explain::conclusion(context_.trace), Role::ink}}; }
  std::string formula() const override { return explain::size_formula(context_.trace.layer()); }

 private:
  /// A 1x1 kernel, or one that a flip has turned already, has nothing to turn.
  [[nodiscard]] std::int64_t turning_beats() const {
    const bool turns = stage_.kernel_shown() && !context_.trace.layer().flip_kernel &&
                       numerics::area(context_.trace.layer().kernel) > 1;
    return turns ? 1 : 0;
  }

  /// The input as it came: cells side by side in the middle of where the stretched map will lie.
  [[nodiscard]] Rect compact_slot(std::int64_t channel, const Cell& input) const {
    const Grid& grid = stage_.map(channel);
    const numerics::Layer& layer = context_.trace.layer();
    const Cell slice{map_.spread_origin()[0] + input[0] * map_.spacing()[0], 0, 0};
    const scene::Point centre = grid.block(slice, {1, grid.rows, grid.columns}).centre();
    const double x = centre.x - static_cast<double>(layer.input[2]) * grid.cell / 2;
    const double y = centre.y - static_cast<double>(layer.input[1]) * grid.cell / 2;
    return {std::round(x) + static_cast<double>(input[2]) * grid.cell,
            std::round(y) + static_cast<double>(input[1]) * grid.cell, grid.cell, grid.cell};
  }

  /// What is there of the last channel's map at the end of a chapter.
  [[nodiscard]] Rect grown_map(std::size_t chapter) const {
    const std::int64_t last = stage_.first_channels().back();
    const Grid& grid = stage_.map(last);
    const Cell& input = context_.trace.layer().input;
    if (chapter == kDerive)
      return scene::united(compact_slot(last, {}), compact_slot(last, {0, input[1] - 1, input[2] - 1}));
    return chapter == kInsert ? grid.block(map_.spread_origin(), context_.trace.geometry().spread) : grid.area();
  }

  Body draw_preparation(const story::Cursor& cursor) const {
    Body body;
    body.backdrop = {opening_, opening_->size()};
    for (const std::int64_t c : stage_.first_channels()) add_map(body.live, c, cursor);
    stage_.add_map_caption(body.live, map_note(context_.trace, cursor.chapter), grown_map(cursor.chapter));
    if (cursor.chapter == kTurn && cursor.glide < 1)
      add_turning_kernel(body.live, cursor.glide);
    else
      stage_.add_kernel(body.live, 0, cursor.chapter == kTurn || turning_beats() == 0);
    stage_.add_sums(body.live, 0, nullptr, 0);
    stage_.add_extra(body.live);
    body.arithmetic = sentence(cursor.chapter);
    return body;
  }

  /// With its formulas where they fit, else the values alone.
  [[nodiscard]] std::string derivation() const {
    const std::string whole = explain::derived_parameters(context_.trace.layer());
    const double width = context_.ruler.width(whole, kArithmeticFont * 0.7, Weight::regular, false);
    return width <= kArithmeticRoom ? whole : derived_detail(context_.trace);
  }

  [[nodiscard]] std::vector<Span> sentence(std::size_t chapter) const {
    const numerics::Layer& layer = context_.trace.layer();
    const numerics::Geometry& geometry = context_.trace.geometry();
    const std::string spread = explain::size_text(geometry.spread, layer.dims);
    switch (chapter) {
      case kDerive:
        return {{derivation(), Role::ink}};
      case kInsert:
        return styled(words::form(words::kZerosBetween, *std::ranges::max_element(geometry.zeros_inserted)), Role::ink,
                      {{"z", {explain::per_axis_text(geometry.zeros_inserted, layer.dims), Role::ink}},
                       {"size", {fmt::format("(i − 1)·s + 1 = {}", spread), Role::input, Weight::bold}}});
      case kPad:
        return styled(crops(geometry) ? words::kLosesCells : words::kPaddedOnEverySide, Role::ink,
                      {{"padding",
                        {fmt::format("p′ = {}", explain::padding_text(geometry.equivalent_padding, layer.dims)),
                         Role::input, Weight::bold}}});
      default:
        return styled(words::kKernelTurned, Role::ink,
                      {{"stride", {words::say(words::kStride, {{"stride", "1"}}), Role::kernel, Weight::bold}}});
    }
  }

  void add_map(Items& items, std::int64_t channel, const story::Cursor& cursor) const {
    const double spread = cursor.chapter > kInsert ? 1 : cursor.chapter == kInsert ? cursor.glide : 0;
    const double padding = cursor.chapter > kPad ? 1 : cursor.chapter == kPad ? cursor.glide : 0;
    numerics::each_cell(map_.size(), [&](const numerics::Cell& drawn) {
      const MapCell cell = map_.at({channel, drawn});
      Item item = stage_.map_item({channel, drawn});
      if (cell.role == Role::cropped && padding < 1) uncrop(item, channel, cell);
      if (cell.input)
        item.box = between(compact_slot(channel, *cell.input), item.box, spread);
      else
        item.opacity = map_.in_spread(drawn) ? spread : padding;
      if (item.opacity > 0) items.push_back(std::move(item));
    });
  }

  /// Before the crop, what will be lost looks like any other cell.
  void uncrop(Item& item, std::int64_t channel, const MapCell& cell) const {
    const Role role = cell.input ? stage_.input_role(channel) : Role::inserted_zero;
    item.role = cell.input ? stage_.map_numbers().role(cell.value, role) : role;
    for (Span& span : item.text) span.role = role;
  }

  /// Weights travel about the kernel's centre. There are words and other kernels around it: they draw together on the
  /// way, so that all of them stay inside.
  void add_turning_kernel(Items& items, double share) const {
    Items stored;
    stage_.add_kernel(stored, 0, false);
    const double angle = std::numbers::pi * share, cosine = std::cos(angle), sine = std::sin(angle);
    for (Item& item : stored) {
      if (item.form != scene::Form::cell) continue;
      const Rect area = kernel_area_of(item);
      const double reach = turning_reach(area, item.box, cosine, sine);
      const double dx = (item.box.centre().x - area.centre().x) * reach;
      const double dy = (item.box.centre().y - area.centre().y) * reach;
      item.box.width *= reach, item.box.height *= reach;
      item.font *= reach;
      item.box.x = area.centre().x + dx * cosine - dy * sine - item.box.width / 2;
      item.box.y = area.centre().y + dx * sine + dy * cosine - item.box.height / 2;
      items.push_back(std::move(item));
    }
  }

  /// How much smaller a kernel has to be to turn inside its own area.
  static double turning_reach(const Rect& area, const Rect& cell, double cosine, double sine) {
    const double across = area.width - cell.width, down = area.height - cell.height;  // between the outer centres
    const double width = across * std::abs(cosine) + down * std::abs(sine) + cell.width;
    const double height = across * std::abs(sine) + down * std::abs(cosine) + cell.height;
    return std::min({1.0, area.width / width, area.height / height});
  }

  [[nodiscard]] Rect kernel_area_of(const Item& item) const {
    for (std::int64_t c = 0; c < context_.trace.layer().in_channels; ++c)
      if (scene::overlap(stage_.kernel(c).area(), item.box)) return stage_.kernel(c).area();
    return item.box;
  }

  const Context context_;
  WindowMap map_;
  Stage stage_;
  std::shared_ptr<const Items> opening_;
};

std::optional<std::string> zero_insertion_refuses(const numerics::Layer& layer) {
  if (!layer.transposed())
    return "zero-insertion shows how a transposed layer is computed; this layer inserts no zeros: use slide";
  return std::nullopt;
}

}  // namespace

extern constinit const Row kZeroInsertionRow{
    "zero-insertion",
    "derive z and p′, insert zeros, pad, convolve with stride 1 (transposed layers)",
    zero_insertion_refuses,
    made<ZeroInsertion>,
    nullptr,
    true};

}  // namespace convreel::views
