// backward: the contributions asked from all three sides. From an output to the inputs it read, from an input to the
// outputs it feeds, from a weight to the pairs it multiplied; each is one of the sums of back-propagation.
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <unordered_set>
#include <utility>

#include "explain/number.hpp"
#include "explain/size.hpp"
#include "numerics/adjacency.hpp"
#include "views/backward/gradients.hpp"
#include "views/catalogue.hpp"
#include "views/parts/parts.hpp"

namespace convreel::views {

namespace {

using numerics::Contribution;

constexpr std::int64_t kMaxSlices = 16;

std::vector<Column> make_columns(const Context& context) {
  const Trace& trace = context.trace;
  const int dims = trace.layer().dims;
  std::vector<Column> columns{column_of(context, "input", "input", trace.input(), Role::input),
                              column_of(context, "output", "output", trace.output())};
  const numerics::Kernel& kernel = trace.kernel();
  if (!trace.layer().row().weights) return columns;
  const std::int64_t slices = kernel.outer * kernel.inner;
  std::string size = explain::size_text(kernel.size, dims);
  if (slices > 1) size = fmt::format("{}×{}×{}", kernel.outer, kernel.inner, size);
  columns.insert(columns.begin(),
                 {"kernel", "kernel", {size, ""}, slices, kernel.size[1], kernel.size[2], figures_of_kernel(context)});
  return columns;
}

std::vector<Joint> make_joints(const Trace& trace) {
  // The gap between input and output is left to the links.
  if (!trace.layer().row().weights) return {{"", "             "}};
  return {{"∗", ""}, {"", "             "}};
}

class Backward final : public View {
 public:
  explicit Backward(const Context& context)
      : context_(context),
        questions_(context.trace),
        input_column_(context.trace.layer().row().weights ? 1 : 0),
        shelf_(context, make_columns(context), make_joints(context.trace)) {}

  std::vector<story::Chapter> chapters() const override {
    return {{"trace", "trace back", "", questions_.count(), 0, true}};
  }

  scene::Size measure(double cell) const override { return shelf_.measure(cell); }
  bool numbered(double cell) const override { return shelf_.numbered(cell); }

  void place(Rect area, double cell) override {
    shelf_.place(area, cell);
    input_numbers_ = shelf_.numbers(input_column_);
    output_numbers_ = shelf_.numbers(output_column());
    if (weighted()) kernel_numbers_ = shelf_.numbers(0);
    backdrop_ = std::make_shared<const Items>(fixed_items());
    settled_ = std::make_shared<const Items>();
  }

  Body draw(const story::Cursor& cursor) const override {
    Body body;
    body.backdrop = {backdrop_, backdrop_->size()};
    body.settled = {settled_, 0};
    if (cursor.finished) return body;
    const Question question = questions_.at(cursor.beat);
    const Question before = questions_.at(cursor.beat > 0 ? cursor.beat - 1 : 0);
    if (cursor.glide < 1 && cursor.beat > 0 && before.side == question.side) {
      body.live.push_back(asked_frame(question, between(asked_box(before), asked_box(question), cursor.glide)));
      body.arithmetic = sentence(before, true);
      return body;
    }
    if (cursor.revealed) add_answer(body.live, question);
    body.live.push_back(asked_frame(question, asked_box(question)));
    body.arithmetic = sentence(question, cursor.revealed);
    return body;
  }

  Meaning meaning() const override {
    const Trace& trace = context_.trace;
    GridMeaning kernel{"kernel", Tensor::kernel, {}};
    for (std::int64_t o = 0; o < trace.kernel().outer; ++o)
      for (std::int64_t i = 0; i < trace.kernel().inner; ++i) kernel.channels.push_back(channels_of(o, i));
    return {{input_meaning(trace.layer()), std::move(kernel), output_meaning(trace.layer())}, {}};
  }
  std::string epithet() const override { return ", backward"; }
  std::string formula() const override {
    const numerics::KindRow& row = context_.trace.layer().row();
    if (row.picks) return "∂L/∂x = Σ ∂L/∂y over the windows that x won";
    if (!row.weights) return "∂L/∂x = Σ ∂L/∂y ÷ divisor over the windows that hold x";
    return "∂L/∂x = Σ w · ∂L/∂y over the outputs that x feeds;   ∂L/∂w = Σ x · ∂L/∂y over the pairs that w multiplies";
  }

 private:
  [[nodiscard]] bool weighted() const { return context_.trace.layer().row().weights; }
  [[nodiscard]] std::size_t output_column() const { return input_column_ + 1; }
  [[nodiscard]] const Grid& input(std::int64_t channel) const { return shelf_.grid(input_column_, channel); }
  [[nodiscard]] const Grid& output(std::int64_t channel) const { return shelf_.grid(output_column(), channel); }
  [[nodiscard]] const Grid& kernel(std::int64_t slice) const { return shelf_.grid(0, slice); }

  [[nodiscard]] Item cell(const Grid& grid, const Place& at, Role role, double value, const Numbers& numbers) const {
    return value_cell(grid.id(at), grid.slot(at.cell), role, value, numbers);
  }
  [[nodiscard]] Item input_cell(const Place& at) const {
    return cell(input(at.channel), at, channel_role(context_.trace.layer(), at.channel), context_.trace.input().at(at),
                input_numbers_);
  }
  [[nodiscard]] Item output_cell(const Place& at) const {
    return cell(output(at.channel), at, Role::output_done, context_.trace.output().at(at), output_numbers_);
  }
  /// What a slice of the kernel joins: its second axis counts within a group.
  [[nodiscard]] Channels channels_of(std::int64_t outer, std::int64_t inner) const {
    const Layer& layer = context_.trace.layer();
    const numerics::Kernel& weights = context_.trace.kernel();
    const std::int64_t other = outer / (weights.outer / layer.groups) * weights.inner + inner;
    return layer.transposed() ? Channels{outer, other} : Channels{other, outer};
  }
  /// `slice` counts the kernel's first two axes row-major.
  [[nodiscard]] Item kernel_cell(const Place& at) const {
    const numerics::Kernel& weights = context_.trace.kernel();
    const Grid& grid = kernel(at.channel);
    return weight_cell(grid.id(at), grid.slot(at.cell),
                       weights.at(at.channel / weights.inner, at.channel % weights.inner, at.cell), kernel_numbers_);
  }
  [[nodiscard]] Place weight_place(const Contribution& c) const {
    return {c.outer * context_.trace.kernel().inner + c.inner, c.tap};
  }

  [[nodiscard]] Items fixed_items() const {
    Items items;
    shelf_.add_fixed(items);
    const auto add = [&](std::int64_t channels, const Cell& size, auto item_at) {
      for (std::int64_t c = 0; c < channels; ++c)
        for (std::int64_t n = 0; n < numerics::area(size); ++n)
          items.push_back(item_at(Place{c, numerics::unflat(n, size)}));
    };
    const Trace& trace = context_.trace;
    add(trace.input().channels, trace.input().size, [&](const Place& at) { return input_cell(at); });
    add(trace.output().channels, trace.output().size, [&](const Place& at) { return output_cell(at); });
    if (weighted())
      add(trace.kernel().outer * trace.kernel().inner, trace.kernel().size,
          [&](const Place& at) { return kernel_cell(at); });
    for (const Place& at : trace.unread()) mark_unread(items, input_cell(at).id);
    return items;
  }

  static void mark_unread(Items& items, const std::string& id) {
    for (Item& item : items)
      if (item.id == id) {
        item.role = Role::unread;
        for (scene::Span& span : item.text) span.role = Role::unread;
      }
  }

  [[nodiscard]] Rect asked_box(const Question& question) const {
    const Place& at = question.asked;
    const Grid& grid = question.side == Side::output  ? output(at.channel)
                       : question.side == Side::input ? input(at.channel)
                                                      : kernel(at.channel);
    return grid.slot(at.cell);
  }

  [[nodiscard]] Item asked_frame(const Question& question, Rect box) const {
    const Role role = question.side == Side::output  ? Role::output_active
                      : question.side == Side::input ? channel_role(context_.trace.layer(), question.asked.channel)
                                                     : Role::window;
    return frame("asked", box, role, 4);
  }

  /// Lights the two other sides of every contribution, and the way between inputs and outputs.
  void add_answer(Items& items, const Question& question) const {
    const std::vector<Contribution> found = questions_.contributions(question);
    add_links(items, found);
    std::unordered_set<std::string> lit;  // a padding mode reads one input twice: it is lit once
    const auto light = [&](Item item) {
      if (lit.insert(item.id).second) items.push_back(std::move(item));
    };
    for (const Contribution& c : found) {
      const std::string weight = weighted() ? kernel_numbers_.text(questions_.weight(c)) : "";
      if (question.side != Side::input)
        light(veiled(input_cell(c.input), weight, weighted() && question.side == Side::output));
      if (question.side != Side::output)
        light(veiled(output_cell(c.output), weight, weighted() && question.side == Side::input));
      if (weighted() && question.side != Side::weight) light(veiled(kernel_cell(weight_place(c)), "", false));
    }
    if (question.side == Side::output) items.push_back(asked_output(question.asked));
    if (question.winner)
      items.push_back(
          frame("winner", input(question.winner->channel).slot(question.winner->cell).inset(4), Role::winner, 3));
  }

  [[nodiscard]] Item asked_output(const Place& at) const {
    Item item = output_cell(at);
    item.role = Role::output_active;
    for (scene::Span& span : item.text) span.role = Role::output_active, span.weight = Weight::bold;
    return item;
  }

  /// A beam a pair of channels across the gap, aimed from the lit inputs to the lit outputs. It stays in the gap, so
  /// that no number lies under it.
  void add_links(Items& items, const std::vector<Contribution>& found) const {
    std::vector<std::pair<std::int64_t, std::int64_t>> pairs;
    for (const Contribution& c : found) pairs.emplace_back(c.input.channel, c.output.channel);
    std::sort(pairs.begin(), pairs.end());
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
    for (const auto& [in, out] : pairs) {
      std::vector<Cell> inputs, outputs;
      for (const Contribution& c : found)
        if (c.input.channel == in && c.output.channel == out) {
          inputs.push_back(c.input.cell);
          outputs.push_back(c.output.cell);
        }
      add_beam(items, fmt::format("link.{}.{}", in, out), block_of(input(in), *hull_of(inputs)),
               block_of(output(out), *hull_of(outputs)));
    }
  }

  void add_beam(Items& items, const std::string& id, const Rect& from, const Rect& to) const {
    constexpr double kClear = 5;
    const double left = input(0).area().right() + kClear, right = output(0).area().x - kClear;
    const auto at = [&](double x, double y1, double y2) {
      const double share = (x - from.right()) / (to.x - from.right());
      return scene::Point{x, y1 + (y2 - y1) * share};
    };
    Item beam;
    beam.id = id;
    beam.form = scene::Form::polygon;
    beam.role = Role::link;
    beam.points = {at(left, from.y, to.y), at(right, from.y, to.y), at(right, from.bottom(), to.bottom()),
                   at(left, from.bottom(), to.bottom())};
    const auto [low, high] = std::minmax_element(beam.points.begin(), beam.points.end(),
                                                 [](const auto& a, const auto& b) { return a.y < b.y; });
    beam.box = {left, low->y, right - left, high->y - low->y};
    items.push_back(std::move(beam));
  }

  [[nodiscard]] std::vector<scene::Span> sentence(const Question& question, bool revealed) const {
    return fitted(questions_.sentence(question, revealed), kArithmeticFont, kArithmeticRoom, context_.ruler);
  }

  const Context context_;
  Questions questions_;
  std::size_t input_column_ = 1;
  Shelf shelf_;
  Numbers input_numbers_, output_numbers_, kernel_numbers_;
  std::shared_ptr<const Items> backdrop_, settled_;
};

std::optional<std::string> backward_refuses(const Layer& layer) {
  if (!layer.row().weights) return std::nullopt;
  const std::int64_t slices = layer.out_channels * layer.in_channels / layer.groups;
  if (slices <= kMaxSlices) return std::nullopt;
  return fmt::format(
      "the layer has {} kernels, and backward shows up to {}: use fewer channels or more groups, or slide", slices,
      kMaxSlices);
}

}  // namespace

extern constinit const Row kBackwardRow{
    "backward", "which inputs an output reads, which outputs an input feeds, which pairs a weight joins",
    backward_refuses, made<Backward>};

}  // namespace convreel::views
