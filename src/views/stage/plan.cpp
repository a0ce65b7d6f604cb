#include "views/stage/plan.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "views/parts/parts.hpp"
#include "words/sentences.hpp"

namespace convreel::views {

namespace {

constexpr double kBarRoom = 18;  // a channel's bar and the gap behind it
constexpr double kPartialWidth = 64, kPartialHeight = 36, kLinkWidth = 56, kSumWidth = 120, kSumHeight = 44;
constexpr double kArticleSide = 350, kStarFont = 34, kOperatorHeight = 44, kStripGap = 12;
constexpr double kPartialGap = 3;   // partial sums reach into the gap between low rows, but for this
constexpr double kNameHeight = 20;  // above a bank's maps
constexpr double kMagnifiedCell = 34, kWidestMagnified = 170;
constexpr double kGenerousCell = 40, kPageWidth = 880, kPageHeight = 560;

double operator_gap(double cell) { return cell >= 30 ? 88 : cell >= 20 ? 64 : 48; }

double stacked(std::int64_t count, double height) {
  return static_cast<double>(count) * height + static_cast<double>(count - 1) * kChannelGap;
}

double times(std::int64_t count, double cell) { return static_cast<double>(count) * cell; }

/// A grid without a place for a map of that size.
Grid like(const Cell& size, double cell) { return {"", {}, cell, size[1], size[2], 2, size[0]}; }

/// `count` grids below each other, centred about `middle`, in rows of `row` height.
std::vector<Grid> pile(const std::string& name, std::int64_t count, double centre_x, double middle, double row,
                       const Grid& like) {
  std::vector<Grid> grids;
  const double top = middle - stacked(count, row) / 2;
  for (std::int64_t c = 0; c < count; ++c) {
    const double y = top + static_cast<double>(c) * (row + kChannelGap) + (row - times(like.rows, like.cell)) / 2;
    const double x = centre_x - like.area().width / 2;
    grids.push_back({name, {std::round(x), std::round(y)}, like.cell, like.rows, like.columns, like.dims, like.slices});
  }
  return grids;
}

/// `count` grids in rows of `columns`, centred about a point.
std::vector<Grid> nest(const std::string& name, std::int64_t count, std::int64_t columns, scene::Point centre,
                       const Grid& like) {
  const Rect one = like.area();
  const double left = centre.x - stacked(columns, one.width) / 2;
  const double top = centre.y - stacked((count + columns - 1) / columns, one.height) / 2;
  std::vector<Grid> grids(static_cast<std::size_t>(count), like);
  for (std::int64_t c = 0; c < count; ++c) {
    Grid& grid = grids[static_cast<std::size_t>(c)];
    grid.name = name;
    grid.origin = {std::round(left + static_cast<double>(c % columns) * (one.width + kChannelGap)),
                   std::round(top + static_cast<double>(c / columns) * (one.height + kChannelGap))};
  }
  return grids;
}

/// The largest cell with which `count` maps in rows of `columns` fill the article's panel.
double panel_cell(std::int64_t count, std::int64_t columns, const Cell& size) {
  const std::int64_t rows = (count + columns - 1) / columns;
  const double across = kArticleSide - static_cast<double>(columns - 1) * kChannelGap -
                        static_cast<double>(columns * (size[0] - 1)) * kSliceGap;
  const double down = kArticleSide - static_cast<double>(rows - 1) * kChannelGap;
  return std::max(1.0, std::floor(std::min(down / times(size[1], static_cast<double>(rows)),
                                           across / times(size[0] * size[2], static_cast<double>(columns)))));
}

}  // namespace

/// Widths, left to right; `beside` is what the map leaves of a column that others share.
struct StageLayout::Columns {
  double bar = 0, map = 0, beside = 0, star = 0, kernel = 0, partial = 0, equals = 0, output = 0;

  [[nodiscard]] double sum() const { return bar + map + beside + star + kernel + partial + equals + output; }
};

StageLayout::StageLayout(const Context& context, const WindowMap& map, Captions captions)
    : context_(context),
      map_(map),
      captions_(std::move(captions)),
      rows_(article() ? ChannelRows{false, context.trace.layer().in_channels, 0, 0}
                      : channel_rows(context.trace.layer())),
      map_figures_(figures_of_map(context)),
      output_figures_(figures_of_output(context)) {
  if (kernel_shown()) kernel_figures_ = figures_of_kernel(context);
}

bool StageLayout::kernel_shown() const { return context_.trace.layer().row().weights && !article(); }

bool StageLayout::bank() const {
  return !context_.show.kernel_names.empty() && context_.trace.layer().dims == 2 && !article();
}

/// Three stand in a row, four in two rows.
std::int64_t StageLayout::bank_columns() const {
  const std::int64_t count = context_.trace.output().channels;
  return count <= 3 ? count : static_cast<std::int64_t>(std::ceil(std::sqrt(static_cast<double>(count))));
}

Size StageLayout::bank_slot(double cell) const {
  const Cell& size = context_.trace.output().size;
  const double legend = output_figures_.ramp(cell) ? kLegendRowHeight : 0;
  double width = times(size[2], cell);
  for (const std::string& name : context_.show.kernel_names)
    width = std::max(width, context_.ruler.width(name, kMapNameFont, Weight::medium, false));
  return {width, kNameHeight + times(size[1], cell) + legend};
}

Size StageLayout::bank_size(double cell) const {
  const Size slot = bank_slot(cell);
  const std::int64_t columns = bank_columns();
  const std::int64_t rows = (context_.trace.output().channels + columns - 1) / columns;
  return {stacked(columns, slot.width), stacked(rows, slot.height)};
}

void StageLayout::place_bank(StagePlan& plan, double centre_x, double middle, double cell) const {
  const numerics::Map& output = context_.trace.output();
  const Size slot = bank_slot(cell), whole = bank_size(cell);
  const double width = times(output.size[2], cell), height = times(output.size[1], cell);
  for (std::int64_t c = 0; c < output.channels; ++c) {
    const auto column = static_cast<double>(c % bank_columns()), row = static_cast<double>(c / bank_columns());
    const double x = std::round(centre_x - whole.width / 2 + column * (slot.width + kChannelGap));
    const double y = std::round(middle - whole.height / 2 + row * (slot.height + kChannelGap));
    const double left = std::round(x + (slot.width - width) / 2);
    plan.outputs.push_back({"output", {left, y + kNameHeight}, cell, output.size[1], output.size[2]});
    plan.output_names.push_back({x, y, slot.width, kNameHeight});
    plan.output_legends.push_back({x, y + kNameHeight + height, slot.width, kLegendRowHeight});
  }
}

bool StageLayout::partials_shown() const {
  const Layer& layer = context_.trace.layer();
  return kernel_shown() && layer.in_channels / layer.groups > 1;
}

bool StageLayout::numbered(double cell) const {
  return !map_figures_.ramp(cell) && !kernel_figures_.ramp(kernel_cell(cell)) && !output_figures_.ramp(cell);
}

double StageLayout::caption_room(std::string_view word, const Caption& caption) const {
  return captioned() ? caption_width(word, caption, context_.ruler) : 0;
}

bool StageLayout::magnified(double cell) const {
  if (!kernel_shown() || !context_.show.numbers || cell >= kSmallestCornerCell) return false;
  const double kernel = kernel_cell(cell);
  return kernel >= kSmallestCornerCell && !kernel_figures_.ramp(kernel);
}

std::string StageLayout::inputs_note(double cell) const {
  return captioned() && captions_.kernel.note.empty() && magnified(cell) ? words::say(words::kOverItsInputs) : "";
}

Caption StageLayout::kernel_caption(double cell) const {
  return {captions_.kernel.size, captions_.kernel.note + inputs_note(cell)};
}

double StageLayout::foot(double cell) const {
  if (!captioned()) return 0;
  const bool notes =
      !captions_.map.note.empty() || !kernel_caption(cell).note.empty() || !captions_.output.note.empty();
  return foot_height(notes, !numbered(cell));
}

double StageLayout::kernel_cell(double cell) const {
  if (!kernel_shown() || cell >= kSmallestCornerCell) return cell;
  const Cell& kernel = context_.trace.layer().kernel;
  const double beside = times(map_.rows(), cell) / static_cast<double>(kernel[1]);
  const double across = kWidestMagnified / static_cast<double>(kernel[0] * kernel[2]);
  // A photo's cells are light: nobody reads products in them.
  const double wanted = context_.show.photo ? kReadableKernelCell : kMagnifiedCell;
  return std::max(cell, std::floor(std::min({wanted, beside, across})));
}

double StageLayout::input_row(double cell) const {
  const double kernel = kernel_shown() ? times(context_.trace.layer().kernel[1], kernel_cell(cell)) : 0;
  return std::max(times(map_.rows(), cell), kernel);
}

StageLayout::Columns StageLayout::own_columns(double cell) const {
  const Layer& layer = context_.trace.layer();
  Columns widths;
  if (layer.in_channels > 1) widths.bar = kBarRoom;
  widths.map = std::max(map_width(map_.size(), cell), caption_room(words::say(words::kInput), captions_.map));
  if (rows_.piled) widths.map = std::max(widths.map, kRestWidth);
  widths.star = operator_gap(cell);
  if (kernel_shown()) {
    widths.kernel = std::max(map_width(layer.kernel, kernel_cell(cell)),
                             caption_room(words::say(words::kKernel), kernel_caption(cell)));
    widths.equals = operator_gap(cell);
  }
  if (partials_shown()) widths.partial = operator_gap(cell) * 0.6 + kPartialWidth + kLinkWidth + kSumWidth;
  const double outputs = bank() ? bank_size(cell).width : outputs_size(cell).width;
  widths.output = std::max(outputs, caption_room(words::say(words::kOutput), {captions_.output.size, ""}));
  return widths;
}

StageLayout::Columns StageLayout::columns(double cell) const {
  Columns widths = own_columns(cell);
  if (aligned_.empty()) return widths;
  widths.beside = aligned_[0] - (widths.bar + widths.map - lead(cell));
  widths.star = aligned_[1], widths.kernel = aligned_[2], widths.partial = aligned_[3];
  widths.equals = aligned_[4], widths.output = aligned_[5];
  return widths;
}

double StageLayout::lead(double cell) const {
  const Rect first = like(map_.size(), cell).slot(map_.spread_origin());
  if (downwards() || article()) {
    const Size size = measure(cell);
    return plan({0, 0, size.width, size.height}, cell).maps.front().slot(map_.spread_origin()).x;
  }
  const Columns widths = own_columns(cell);
  return widths.bar + std::round((widths.map - map_width(map_.size(), cell)) / 2) + first.x;
}

std::vector<double> StageLayout::columns_from_lead(double cell) const {
  if (downwards() || article()) return {};
  const Columns own = own_columns(cell);
  return {own.bar + own.map - lead(cell), own.star, own.kernel, own.partial, own.equals, own.output};
}

bool StageLayout::in_rows() const { return kernel_shown() && context_.trace.layer().in_channels > 1; }

bool StageLayout::downwards() const {
  if (deep()) return !article();
  // Layers below each other are compared at a glance while each has its grids beside each other.
  if (context_.show.layout == job::Layout::portrait)
    return context_.alone || own_columns(kSmallestNumberedCell).sum() > kNarrowRoom;
  const bool strips = map_.rows() == 1 && context_.trace.output().size[1] == 1;
  const bool beside = own_columns(kGenerousCell).sum() <= kPageWidth;
  return strips && !article() && !beside && measure_downwards(kSmallestNumberedCell).height <= kPageHeight;
}

bool StageLayout::outputs_beside(double cell) const {
  if (!deep() || !kernel_shown() || context_.show.layout == job::Layout::portrait) return false;
  return lower_row(cell).sum() <= kPageWidth;
}

StageLayout::Columns StageLayout::lower_row(double cell) const {
  Columns widths;
  widths.star = widths.equals = operator_gap(cell);
  widths.kernel = std::max(map_width(context_.trace.layer().kernel, cell),
                           caption_room(words::say(words::kKernel), kernel_caption(cell)));
  widths.output =
      std::max(outputs_size(cell).width, caption_room(words::say(words::kOutput), {captions_.output.size, ""}));
  return widths;
}

bool StageLayout::deep() const { return context_.trace.layer().dims == numerics::kAxes; }

double StageLayout::head() const { return deep() ? kSliceHead : 0; }

double StageLayout::rows_height(double cell) const {
  return head() + std::max(inputs_height(input_row(cell)), kOperatorHeight);
}

double StageLayout::inputs_height(double row) const {
  return stacked(rows_.rows, row) + (rows_.piled ? kChannelGap + kRestHeight : 0);
}

std::vector<Grid> StageLayout::pile_inputs(const std::string& name, double centre_x, double middle, double row,
                                           const Grid& like) const {
  const double centre = middle - (inputs_height(row) - stacked(rows_.rows, row)) / 2;
  const std::vector<Grid> rows = pile(name, rows_.rows, centre_x, centre, row, like);
  std::vector<Grid> grids;
  for (std::int64_t c = 0; c < context_.trace.layer().in_channels; ++c)
    grids.push_back(rows[static_cast<std::size_t>(drawn(c) ? rows_.piled ? *row_of(context_.trace.layer(), c) : c
                                                           : rows_.rows - 1)]);
  return grids;
}

Size StageLayout::outputs_size(double cell) const {
  const numerics::Map& output = context_.trace.output();
  const std::int64_t columns = maps_abreast(output.channels), rows = (output.channels + columns - 1) / columns;
  return {stacked(columns, map_width(output.size, cell)), stacked(rows, times(output.size[1], cell))};
}

std::vector<Grid> StageLayout::place_outputs(double centre_x, double middle, double cell) const {
  const numerics::Map& output = context_.trace.output();
  return nest("output", output.channels, maps_abreast(output.channels), {centre_x, middle}, like(output.size, cell));
}

/// The stack below the last row.
void StageLayout::place_rest(StagePlan& plan, const Columns& widths, double left, double middle, double cell) const {
  if (!rows_.piled) return;
  const double bottom = middle + inputs_height(input_row(cell)) / 2, map_x = left + widths.bar;
  plan.rest = {std::round(map_x + (widths.map - kRestWidth) / 2), std::round(bottom - kRestHeight), kRestWidth,
               kRestHeight};
  const double right = map_x + widths.map + widths.beside + widths.star + widths.kernel;
  plan.rest_words = {map_x + widths.map + 8, plan.rest.y, right - map_x - widths.map - 8, kRestHeight};
  plan.rest_partial = {std::round(right + operator_gap(cell) * 0.6), plan.rest.centre().y - kPartialHeight / 2,
                       kPartialWidth, kPartialHeight};
}

Size StageLayout::measure_downwards(double cell) const {
  const Layer& layer = context_.trace.layer();
  const double outputs = head() + outputs_size(cell).height + foot(cell);
  if (in_rows()) {
    const Columns widths = columns(cell);
    const double above = widths.sum() - widths.output;
    return {std::max(above, widths.output), rows_height(cell) + foot(cell) + kStripGap + outputs};
  }
  const double bars = layer.in_channels > 1 ? 2 * kBarRoom : 0;
  const double widest =
      std::max({map_width(map_.size(), cell) + bars, outputs_size(cell).width,
                caption_room(words::say(words::kInput), captions_.map),
                caption_room(words::say(words::kOutput), {captions_.output.size, ""}),
                kernel_shown() ? map_width(layer.kernel, cell) + 2 * operator_gap(cell) : 2 * operator_gap(cell)});
  const double kernel = head() + std::max(times(layer.kernel[1], cell), kStarFont);
  const double middle = kernel_shown() ? kernel + foot(cell) : kOperatorHeight;
  if (outputs_beside(cell))
    return {std::max({map_width(map_.size(), cell) + bars, caption_room(words::say(words::kInput), captions_.map),
                      lower_row(cell).sum()}),
            head() + inputs_height(times(map_.rows(), cell)) + foot(cell) + kStripGap + head() +
                std::max(std::max(times(layer.kernel[1], cell), kStarFont), outputs_size(cell).height) + foot(cell)};
  return {widest, head() + inputs_height(times(map_.rows(), cell)) + foot(cell) + middle + outputs + 2 * kStripGap};
}

Size StageLayout::measure(double cell) const {
  if (article()) return {920, kArticleSide + 6};
  if (downwards()) return measure_downwards(cell);
  const double outputs = bank() ? bank_size(cell).height : outputs_size(cell).height;
  double height = std::max(inputs_height(input_row(cell)), outputs);
  height = std::max(height, kOperatorHeight);
  return {columns(cell).sum(), height + foot(cell)};
}

StagePlan StageLayout::plan(Rect area, double cell) const {
  if (article()) return plan_article(area);
  if (!downwards()) return plan_columns(area, cell);
  return in_rows() ? plan_rows(area, cell) : plan_downwards(area, cell);
}

StagePlan StageLayout::plan_article(Rect area) const {
  // The article's two panels have one physical size, whatever the number of cells: channels stand so that these are
  // largest.
  const auto panel = [&](const std::string& name, std::int64_t channels, const Cell& size, double share) {
    std::int64_t columns = 1;
    for (std::int64_t more = 2; more <= channels; ++more)
      if (panel_cell(channels, more, size) > panel_cell(channels, columns, size)) columns = more;
    const scene::Point centre{area.x + area.width * share, area.centre().y};
    return nest(name, channels, columns, centre, like(size, panel_cell(channels, columns, size)));
  };
  const numerics::Map& output = context_.trace.output();
  StagePlan plan;
  plan.maps = panel("input", context_.trace.input().channels, map_.size(), 0.25);
  plan.outputs = panel("output", output.channels, output.size, 0.75);
  return plan;
}

void StageLayout::place_inputs(StagePlan& plan, const Columns& widths, double left, double middle, double cell) const {
  const Layer& layer = context_.trace.layer();
  const double row = input_row(cell), partial = std::min(kPartialHeight, row + kChannelGap - kPartialGap);
  const double map_x = left + widths.bar, star_x = map_x + widths.map + widths.beside;
  const double kernel_x = star_x + widths.star;
  plan.star_font = layer.in_channels > 1 ? std::min(kStarFont, row) : kStarFont;
  plan.maps = pile_inputs("input", map_x + widths.map / 2, middle, row, like(map_.size(), cell));
  place_rest(plan, widths, left, middle, cell);
  if (!kernel_shown()) return;
  plan.kernels =
      pile_inputs("kernel", kernel_x + widths.kernel / 2, middle, row, like(layer.kernel, kernel_cell(cell)));
  for (const Grid& kernel : plan.kernels) {
    const double y = kernel.area().centre().y;
    const double sign = std::min(kOperatorHeight, row);
    plan.stars.push_back({star_x, y - sign / 2, widths.star, sign});
    plan.partials.push_back({std::round(kernel_x + widths.kernel + operator_gap(cell) * 0.6),
                             std::round(y - partial / 2), kPartialWidth, partial});
  }
}

StagePlan StageLayout::plan_columns(Rect area, double cell) const {
  const Columns widths = columns(cell);
  const double left = area.x + std::max(0.0, (area.width - widths.sum()) / 2);
  const double middle = area.y + (area.height - foot(cell)) / 2;
  const double output_x = left + widths.sum() - widths.output;
  StagePlan plan;
  place_inputs(plan, widths, left, middle, cell);
  const double output_centre = output_x + widths.output / 2;
  if (bank())
    place_bank(plan, output_centre, middle, cell);
  else
    plan.outputs = place_outputs(output_centre, middle, cell);
  place_total(plan, output_x, middle, kernel_shown() ? widths.equals : widths.star);
  place_captions(plan, area, widths, cell);
  return plan;
}

StagePlan StageLayout::plan_rows(Rect area, double cell) const {
  const Columns widths = columns(cell);
  const double above = widths.sum() - widths.output, left = area.x + std::max(0.0, (area.width - above) / 2);
  const double top = area.y + std::max(0.0, (area.height - measure(cell).height) / 2);
  const double middle = top + (head() + rows_height(cell)) / 2;
  const double outputs = outputs_size(cell).height;
  StagePlan plan;
  plan.downwards = true;
  place_inputs(plan, widths, left, middle, cell);
  place_total(plan, left + above, middle, widths.equals);
  plan.outputs =
      place_outputs(area.centre().x, top + rows_height(cell) + foot(cell) + kStripGap + head() + outputs / 2, cell);
  place_captions(plan, area, widths, cell);
  return plan;
}

void StageLayout::place_total(StagePlan& plan, double right, double middle, double sign) {
  plan.equals = {right - sign, middle - kOperatorHeight / 2, sign, kOperatorHeight};
  plan.sum = {std::round(plan.equals.x - kSumWidth), std::round(middle - kSumHeight / 2), kSumWidth, kSumHeight};
}

void StageLayout::place_captions(StagePlan& plan, Rect area, const Columns& widths, double cell) const {
  // A caption may reach into the operators' gaps, but not out of the area.
  const double spare = operator_gap(cell) * 0.8;
  const auto under = [&](const Rect& box, double width) {
    const double centre = box.centre().x;
    const double room = std::min({width + spare, 2 * (centre - area.x), 2 * (area.right() - centre)});
    return Rect{centre - room / 2, box.bottom() + 5, room, foot(cell) - 5};
  };
  plan.map_caption = under(plan.maps.back().area(), widths.map);
  if (kernel_shown()) plan.kernel_caption = under(plan.kernels.back().area(), widths.kernel);
  if (rows_.piled) plan.map_caption.y = plan.kernel_caption.y = plan.rest.bottom() + 5;
  plan.output_caption = under(scene::united(plan.outputs.front().area(), plan.outputs.back().area()), widths.output);
  if (!bank()) return;
  // One caption for all of them, below the last row's legends.
  const Rect& first = plan.output_names.front();
  plan.output_caption = {first.x, plan.outputs.back().area().bottom() + 5, bank_size(cell).width, foot(cell) - 5};
  if (output_figures_.ramp(cell)) plan.output_caption = plan.output_caption.moved(0, kLegendRowHeight);
}

StagePlan StageLayout::plan_downwards(Rect area, double cell) const {
  const Layer& layer = context_.trace.layer();
  const double centre = area.centre().x, side = operator_gap(cell);
  StagePlan plan;
  plan.downwards = true;
  plan.star_font = kStarFont;
  double y = area.y + std::max(0.0, (area.height - measure(cell).height) / 2);
  const auto middle_of = [&](double height) {
    y += head() + height;
    return y - height / 2;
  };
  const auto caption = [&] {
    const Rect room{area.x, y + 5, area.width, foot(cell) - 5};
    y += foot(cell) + kStripGap;
    return room;
  };
  const double row = times(map_.rows(), cell);
  plan.maps = pile_inputs("input", centre, middle_of(inputs_height(row)), row, like(map_.size(), cell));
  if (rows_.piled) plan.rest = {std::round(centre - kRestWidth / 2), y - kRestHeight, kRestWidth, kRestHeight};
  plan.map_caption = caption();
  if (outputs_beside(cell)) {
    place_lower_row(plan, area, y, cell);
    return plan;
  }
  if (kernel_shown()) {
    const double rest = std::max(0.0, kStarFont - times(layer.kernel[1], cell));  // signs are higher than small cells
    y += rest / 2;
    const double height = times(layer.kernel[1], cell);
    plan.kernels = pile("kernel", 1, centre, middle_of(height), height, like(layer.kernel, cell));
    y += rest / 2;
    const Rect kernel = plan.kernels.front().area();
    plan.stars = {{kernel.x - side, kernel.centre().y - kOperatorHeight / 2, side, kOperatorHeight}};
    plan.equals = {kernel.right(), kernel.centre().y - kOperatorHeight / 2, side, kOperatorHeight};
    plan.partials = {{}};
    plan.kernel_caption = caption();
  } else {
    plan.equals = {centre - side, y, 2 * side, kOperatorHeight};
    y += kOperatorHeight + kStripGap;
  }
  plan.outputs = place_outputs(centre, middle_of(outputs_size(cell).height), cell);
  plan.output_caption = caption();
  return plan;
}

/// The kernel, and beside it the outputs, from `top` on.
void StageLayout::place_lower_row(StagePlan& plan, Rect area, double top, double cell) const {
  const Cell& kernel = context_.trace.layer().kernel;
  const Columns widths = lower_row(cell);
  const double kernel_height = times(kernel[1], cell);
  const double height = std::max({kernel_height, kStarFont, outputs_size(cell).height});
  const double left = area.centre().x - widths.sum() / 2, middle = top + head() + height / 2;
  const double kernel_x = left + widths.star, output_x = kernel_x + widths.kernel + widths.equals;
  plan.stars = {{left, middle - kOperatorHeight / 2, widths.star, kOperatorHeight}};
  plan.kernels = pile("kernel", 1, kernel_x + widths.kernel / 2, middle, kernel_height, like(kernel, cell));
  plan.equals = {kernel_x + widths.kernel, middle - kOperatorHeight / 2, widths.equals, kOperatorHeight};
  plan.partials = {{}};
  plan.outputs = place_outputs(output_x + widths.output / 2, middle, cell);
  const auto under = [&](double x, double width, double bottom) {
    const double spare = operator_gap(cell) * 0.4, right = std::min(x + width + spare, area.right());
    const double from = std::max(area.x, x - spare);
    return Rect{from, bottom + 5, right - from, foot(cell) - 5};
  };
  plan.kernel_caption = under(kernel_x, widths.kernel, plan.kernels.back().area().bottom());
  plan.output_caption = under(output_x, widths.output, plan.outputs.back().area().bottom());
}

}  // namespace convreel::views
