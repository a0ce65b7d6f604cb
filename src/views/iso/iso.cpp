// iso: the layer as plates in space, input below, output above, and sight lines from the active output cell to the
// window that it is made from.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>
#include <optional>
#include <utility>

#include "explain/conclusion.hpp"
#include "explain/formula.hpp"
#include "explain/number.hpp"
#include "explain/size.hpp"
#include "views/catalogue.hpp"
#include "views/iso/plate.hpp"
#include "views/iso/words.hpp"
#include "views/parts/parts.hpp"
#include "words/sentences.hpp"

namespace convreel::views {

namespace {

constexpr double kPlateGap = 28, kPlateMargin = 4, kPlateWordsHeight = 30, kPlateWordsGap = 24, kPlateWordsBox = 24;
constexpr double kWindowStroke = 3, kSightStroke = 1.5;
constexpr double kHidden = 0.2;  // how much of a sight line is seen behind the output, and over the digits of the map
constexpr std::int64_t kMostPlatesInRow = 3;  // plates; more stand in rows that nest
constexpr double kNamesRoom = 44, kNamesFont = 12;
constexpr double kLeastWeightCell = 24, kLargestWeightCell = 44, kKernelGap = 40;
// One above the other, each with a bar in its channel's hue; higher than that they would need a taller page.
constexpr double kBetweenKernels = 14, kKernelHue = 6, kKernelHueGap = 8, kMostKernels = 420;
// The stack of channels without a plate: how far each shows below the one above it, and its words.
constexpr double kBelow = 6, kInStack = 3, kStackFont = 14, kStackWords = 22;

class Iso final : public View {
 public:
  explicit Iso(const Context& context)
      : context_(context),
        layer_(context.trace.layer()),
        map_(context.trace),
        rows_(channel_rows(layer_)),
        map_figures_(figures_of_map(context)),
        output_figures_(figures_of_output(context)) {
    if (kernel_shown()) kernel_figures_ = figures_of_kernel(context);
  }

  std::vector<story::Chapter> chapters() const override {
    const std::string detail = layer_.transposed() ? "1" : explain::per_axis_text(layer_.stride, layer_.dims);
    return {{"slide",
             words::say(words::kSlide),
             words::say(words::kStride, {{"stride", detail}}),
             context_.trace.step_count(),
             0,
             true,
             {},
             false,
             context_.trace.output().size[2]}};
  }
  Size measure(double cell) const override {
    return context_.show.layout == job::Layout::article ? Size{920, 380} : room(cell);
  }
  bool numbered(double cell) const override { return legends(cell).empty(); }
  Meaning meaning() const override {
    Meaning meaning{{map_meaning(layer_, map_), map_meaning(layer_, map_, "tap"), output_meaning(layer_)}, {}};
    if (kernel_shown()) meaning.grids.push_back(window_kernel_meaning(layer_, map_));
    return meaning;
  }
  void place(Rect area, double cell) override;
  Body draw(const story::Cursor& cursor) const override;
  std::vector<Span> conclusion() const override { return {{explain::conclusion(context_.trace), Role::ink}}; }
  std::string formula() const override { return explain::size_formula(layer_); }

 private:
  [[nodiscard]] bool captions() const { return job::worded(context_.show.layout); }
  /// Upright beside the plates, one for every plate that a step reads.
  [[nodiscard]] bool kernel_shown() const {
    return captions() && layer_.row().weights && kernels_height(kLeastWeightCell) <= kMostKernels;
  }
  [[nodiscard]] std::int64_t kernel_count() const {
    return rows_.piled ? rows_.rows : layer_.in_channels / layer_.groups;
  }
  [[nodiscard]] double kernels_height(double side) const {
    const auto count = static_cast<double>(kernel_count());
    return count * side * static_cast<double>(layer_.kernel[1]) + (count - 1) * kBetweenKernels;
  }
  [[nodiscard]] double weight_cell_size(double cell) const {
    const double side = std::clamp(cell, kLeastWeightCell, kLargestWeightCell);
    return kernel_count() == 1 ? side : kLeastWeightCell;
  }
  /// Left of the kernels, for their bars.
  [[nodiscard]] double hues_room() const { return layer_.in_channels > 1 ? kKernelHue + kKernelHueGap : 0; }
  /// The kernel with its caption, and the gap behind it; nothing where none is shown.
  [[nodiscard]] Size kernel_room(double cell) const;
  void place_kernel(Rect area);
  void add_kernel(Items& items, std::int64_t output_channel) const;
  void add_hue(Items& items, std::int64_t channel, const Rect& kernel) const;
  [[nodiscard]] Plate map_plate(double cell) const { return {{}, cell, map_.rows(), map_.columns(), map_.size()[0]}; }
  [[nodiscard]] Plate output_plate(double cell) const {
    const numerics::Cell& size = context_.trace.output().size;
    return {{}, cell, size[1], size[2], size[0]};
  }
  /// Left of a pile of plates: its slices' names.
  [[nodiscard]] double names_room() const { return layer_.dims == numerics::kAxes && captions() ? kNamesRoom : 0; }
  void add_slice_names(Items& items, const std::string& map, const Plate& plate, const Cell& first) const;
  [[nodiscard]] std::int64_t map_count() const { return rows_.rows + (rows_.piled ? 1 : 0); }
  /// Below the plates of the maps: the stack's lower sheets and its words.
  [[nodiscard]] double stack_height() const { return rows_.piled ? (kInStack - 1) * kBelow + kStackWords : 0; }
  [[nodiscard]] double maps_bottom() const { return bounds_of(maps_).bottom() + stack_height(); }
  [[nodiscard]] const Plate& map_of(std::int64_t channel) const {
    return maps_[static_cast<std::size_t>(*row_of(layer_, channel))];
  }
  /// Those that have a plate, of the channels that an output reads.
  [[nodiscard]] std::vector<std::int64_t> channels_read_by(std::int64_t output_channel) const;
  [[nodiscard]] std::shared_ptr<const Items> backdrop(const std::vector<std::int64_t>& channels, double centre) const;
  [[nodiscard]] const std::shared_ptr<const Items>& backdrop_for(std::int64_t output_channel) const;
  void add_stack(Items& items) const;
  /// Room between the plates for the sight lines.
  [[nodiscard]] static double sight(double cell) { return std::max(48.0, 2 * cell); }
  /// Of the output's caption, above the middle of its plates: sight lines come from below, from many maps flat ones.
  [[nodiscard]] double words_above() const { return layer_.in_channels > 1 ? kPlateWordsBox : kPlateWordsBox / 2; }
  /// Many outputs are as wide as the page: their caption stands above them, not beside.
  [[nodiscard]] bool named_above() const { return layer_.out_channels > kMostPlatesInRow; }
  [[nodiscard]] double name_above() const { return captions() && named_above() ? kPlateWordsBox + 6 : 0; }
  /// The output's caption beside it may be higher than its plates.
  [[nodiscard]] double output_height(double cell) const {
    const double plates = bounds_of(laid(output_plate(cell), layer_.out_channels, 0, 0)).height;
    if (named_above()) return name_above() + plates;
    return std::max(plates, captions() ? 2 * words_above() : 0);
  }
  [[nodiscard]] Size room(double cell) const;
  /// A plate's cells are lower than wide: their numbers fit what a square cell of this size would hold.
  [[nodiscard]] static double text_cell_size(double cell) {
    return cell < kSmallestNumberedCell ? cell : cell * kPlateText;
  }
  /// One for every plate whose numbers give way to a ramp.
  [[nodiscard]] std::vector<Legend> legends(double cell) const;
  [[nodiscard]] double caption_room(const std::string& words) const;
  /// `count` such plates, their bounds centred about `centre` and below `top`: a few in a row, more in rows that nest.
  [[nodiscard]] std::vector<Plate> laid(const Plate& plate, std::int64_t count, double centre, double top) const;
  void add_captions(Items& items, double centre) const;
  [[nodiscard]] Item map_item(const Place& drawn) const;
  [[nodiscard]] Item output_item(Item cell, const Place& place) const;
  [[nodiscard]] static Quad quad_of(const Plate& plate, const Cell& first, const Cell& size);
  [[nodiscard]] Quad map_quad(const Place& first, const Cell& size) const {
    return quad_of(map_of(first.channel), first.cell, size);
  }
  /// One on every slice that the window covers.
  [[nodiscard]] std::vector<Quad> window_quads(const Plate& plate, const Cell& output) const;
  /// The plates that a step's window lies on, by name: "0", "1", and "rest" for the stack.
  [[nodiscard]] std::vector<std::pair<std::string, const Plate*>> read_plates(std::int64_t output_channel) const;
  [[nodiscard]] Quad output_quad(const Place& place) const;
  void add_taps(Items& items, const Place& output, std::int64_t channel) const;
  void add_winner(Items& items, const Step& step) const;
  void add_sight(Items& items, const std::string& plate, const Quad& output, const Quad& window) const;
  void add_arrived(Items& items, const Step& step, bool revealed) const;
  void add_gliding(Items& items, const Place& from, const Place& to, double share) const;

  const Context context_;
  const Layer& layer_;
  WindowMap map_;
  ChannelRows rows_;
  Figures map_figures_, output_figures_, kernel_figures_;
  double cell_ = 0;
  std::vector<Grid> kernels_;
  std::vector<Plate> maps_, outputs_, plates_;  ///< the last: all that a sight line may meet
  std::optional<MapCells> map_cells_;
  std::optional<OutputCells> output_cells_;
  std::vector<std::shared_ptr<const Items>> backdrops_;  ///< one a group where those that are not read have no plate
  std::shared_ptr<const Items> done_;
};

double Iso::caption_room(const std::string& words) const {
  return captions() ? iso_caption_width(words, context_.ruler) : 0;
}

Size Iso::kernel_room(double cell) const {
  if (!kernel_shown()) return {};
  const double side = weight_cell_size(cell);
  const Caption caption{explain::size_text(layer_.kernel, layer_.dims), ""};
  const double width =
      std::max(map_width(layer_.kernel, side), caption_width(words::say(words::kKernel), caption, context_.ruler));
  return {hues_room() + width + kKernelGap, kernels_height(side) + foot_height(false, false)};
}

Size Iso::room(double cell) const {
  const Rect below = bounds_of(laid(map_plate(cell), map_count(), 0, 0));
  const Rect above = bounds_of(laid(output_plate(cell), layer_.out_channels, 0, 0));
  // The output's caption stands beside its plates; the same room on the other side keeps them in the middle.
  const double beside =
      captions() && !named_above() ? 2 * (caption_room(iso_output_words(context_.trace)) + kPlateWordsGap) : 0;
  const double width = std::max({below.width, caption_room(iso_map_words(context_.trace)), above.width + beside});
  const std::vector<Legend> shown = captions() ? legends(cell) : std::vector<Legend>{};
  const double height = (shown.empty() ? 0 : kLegendRowHeight) + below.height + stack_height() + output_height(cell) +
                        sight(cell) + 2 * kPlateMargin + (captions() ? kPlateWordsHeight : 0);
  const Size kernel = kernel_room(cell);
  return {2 * names_room() + kernel.width + std::max(width, legend_row_width(shown)) + 2 * kPlateMargin,
          std::max(height, kernel.height)};
}

std::vector<Legend> Iso::legends(double cell) const {
  std::vector<Legend> legends;
  const double size = text_cell_size(cell);
  add_legend(legends, words::say(words::kInput), map_figures_, Role::input, size);
  add_legend(legends, words::say(words::kOutput), output_figures_, Role::output_done, size);
  return legends;
}

std::vector<Plate> Iso::laid(const Plate& plate, std::int64_t count, double centre, double top) const {
  const auto nested = static_cast<std::int64_t>(std::ceil(std::sqrt(static_cast<double>(count) / kMostPlatesInRow)));
  const bool one_row = count <= kMostPlatesInRow || plate.slices > 1;
  const std::vector<Plate> plates = tiled(plate, count, one_row ? 1 : std::max<std::int64_t>(2, nested), kPlateGap);
  const Rect bounds = bounds_of(plates);
  std::vector<Plate> placed;
  for (const Plate& one : plates) placed.push_back(one.moved(centre - bounds.centre().x, top - bounds.y));
  return placed;
}

void Iso::place(Rect area, double cell) {
  if (context_.show.layout == job::Layout::article) cell = largest_cell(area, [&](double c) { return room(c); });
  const double top = area.y + kPlateMargin + (area.height - room(cell).height) / 2;
  const double kernel = kernel_room(cell).width, centre = area.centre().x + kernel / 2;
  cell_ = cell;
  if (kernel_shown()) place_kernel(area);
  const double outputs = bounds_of(laid(output_plate(cell), layer_.out_channels, 0, 0)).height;
  const double over = named_above() ? name_above() : (output_height(cell) - outputs) / 2;
  outputs_ = laid(output_plate(cell), layer_.out_channels, centre, top + over);
  maps_ = laid(map_plate(cell), map_count(), centre, top + output_height(cell) + sight(cell));
  plates_.clear();
  for (const std::vector<Plate>& row : {outputs_, maps_})
    for (const Plate& plate : row)
      for (std::int64_t z = 0; z < plate.slices; ++z) plates_.push_back(plate.slice(z));
  map_cells_.emplace(context_, map_, map_figures_.at(text_cell_size(cell)));
  output_cells_.emplace(context_, output_figures_.at(text_cell_size(cell)));
  backdrops_.clear();
  if (rows_.piled) {
    const std::int64_t groups = layer_.channel_groups(), fed = layer_.out_channels / groups;
    for (std::int64_t group = 0; group < groups; ++group)
      backdrops_.push_back(backdrop(channels_read_by(group * fed), centre));
  } else {
    std::vector<std::int64_t> every(static_cast<std::size_t>(layer_.in_channels));
    std::iota(every.begin(), every.end(), std::int64_t{0});
    backdrops_.push_back(backdrop(every, centre));
  }
  Items done;
  for (std::int64_t s = 0; s < context_.trace.step_count(); ++s) {
    const Place at = output_place(context_.trace, s);
    done.push_back(output_item(output_cells_->done(at, {}), at));
  }
  done_ = std::make_shared<const Items>(std::move(done));
}

std::shared_ptr<const Items> Iso::backdrop(const std::vector<std::int64_t>& channels, double centre) const {
  Items fixed;
  for (const std::int64_t c : channels)
    numerics::each_cell(map_.size(), [&](const Cell& drawn) { fixed.push_back(map_item({c, drawn})); });
  if (rows_.piled) add_stack(fixed);
  for (std::int64_t s = 0; s < context_.trace.step_count(); ++s) {
    const Place at = output_place(context_.trace, s);
    fixed.push_back(output_item(output_cells_->pending(at, {}), at));
  }
  if (captions()) add_captions(fixed, centre);
  if (names_room() > 0) {
    add_slice_names(fixed, "input", maps_.front(), map_.spread_origin());
    add_slice_names(fixed, "output", outputs_.front(), {});
  }
  if (captions() && !legends(cell_).empty())
    add_legend_row(fixed, centre, maps_bottom() + kPlateWordsHeight, legends(cell_));
  return std::make_shared<const Items>(std::move(fixed));
}

const std::shared_ptr<const Items>& Iso::backdrop_for(std::int64_t output_channel) const {
  const std::int64_t fed = layer_.out_channels / layer_.channel_groups();
  return backdrops_.size() == 1 ? backdrops_.front() : backdrops_[static_cast<std::size_t>(output_channel / fed)];
}

std::vector<std::int64_t> Iso::channels_read_by(std::int64_t output_channel) const {
  const numerics::ChannelRange read = numerics::channels_read(layer_, output_channel);
  std::vector<std::int64_t> channels;
  for (std::int64_t c = read.first; c < read.last; ++c)
    if (row_of(layer_, c)) channels.push_back(c);
  return channels;
}

/// Sheets below each other, the uppermost the one that a window may lie on, and how many channels they stand for.
void Iso::add_stack(Items& items) const {
  const Plate& plate = maps_.back();
  for (int sheet = static_cast<int>(kInStack) - 1; sheet >= 0; --sheet) {
    Item item;
    item.id = fmt::format("rest.{}", sheet);
    item.role = rows_.more > 0 ? Role::input : Role::chip;
    item.opacity = 1 - 0.3 * sheet;
    items.push_back(on_plate(std::move(item), plate.moved(0, kBelow * sheet).whole(), cell_));
  }
  std::vector<std::string> words;
  if (rows_.more > 0) words.push_back(words::say(words::kMoreChannels, {{"n", rows_.more}}));
  if (rows_.unread > 0) words.push_back(words::say(words::kChannelsNotRead, {{"n", rows_.unread}}));
  const std::vector<Span> spans{{words::listed(words), Role::muted, Weight::medium}};
  const double width = std::ceil(context_.ruler.width(spans, kStackFont)) + 2;
  const scene::Point corner = plate.whole()[2];
  const double x = std::min(corner.x - width / 2, bounds_of(maps_).right() - width);
  items.push_back(
      label("rest.words", {x, corner.y + (kInStack - 1) * kBelow + 2, width, kStackWords - 2}, spans, kStackFont));
}

void Iso::place_kernel(Rect area) {
  const Size size = kernel_room(cell_);
  const double side = weight_cell_size(cell_);
  const double left = area.x + kPlateMargin + std::max(0.0, (area.width - room(cell_).width) / 2);
  const double room = size.width - kKernelGap - hues_room(), width = map_width(layer_.kernel, side);
  double top = area.y + (area.height - size.height) / 2;
  kernels_.clear();
  for (std::int64_t n = 0; n < kernel_count(); ++n) {
    kernels_.push_back({"kernel",
                        {std::round(left + hues_room() + (room - width) / 2), std::round(top)},
                        side,
                        layer_.kernel[1],
                        layer_.kernel[2],
                        layer_.dims,
                        layer_.kernel[0]});
    top += side * static_cast<double>(layer_.kernel[1]) + kBetweenKernels;
  }
}

/// Plate `first` is z = 0; what padding and inserted zeros add has no name.
void Iso::add_slice_names(Items& items, const std::string& map, const Plate& plate, const Cell& first) const {
  const std::int64_t step = map == "input" ? map_.spacing()[0] : 1;
  const std::int64_t count = map == "input" ? layer_.input[0] : plate.slices;
  // Sight lines from an upper output pass a lower one's side, but never the widest plates' edge.
  const double edge = std::min(maps_.front().bounds().x, outputs_.front().bounds().x);
  for (std::int64_t z = 0; z < count; ++z) {
    const scene::Point corner = plate.slice(first[0] + z * step).whole()[3];
    items.push_back(label(fmt::format("slice.{}.{}", map, z),
                          {edge - kNamesRoom, corner.y - kNamesFont, kNamesRoom - 6, 2 * kNamesFont},
                          {{fmt::format("z = {}", z), Role::muted}}, kNamesFont, scene::Align::right));
  }
}

void Iso::add_kernel(Items& items, std::int64_t output_channel) const {
  if (!kernel_shown()) return;
  const Numbers numbers = kernel_figures_.at(kernels_.front().cell);
  const std::vector<std::int64_t> read = channels_read_by(output_channel);
  for (std::size_t n = 0; n < read.size(); ++n) {
    const std::int64_t c = read[n];
    const Grid& kernel = kernels_[n];
    if (layer_.in_channels > 1) add_hue(items, c, kernel.area());
    numerics::each_cell(layer_.kernel, [&](const Cell& at) {
      const double weight = context_.trace.weight(output_channel, c, map_.tap_at(at));
      items.push_back(weight_cell(kernel.id({c, at}), kernel.slot(at), weight, numbers));
    });
  }
}

/// Says which plate a kernel reads.
void Iso::add_hue(Items& items, std::int64_t channel, const Rect& kernel) const {
  Item bar;
  bar.id = fmt::format("channel.{}", channel);
  bar.form = Form::line;
  bar.role = channel_role(layer_, channel);
  bar.stroke = kKernelHue;
  const double x = kernel.x - kKernelHueGap - kKernelHue / 2;
  bar.points = {{x, kernel.y + kKernelHue / 2}, {x, kernel.bottom() - kKernelHue / 2}};
  items.push_back(std::move(bar));
}

void Iso::add_captions(Items& items, double centre) const {
  const std::string below = iso_map_words(context_.trace), beside = iso_output_words(context_.trace);
  const double width = caption_room(below);
  const Rect output = bounds_of(outputs_);
  add_iso_caption(items, "caption.input", words::kInput, below,
                  {centre - width / 2, maps_bottom() + 6, width, kPlateWordsBox}, scene::Align::centre);
  if (kernel_shown()) {
    const Rect box = kernels_.back().area();
    const double room = kernel_room(cell_).width - kKernelGap - hues_room();
    add_caption(items, "kernel", words::say(words::kKernel), {explain::size_text(layer_.kernel, layer_.dims), ""},
                {box.centre().x - room / 2, box.bottom() + 5, room, 0}, context_.ruler);
  }
  const double room = caption_room(beside);
  const Rect above{output.centre().x - room / 2, output.y - name_above(), room, kPlateWordsBox};
  const Rect right{output.right() + kPlateWordsGap, output.centre().y - words_above(), room, kPlateWordsBox};
  add_iso_caption(items, "caption.output", words::kOutput, beside, named_above() ? above : right,
                  named_above() ? scene::Align::centre : scene::Align::left);
}

Item Iso::map_item(const Place& drawn) const {
  return on_plate(map_cells_->item(drawn, {}), map_quad(drawn, {1, 1, 1}), cell_);
}

Item Iso::output_item(Item cell, const Place& place) const {
  return on_plate(std::move(cell), output_quad(place), cell_);
}

Quad Iso::quad_of(const Plate& plate, const Cell& first, const Cell& size) {
  return plate.slice(first[0]).quad(static_cast<double>(first[1]), static_cast<double>(first[2]),
                                    static_cast<double>(size[1]), static_cast<double>(size[2]));
}

std::vector<Quad> Iso::window_quads(const Plate& plate, const Cell& output) const {
  const Cell first = map_.window(output);
  std::vector<Quad> quads;
  for (std::int64_t z = 0; z < map_.window_size()[0]; z += layer_.dilation[0])
    quads.push_back(quad_of(plate, {first[0] + z, first[1], first[2]}, map_.window_size()));
  return quads;
}

std::vector<std::pair<std::string, const Plate*>> Iso::read_plates(std::int64_t output_channel) const {
  std::vector<std::pair<std::string, const Plate*>> plates;
  for (const std::int64_t c : channels_read_by(output_channel)) plates.push_back({std::to_string(c), &map_of(c)});
  if (rows_.more > 0) plates.push_back({"rest", &maps_.back()});
  return plates;
}

Quad Iso::output_quad(const Place& place) const {
  const auto row = static_cast<double>(place.cell[1]), column = static_cast<double>(place.cell[2]);
  return outputs_[static_cast<std::size_t>(place.channel)].slice(place.cell[0]).quad(row, column, 1, 1);
}

/// A tint over every cell that a tap reads, so that dilation's holes stay bare.
void Iso::add_taps(Items& items, const Place& output, std::int64_t channel) const {
  for (const Covered& at : map_.covered(output.cell)) {
    Item tap;
    tap.id = cell_id("tap", {channel, at.drawn}, layer_.dims);
    tap.role = Role::window;
    tap.stroke = 1;
    items.push_back(on_plate(std::move(tap), map_quad({channel, at.drawn}, {1, 1, 1}), cell_));
  }
}

void Iso::add_winner(Items& items, const Step& step) const {
  const numerics::Term& won = step.terms[*step.winner];
  if (!won.input || !row_of(layer_, won.input->channel)) return;
  items.push_back(map_item(map_.drawn(*won.input)));
  items.back().role = Role::winner;
  for (scene::Span& span : items.back().text) span.role = Role::winner;
}

void Iso::add_sight(Items& items, const std::string& plate, const Quad& output, const Quad& window) const {
  for (std::size_t corner = 0; corner < output.size(); ++corner) {
    std::size_t part = 0;
    for (const Stretch& stretch : stretches(output[corner], window[corner], plates_)) {
      Item line;
      line.id = fmt::format("sight.{}.{}.{}", plate, corner, part++);
      line.form = Form::line;
      line.role = Role::window;
      line.stroke = kSightStroke;
      line.opacity = stretch.hidden ? kHidden : 1;
      line.points = {stretch.from, stretch.to};
      items.push_back(std::move(line));
    }
  }
}

void Iso::add_arrived(Items& items, const Step& step, bool revealed) const {
  for (const std::int64_t c : channels_read_by(step.output.channel)) add_taps(items, step.output, c);
  if (step.winner && revealed) add_winner(items, step);
  for (const auto& [name, plate] : read_plates(step.output.channel)) {
    const std::vector<Quad> windows = window_quads(*plate, step.output.cell);
    for (std::size_t w = 0; w < windows.size(); ++w)
      items.push_back(outline(part_id("window." + name, w), Role::window, windows[w], kWindowStroke));
    add_sight(items, name, output_quad(step.output), windows.front());
  }
  items.push_back(output_item(output_cells_->active(step.output, {}, revealed), step.output));
}

void Iso::add_gliding(Items& items, const Place& from, const Place& to, double share) const {
  const Quad output = between(output_quad(from), output_quad(to), share);
  for (const auto& [name, plate] : read_plates(to.channel)) {
    const std::vector<Quad> start = window_quads(*plate, from.cell), end = window_quads(*plate, to.cell);
    for (std::size_t w = 0; w < end.size(); ++w) {
      const Quad window = between(start[w], end[w], share);
      Item veil;
      veil.id = part_id(fmt::format("veil.{}", name), w);
      veil.role = Role::window;
      veil.stroke = 1;
      items.push_back(on_plate(std::move(veil), window, cell_));
      items.push_back(outline(part_id("window." + name, w), Role::window, window, kWindowStroke));
    }
    add_sight(items, name, output, between(start.front(), end.front(), share));
  }
  items.push_back(outline("target", Role::window, output, kSightStroke));
}

Body Iso::draw(const story::Cursor& cursor) const {
  Body body;
  const Step step = context_.trace.step(cursor.beat);
  const std::shared_ptr<const Items>& backdrop = backdrop_for(step.output.channel);
  body.backdrop = {backdrop, backdrop->size()};
  body.settled = {done_, static_cast<std::size_t>(cursor.beat + (cursor.finished ? 1 : 0))};
  add_kernel(body.live, step.output.channel);
  if (cursor.finished) return body;
  const bool gliding = cursor.glide < 1 && cursor.beat > 0;
  const Step before = gliding ? context_.trace.step(cursor.beat - 1) : step;
  if (gliding) {
    const bool same = before.output.channel == step.output.channel;
    add_gliding(body.live, same ? before.output : step.output, step.output, cursor.glide);
  } else {
    add_arrived(body.live, step, cursor.revealed);
  }
  write_sentence(body,
                 sentence_of(context_.trace, context_.notation, before, gliding || cursor.revealed || cursor.told), {},
                 context_.ruler);
  return body;
}

// Plates that grow too small are the page's to refuse.
std::optional<std::string> iso_refuses(const Layer& /*layer*/) { return std::nullopt; }

}  // namespace

extern constinit const Row kIsoRow{
    "iso", "plates in space, input below, output above, joined by sight lines", iso_refuses, made<Iso>, nullptr, true};

}  // namespace convreel::views
