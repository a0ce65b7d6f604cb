// matrix: the layer as a matrix times a vector. Each output is a row of C times x; a transposed layer multiplies by the
// transpose of the matrix that the convolution with its parameters has.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <utility>

#include "explain/formula.hpp"
#include "explain/number.hpp"
#include "views/catalogue.hpp"
#include "views/matrix/rows.hpp"
#include "views/parts/parts.hpp"
#include "words/sentences.hpp"

namespace convreel::views {

namespace {

using numerics::MatrixEntry;

constexpr std::int64_t kMostRows = 128, kMostColumns = 128;  // what a page shows with cells of four units
constexpr double kTallestVector = 520, kTallestRamp = 360, kSmallestVectorCell = 4;
constexpr double kSmallestDottedCell = 8;  // below, dots for zeros would be dust

/// True when the convolution with the layer's parameters over its output gives its input's size: M is then a transpose.
bool has_convolution(const Layer& layer) {
  for (int a = 0; a < numerics::kAxes; ++a)
    if (layer.output_padding[a] >= layer.stride[a]) return false;
  return layer.transposed();
}

std::string matrix_name(const Layer& layer) { return layer.transposed() ? has_convolution(layer) ? "Cᵀ" : "M" : "C"; }

class MatrixView final : public View {
 public:
  explicit MatrixView(const Context& context)
      : context_(context),
        layer_(context.trace.layer()),
        map_(context.trace),
        panel_(context, map_),
        rows_(context.trace.step_count()),
        columns_(static_cast<std::int64_t>(context.trace.input().values.size())),
        map_figures_(figures_of_map(context)),
        weight_figures_(shown_weights(context.trace), context.show.numbers, context.ruler),
        output_figures_(figures_of_output(context)) {}

  std::vector<story::Chapter> chapters() const override {
    return {{"multiply",
             words::say(words::kMultiply),
             words::say(words::kARowAtATime),
             rows_,
             0,
             true,
             {},
             false,
             context_.trace.output().size[2]}};
  }

  Size measure(double cell) const override {
    return context_.show.layout == job::Layout::article ? Size{920, 380} : equation(cell).measure();
  }

  bool numbered(double cell) const override { return legends(cell).empty(); }
  void place(Rect area, double cell) override;
  Body draw(const story::Cursor& cursor) const override;
  Meaning meaning() const override;
  std::vector<Span> conclusion() const override {
    return {{words::say(words::kOneMatrixProduct, {{"matrix", matrix_name(layer_)}, {"outputs", rows_}}), Role::ink}};
  }
  std::string formula() const override;
  std::string titled(const std::string& layer) const override {
    return context_.show.layout == job::Layout::article ? layer : words::say(words::kAsMatrix, {{"layer", layer}});
  }

 private:
  [[nodiscard]] Equation equation(double cell) const;
  [[nodiscard]] bool panel_fits() const;
  /// A long vector's cells are smaller than the matrix's, so that the page stays low.
  [[nodiscard]] double vector_cell(double cell) const;
  /// One for every block whose numbers give way to a ramp.
  [[nodiscard]] std::vector<Legend> legends(double cell) const;
  [[nodiscard]] Place input_place(std::int64_t column) const {
    return numerics::place_at(column, context_.trace.input().size);
  }
  [[nodiscard]] std::int64_t column_of(const Place& input) const {
    return numerics::flat(input, context_.trace.input().size);
  }
  void add_matrix(Items& items) const;
  void add_dots(Items& items, std::int64_t row, const std::vector<MatrixEntry>& entries) const;
  void add_vector(Items& items) const;
  void add_row_frame(Items& items, double row) const;
  void add_links(Items& items, std::int64_t row, double opacity) const;
  void add_arithmetic(Body& body, Step step, bool revealed) const;

  const Context context_;
  const Layer& layer_;
  WindowMap map_;
  MapPanel panel_;
  std::int64_t rows_, columns_;
  Figures map_figures_, weight_figures_, output_figures_;
  bool panel_shown_ = true;
  Grid matrix_, vector_, output_;
  Numbers weight_numbers_;
  std::optional<OutputCells> outputs_;
  std::shared_ptr<const Items> backdrop_, done_;
};

double MatrixView::vector_cell(double cell) const {
  if (columns_ <= rows_) return cell;
  const double count = static_cast<double>(columns_);
  if (cell < kSmallestNumberedCell) return std::max(2.0, std::floor(cell * 0.75));
  const double numbered = std::floor(kTallestVector / count), ramp = std::floor(kTallestRamp / count);
  return std::min(cell, numbered >= kSmallestNumberedCell ? numbered : std::max(kSmallestVectorCell, ramp));
}

std::vector<Legend> MatrixView::legends(double cell) const {
  std::vector<Legend> legends;
  add_legend(legends, "y", output_figures_, Role::output_done, cell);
  add_legend(legends, matrix_name(layer_), weight_figures_, Role::kernel, cell);
  add_legend(legends, "x", map_figures_, Role::input, vector_cell(cell));
  return legends;
}

bool MatrixView::panel_fits() const {
  if (context_.show.views.size() > 1) return false;  // the view beside this one shows the input
  // A matrix so wide that its numbers would have to go stands alone.
  const double numbered = kSmallestNumberedCell;
  const double rest = static_cast<double>(columns_ + 2) * numbered + 200;
  return rest + panel_.measure(panel_.cell_beside(numbered)).width <= kArithmeticRoom || rest > kArithmeticRoom;
}

Equation MatrixView::equation(double cell) const {
  const double x_cell = vector_cell(cell), rows = static_cast<double>(rows_), columns = static_cast<double>(columns_);
  const bool captions = job::worded(context_.show.layout);
  std::vector<Block> blocks{{"output", {cell, rows * cell}, "", true, "y", ""},
                            {"matrix",
                             {columns * cell, rows * cell},
                             "=",
                             true,
                             matrix_name(layer_),
                             words::say(words::kOneRowAnOutput, {{"size", fmt::format("{}×{}", rows_, columns_)}})},
                            {"vector", {x_cell, columns * x_cell}, "×", true, "x", ""}};
  if (panel_fits())
    blocks.push_back({"panel", panel_.measure(panel_.cell_beside(cell)), "", false, words::say(words::kInput),
                      words::say(layer_.transposed() ? words::kInsertedItsWindow : words::kItsWindow)});
  return {std::move(blocks), cell < 20 ? 36.0 : 44.0, captions, legends(cell), context_.ruler};
}

void MatrixView::place(Rect area, double cell) {
  if (context_.show.layout == job::Layout::article)
    cell = largest_cell(area, [&](double c) { return equation(c).measure(); });
  Equation row = equation(cell);
  row.place(area);
  output_ = row.grid("output", cell, rows_, 1);
  matrix_ = row.grid("matrix", cell, rows_, columns_);
  vector_ = row.grid("vector", vector_cell(cell), columns_, 1);
  panel_shown_ = panel_fits();
  if (panel_shown_) panel_.place({row.box("panel").x, row.box("panel").y}, panel_.cell_beside(cell));
  weight_numbers_ = weight_figures_.at(cell);
  outputs_.emplace(context_, output_figures_.at(cell));
  Items fixed, done;
  row.add_fixed(fixed);
  add_matrix(fixed);
  add_vector(fixed);
  if (panel_shown_) panel_.add_maps(fixed);
  for (std::int64_t r = 0; r < rows_; ++r) {
    fixed.push_back(outputs_->pending(output_place(context_.trace, r), output_.slot(r, 0)));
    done.push_back(outputs_->done(output_place(context_.trace, r), output_.slot(r, 0)));
  }
  backdrop_ = std::make_shared<const Items>(std::move(fixed));
  done_ = std::make_shared<const Items>(std::move(done));
}

void MatrixView::add_dots(Items& items, std::int64_t row, const std::vector<MatrixEntry>& entries) const {
  if (matrix_.cell < kSmallestDottedCell) return;
  auto next = entries.begin();
  for (std::int64_t column = 0; column < columns_; ++column) {
    if (next != entries.end() && next->column == column) {
      ++next;
      continue;
    }
    Item dot;
    dot.id = matrix_.id(row, column);
    dot.form = Form::bar;
    dot.role = Role::rule;
    const scene::Point centre = matrix_.slot(row, column).centre();
    dot.box = {std::floor(centre.x) - 1, std::floor(centre.y) - 1, 2, 2};
    items.push_back(std::move(dot));
  }
}

void MatrixView::add_matrix(Items& items) const {
  for (std::int64_t row = 0; row < rows_; ++row) {
    const std::vector<MatrixEntry> joined = matrix_row(context_.trace, row);
    for (const MatrixEntry& entry : joined)
      items.push_back(
          weight_cell(matrix_.id(row, entry.column), matrix_.slot(row, entry.column), entry.w, weight_numbers_));
    add_dots(items, row, joined);
  }
}

void MatrixView::add_vector(Items& items) const {
  const MapCells cells(context_, map_, map_figures_.at(vector_.cell));
  for (std::int64_t column = 0; column < columns_; ++column) {
    const Place at = input_place(column);
    items.push_back(cells.item(map_.drawn(at), vector_.slot(column, 0)));
    items.back().id = cell_id("vector", at, layer_.dims);
  }
}

void MatrixView::add_row_frame(Items& items, double row) const {
  items.push_back(frame("row", matrix_.block(0, 0, 1, columns_).moved(0, row * matrix_.cell), Role::window));
}

void MatrixView::add_links(Items& items, std::int64_t row, double opacity) const {
  const double stroke = vector_.cell < kSmallestNumberedCell ? 1 : 2;
  for (const MatrixEntry& entry : matrix_row(context_.trace, row)) {
    items.push_back(frame(fmt::format("link.{}", entry.column), vector_.slot(entry.column, 0), Role::window, stroke));
    items.back().opacity = opacity;
  }
}

/// Its terms come from the entries of x that the row meets.
void MatrixView::add_arithmetic(Body& body, Step step, bool revealed) const {
  // Padding has no column: its products are not in the row.
  step.terms.erase(std::remove_if(step.terms.begin(), step.terms.end(), [](const auto& term) { return !term.input; }),
                   step.terms.end());
  Sentence sentence = sentence_of(context_.trace, context_.notation, step, revealed);
  if (layer_.row().weights)
    sentence.head.insert(sentence.head.begin() + 1,
                         {{" = ", Role::muted}, {words::say(words::kRowTimesX, {{"row", step.index}}), Role::muted}});
  const Sources sources = sources_of(sentence, [&](const Place& at) { return vector_.slot(column_of(at), 0); });
  write_sentence(body, sentence, sources, context_.ruler);
}

Body MatrixView::draw(const story::Cursor& cursor) const {
  Body body;
  body.backdrop = {backdrop_, backdrop_->size()};
  body.settled = {done_, static_cast<std::size_t>(cursor.beat + (cursor.finished ? 1 : 0))};
  if (cursor.finished) return body;
  const Step step = context_.trace.step(cursor.beat);
  const bool gliding = cursor.glide < 1 && cursor.beat > 0;
  if (gliding) {
    const Step before = context_.trace.step(cursor.beat - 1);
    add_row_frame(body.live, static_cast<double>(cursor.beat) - 1 + cursor.glide);
    add_links(body.live, cursor.glide < 0.5 ? before.index : step.index, std::abs(2 * cursor.glide - 1));
    const bool same = before.output.channel == step.output.channel;
    if (panel_shown_)
      panel_.add_gliding_window(body.live, same ? before.output : step.output, step.output, cursor.glide);
    add_arithmetic(body, before, true);
    return body;
  }
  add_row_frame(body.live, static_cast<double>(cursor.beat));
  add_links(body.live, step.index, 1);
  if (panel_shown_) panel_.add_window(body.live, step);
  outputs_->add_active(body.live, step.output, output_.slot(step.index, 0), cursor.revealed);
  add_arithmetic(body, step, cursor.revealed || cursor.told);
  return body;
}

Meaning MatrixView::meaning() const {
  Meaning meaning{{map_meaning(layer_, map_), input_meaning(layer_, "vector"), output_meaning(layer_)}, {}};
  for (std::int64_t row = 0; row < rows_; ++row)
    for (const MatrixEntry& entry : matrix_row(context_.trace, row)) {
      const Place input = input_place(entry.column), output = output_place(context_.trace, row);
      meaning.cells.push_back({matrix_.id(row, entry.column),
                               {{Tensor::input, {input.channel, {}}, position(input.cell)},
                                {Tensor::output, {{}, output.channel}, position(output.cell)}}});
    }
  return meaning;
}

std::string MatrixView::formula() const {
  const std::string turned = fmt::format("{}×{}", columns_, rows_);
  if (!layer_.row().weights) return words::say(words::kEveryEntry, {{"formula", explain::size_formula(layer_)}});
  if (!layer_.transposed()) return words::say(words::kTransposedMatrix, {{"size", turned}});
  if (!has_convolution(layer_)) return explain::size_formula(layer_);
  return words::say(words::kConvolutionMatrix, {{"size", turned}});
}

std::optional<std::string> matrix_refuses(const Layer& layer) {
  if (layer.row().picks) return fmt::format("a {} is no matrix product: use slide", layer.row().result);
  if (layer.padding_mode != numerics::PaddingMode::zeros)
    return fmt::format("padding mode {} joins several weights in one entry, the matrix needs zero padding: use slide",
                       numerics::name(layer.padding_mode));
  const std::int64_t rows = layer.out_channels * numerics::area(numerics::geometry(layer).output);
  const std::int64_t columns = layer.in_channels * numerics::area(layer.input);
  if (rows > kMostRows || columns > kMostColumns)
    return fmt::format("the matrix would be {}×{}, and at most {}×{} can be seen: use {}, or a smaller input", rows,
                       columns, kMostRows, kMostColumns, layer.transposed() ? "stamp" : "slide");
  return std::nullopt;
}

}  // namespace

extern constinit const Row kMatrixRow{"matrix", "the layer as a matrix times a vector, a row an output", matrix_refuses,
                                      made<MatrixView>};

}  // namespace convreel::views
