// stamp: every input cell times the kernel is added onto the output, overlaps add up, padding crops the border.
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "explain/formula.hpp"
#include "explain/number.hpp"
#include "numerics/adjacency.hpp"
#include "views/catalogue.hpp"
#include "views/parts/parts.hpp"
#include "views/stamp/shelf.hpp"
#include "views/stamp/words.hpp"
#include "words/sentences.hpp"

namespace convreel::views {

namespace {

class StampView final : public View {
 public:
  explicit StampView(const Context& context)
      : context_(context), sums_(context.trace), shelf_(stamp_shelf(context, sums_)) {}

  std::vector<story::Chapter> chapters() const override {
    std::vector<story::Chapter> chapters;
    const std::vector<double>& bias = context_.trace.bias();
    if (!bias.empty())
      chapters.push_back({"bias", words::say(words::kBeginWithBias),
                          bias.size() == 1 ? "b = " + explain::number(bias[0])
                                           : words::say(words::kValues, static_cast<std::int64_t>(bias.size())),
                          1});
    chapters.push_back({"stamp",
                        words::say(words::kStampAndAdd),
                        words::say(words::kInputs, {{"n", sums_.count()}}),
                        sums_.count(),
                        0,
                        true,
                        {},
                        false,
                        context_.trace.input().size[2]});
    return chapters;
  }

  scene::Size measure(double cell) const override { return shelf_.measure(cell); }
  bool numbered(double cell) const override { return shelf_.numbered(cell); }

  void place(Rect area, double cell) override {
    shelf_.place(area, cell);
    input_numbers_ = shelf_.numbers(StampColumn::kInput);
    kernel_numbers_ = shelf_.numbers(StampColumn::kKernel);
    sheet_numbers_ = shelf_.numbers(StampColumn::kOutput);
    backdrop_ = std::make_shared<const Items>(fixed_items());
    settled_ = std::make_shared<const Items>(settled_items());
  }

  Body draw(const story::Cursor& cursor) const override {
    Body body;
    body.backdrop = {backdrop_, backdrop_->size()};
    const bool main = cursor.chapter + 1 == chapters().size();
    if (!main)
      draw_bias(body);
    else if (cursor.finished)
      draw_crop(body);
    else
      draw_stamp(body, cursor);
    return body;
  }

  Meaning meaning() const override;
  std::string titled(const std::string& layer) const override {
    return words::say(words::kStamped, {{"layer", layer}});
  }
  std::vector<Span> conclusion() const override { return crop_sentence(context_.trace, sums_.sheet()); }
  std::string formula() const override { return explain::size_formula(context_.trace.layer()); }

 private:
  /// One input channel: its kernel slices never change.
  [[nodiscard]] bool one_kernel() const { return context_.trace.layer().in_channels == 1; }

  /// Too many input channels to stand beside each other: the one that is stamped does.
  [[nodiscard]] bool piled() const { return channel_rows(context_.trace.layer()).piled; }
  [[nodiscard]] const Grid& input_grid(std::int64_t channel) const {
    return shelf_.grid(StampColumn::kInput, piled() ? 0 : channel);
  }

  [[nodiscard]] Cell output_of(const Cell& sheet) const {
    const Cell& from = sums_.visible();
    return {sheet[0] - from[0], sheet[1] - from[1], sheet[2] - from[2]};
  }

  /// A sheet's cell is the output's own where the crop leaves it.
  [[nodiscard]] Item sheet_cell(const Place& at, Role shown, Role cropped) const {
    const Grid& grid = shelf_.grid(StampColumn::kOutput, at.channel);
    const Cell output = output_of(at.cell);
    const bool visible = numerics::inside(output, context_.trace.output().size);
    Item item;
    item.id = visible ? grid.id({at.channel, output}) : cell_id("cropped", at, grid.dims);
    item.role = visible ? shown : cropped;
    item.box = grid.slot(at.cell);
    return item;
  }

  void write(Item& item, double value) const {
    const Role role = item.role;
    item.role = sheet_numbers_.role(value, role);
    if (!sheet_numbers_.shown()) return;
    item.font = sheet_numbers_.font();
    item.text = {{sheet_numbers_.text(value), role, Weight::medium}};
  }

  [[nodiscard]] Items fixed_items() const {
    Items items;
    shelf_.add_fixed(items);
    const numerics::Map& input = context_.trace.input();
    for (std::int64_t c = 0; c < input.channels && !piled(); ++c) add_input(items, c);
    if (piled()) add_rest(items, input.channels - 1);
    if (one_kernel()) add_kernel(items, 0);
    for (std::int64_t c = 0; c < context_.trace.output().channels; ++c)
      for (std::int64_t n = 0; n < numerics::area(sums_.sheet()); ++n) {
        const Cell cell = numerics::unflat(n, sums_.sheet());
        items.push_back(sheet_cell({c, cell}, pending_role(context_.trace, output_of(cell)), Role::padding));
        if (sheet_numbers_.ramp()) items.back().opacity = kReceding;
        if (const auto start = sums_.start(c); start && !sheet_numbers_.ramp()) write(items.back(), *start);
      }
    return items;
  }

  /// Above the cells, whose slots reach under the outline.
  void add_extra_frames(Items& items) const {
    for (std::int64_t c = 0; c < context_.trace.output().channels; ++c)
      add_output_padding(items, context_.trace, c, shelf_.grid(StampColumn::kOutput, c), sums_.visible());
  }

  [[nodiscard]] Items settled_items() const {
    Items items;
    items.reserve(sums_.all().size());
    for (const Landed& landed : sums_.all()) {
      items.push_back(sheet_cell(landed.sheet, Role::output_done, Role::padding));
      write(items.back(), landed.sum);
    }
    return items;
  }

  [[nodiscard]] Item input_cell(const Place& at) const {
    const Grid& grid = input_grid(at.channel);
    return value_cell(grid.id(at), grid.slot(at.cell), channel_role(context_.trace.layer(), at.channel),
                      context_.trace.input().at(at), input_numbers_);
  }

  void add_input(Items& items, std::int64_t channel) const {
    const Cell& size = context_.trace.input().size;
    for (std::int64_t n = 0; n < numerics::area(size); ++n)
      items.push_back(input_cell({channel, numerics::unflat(n, size)}));
  }

  void add_rest(Items& items, std::int64_t count) const {
    const Rect map = input_grid(0).area();
    add_rest_stack(items, {map.centre().x - kRestWidth / 2, map.bottom() + kChannelGap, kRestWidth, kRestHeight},
                   Role::chip, {{words::say(words::kMoreChannels, {{"n", count}}), Role::ink, Weight::bold}});
  }

  /// What stands while an input channel is stamped: itself where it has the place of all, and its kernels.
  void add_acting(Items& items, std::int64_t channel) const {
    if (piled()) add_input(items, channel);
    if (!one_kernel()) add_kernel(items, channel);
  }

  /// The kernel slices of an input channel, one beside each output channel, as they are laid down.
  void add_kernel(Items& items, std::int64_t input_channel) const {
    const Layer& layer = context_.trace.layer();
    const numerics::OutputChannels fed = numerics::channels_fed(layer, input_channel);
    for (std::int64_t c = 0; c < layer.out_channels; ++c) {
      const Grid& grid = shelf_.grid(StampColumn::kKernel, c);
      if (c < fed.first || c >= fed.last) {
        add_absent(items, fmt::format("kernel.{}.unfed", c), grid.area(), grid.area().width, words::say(words::kNotFed),
                   context_.ruler);
        continue;
      }
      for (std::int64_t n = 0; n < numerics::area(layer.kernel); ++n) {
        const Cell at = numerics::unflat(n, layer.kernel);
        const Cell tap = layer.flip_kernel ? numerics::turned(at, layer.kernel) : at;
        items.push_back(weight_cell(grid.id({c, at}), grid.slot(at), context_.trace.weight(c, input_channel, tap),
                                    kernel_numbers_));
      }
    }
  }

  void draw_bias(Body& body) const {
    body.settled = {settled_, 0};
    add_extra_frames(body.live);
    add_acting(body.live, 0);
    body.arithmetic = bias_sentence(context_.trace);
  }

  void draw_stamp(Body& body, const story::Cursor& cursor) const {
    const Place to = sums_.input(cursor.beat);
    body.settled = {settled_, sums_.landed(cursor.beat)};
    add_acting(body.live, to.channel);
    const Place before = sums_.input(std::max<std::int64_t>(0, cursor.beat - 1));
    // From one channel to the next it jumps: their kernels differ.
    if (cursor.glide < 1 && cursor.beat > 0 && before.channel == to.channel) {
      add_extra_frames(body.live);
      add_gliding_stamp(body.live, before, to, cursor.glide);
      body.arithmetic = stamp_sentence(context_, before);
      return;
    }
    const std::span<const Landed> landings = sums_.landings(cursor.beat);
    body.landings = landings.size();
    const std::optional<Telling> telling =
        cursor.told ? std::optional<Telling>({*cursor.told, landings.size()}) : std::nullopt;
    if (telling)
      add_told_stamp(body.live, cursor.beat, *telling);
    else
      add_stamp(body.live, cursor);
    add_stamp_frames(body.live, to);
    if (telling && telling->part) {
      add_landing(body.live, to, landings[*telling->part], *telling);
      body.arithmetic = landing_sentence(notation(), context_.trace.input().at(to), landings[*telling->part]);
    } else {
      body.arithmetic = stamp_sentence(context_, to);
    }
  }

  /// Its sums are written as the sheet, which holds more than the output, writes them.
  [[nodiscard]] explain::Notation notation() const {
    return {context_.notation.input, context_.notation.kernel, shelf_.numbers(StampColumn::kOutput).style()};
  }

  /// The stamp of an input cell on a sheet.
  [[nodiscard]] std::vector<Rect> stamp_boxes(std::int64_t output_channel, const Cell& input) const {
    const Cell& stride = context_.trace.layer().stride;
    return shelf_.grid(StampColumn::kOutput, output_channel)
        .blocks({input[0] * stride[0], input[1] * stride[1], input[2] * stride[2]},
                context_.trace.geometry().effective_kernel, context_.trace.layer().dilation[0]);
  }

  [[nodiscard]] Rect input_box(const Place& input) const { return input_grid(input.channel).slot(input.cell); }

  void add_gliding_stamp(Items& items, const Place& from, const Place& to, double share) const {
    items.push_back(frame("source", between(input_box(from), input_box(to), share),
                          channel_role(context_.trace.layer(), to.channel)));
    const numerics::OutputChannels fed = numerics::channels_fed(context_.trace.layer(), to.channel);
    for (std::int64_t c = fed.first; c < fed.last; ++c)
      add_gliding_frames(items, fmt::format("stamp.{}", c), stamp_boxes(c, from.cell), stamp_boxes(c, to.cell), share,
                         Role::window);
  }

  void add_stamp(Items& items, const story::Cursor& cursor) const {
    const std::size_t first = sums_.landed(cursor.beat);
    const std::span<const Landed> landings = sums_.landings(cursor.beat);
    for (std::size_t l = 0; l < landings.size(); ++l)
      items.push_back(cursor.revealed ? stamped((*settled_)[first + l], landings[l])
                                      : hidden((*settled_)[first + l], landings[l]));
  }

  /// What has landed so far; elsewhere the sheet is as it was.
  void add_told_stamp(Items& items, std::int64_t beat, const Telling& telling) const {
    const std::span<const Landed> landings = sums_.landings(beat);
    for (std::size_t l = 0; l < telling.there; ++l)
      items.push_back(stamped((*settled_)[sums_.landed(beat) + l], landings[l]));
  }

  /// The weight that is told, and its product on the way to where it lands.
  void add_landing(Items& items, const Place& input, const Landed& landed, const Telling& telling) const {
    const Layer& layer = context_.trace.layer();
    Cell at{};
    for (int a = 0; a < numerics::kAxes; ++a)
      at[a] = (landed.sheet.cell[a] - input.cell[a] * layer.stride[a]) / layer.dilation[a];
    const Rect weight = shelf_.grid(StampColumn::kKernel, landed.sheet.channel).slot(at);
    items.push_back(told_frame(weight));
    if (!telling.flies()) return;
    const Rect place = shelf_.grid(StampColumn::kOutput, landed.sheet.channel).slot(landed.sheet.cell);
    items.push_back(flying("landing", {{signed_text(landed.product, sheet_numbers_), Role::kernel, Weight::bold}},
                           kArithmeticFont, weight.centre(), place.centre(), telling.share, context_.ruler));
  }

  void add_stamp_frames(Items& items, const Place& input) const {
    add_extra_frames(items);
    items.push_back(frame("source", input_box(input), channel_role(context_.trace.layer(), input.channel)));
    const numerics::OutputChannels fed = numerics::channels_fed(context_.trace.layer(), input.channel);
    for (std::int64_t c = fed.first; c < fed.last; ++c)
      add_frames(items, fmt::format("stamp.{}", c), stamp_boxes(c, input.cell), Role::window);
  }

  [[nodiscard]] Item stamped(Item item, const Landed& landed) const {
    return veiled(std::move(item), signed_text(landed.product, sheet_numbers_), sheet_numbers_.shown());
  }

  /// What stood there, and a question mark for what is added.
  [[nodiscard]] Item hidden(Item item, const Landed& landed) const {
    item.text.clear();
    item.role = landed.output ? Role::output_done : Role::padding;
    item.veiled = true;
    if (!sheet_numbers_.shown()) return item;
    const bool cornered = landed.before && item.box.width >= kSmallestCornerCell;
    if (cornered) item.text.push_back({sheet_numbers_.text(*landed.before), item.role, Weight::medium});
    item.text.push_back({cornered ? "+?" : "?", cornered ? Role::kernel : item.role, Weight::bold});
    item.corner = cornered;
    return item;
  }

  /// Only the visible part stays lit, with the output's own values.
  void draw_crop(Body& body) const {
    body.settled = {settled_, settled_->size()};
    add_acting(body.live, context_.trace.layer().in_channels - 1);
    for (std::int64_t c = 0; c < context_.trace.output().channels; ++c)
      for (std::int64_t n = 0; n < numerics::area(sums_.sheet()); ++n) {
        const Place at{c, numerics::unflat(n, sums_.sheet())};
        Item item = sheet_cell(at, Role::output_done, Role::cropped);
        if (item.role == Role::output_done) write(item, context_.trace.output().at({c, output_of(at.cell)}));
        body.live.push_back(std::move(item));
      }
    add_extra_frames(body.live);
  }

  const Context context_;
  RunningSums sums_;
  Shelf shelf_;
  Numbers input_numbers_, kernel_numbers_, sheet_numbers_;
  std::shared_ptr<const Items> backdrop_, settled_;
};

Meaning StampView::meaning() const {
  const Layer& layer = context_.trace.layer();
  const GridMeaning output = output_meaning(layer);
  // The kernel's channels are the output's: its slice for the input that is stamped.
  GridMeaning kernel{"kernel", Tensor::kernel, output.channels};
  for (int a = 0; layer.flip_kernel && a < numerics::kAxes; ++a)
    kernel.origin[a] = layer.kernel[a] - 1, kernel.spacing[a] = -1;
  GridMeaning cropped = output_meaning(layer, "cropped");
  cropped.origin = sums_.visible();
  return {{input_meaning(layer), std::move(kernel), output, std::move(cropped)}, {}};
}

std::optional<std::string> stamp_refuses(const Layer& layer) {
  if (!layer.transposed())
    return "stamp shows how a transposed layer adds its inputs onto the output; this layer gathers instead: use slide";
  return RunningSums::refuses(layer);
}

}  // namespace

extern constinit const Row kStampRow{
    "stamp",       "each input cell times the kernel is added onto the output (transposed layers)",
    stamp_refuses, made<StampView>,
    nullptr,       true};

}  // namespace convreel::views
