#include "numerics/operation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "numerics/arithmetic.hpp"
#include "numerics/axis.hpp"

namespace convreel::numerics {

namespace {

/// The inputs first..last whose stamps reach outputs first..last.
Span stamped_span(const Axis& axis, Span outputs) {
  const std::int64_t p = axis.p.before;
  std::optional<Span> found;
  for (std::int64_t u = 0; u < axis.k; ++u) {
    const std::int64_t first = ceil_div(outputs.first + p - u * axis.d, axis.s);
    const std::int64_t last = floor_div(outputs.last + p - u * axis.d, axis.s);
    if (first > last) continue;
    found = found ? Span{std::min(found->first, first), std::max(found->last, last)} : Span{first, last};
  }
  // Between two stamps no input is seen: the place where one would be.
  return found.value_or(Span{floor_div(outputs.first + p, axis.s), floor_div(outputs.first + p, axis.s)});
}

Span window_span(const Layer& layer, int a, Span outputs) {
  const Axis axis = axis_of(layer, a);
  if (layer.transposed()) return stamped_span(axis, outputs);
  return {outputs.first * axis.s - axis.p.before, outputs.last * axis.s - axis.p.before + axis.ke() - 1};
}

}  // namespace

int Operation::dims() const { return layer ? layer->dims : mapping->dims; }

std::string Operation::name() const {
  return layer ? fmt::format("{}{}d", layer->row().torch_name, dims()) : mapping->name;
}

std::string_view Operation::kind() const { return layer ? layer->row().name : row_of(*mapping).name; }

Shape Operation::input_shape() const { return layer ? Shape{layer->in_channels, layer->input} : mapping->input; }

Shape Operation::output_shape() const {
  return layer ? Shape{layer->out_channels, geometry(*layer).output} : row_of(*mapping).output(*mapping);
}

std::int64_t Operation::parameters() const {
  return layer ? parameter_count(*layer, bias) : mapping ? parameter_count(*mapping) : 0;
}

std::int64_t Operation::multiplications() const {
  if (!layer) return mapping ? multiplication_count(*mapping) : 0;
  return layer->row().weights ? product_count(*layer) : 0;
}

Span Operation::span(int axis, Span outputs) const {
  if (layer) return window_span(*layer, axis, outputs);
  return mapping ? row_of(*mapping).span(*mapping, axis, outputs) : outputs;
}

double Operation::jump(int axis) const {
  if (!layer) return mapping ? row_of(*mapping).jump(*mapping, axis) : 1;
  const auto stride = static_cast<double>(layer->stride[axis]);
  return layer->transposed() ? 1 / stride : stride;
}

namespace {

class Fields {
 public:
  Fields(const std::vector<Wired>& wired, const Shape& input) : wired_(wired), input_(input) {}

  std::vector<ReceptiveField> all() {
    for (std::size_t n = 0; n < wired_.size(); ++n) fields_.push_back(field(n));
    return std::move(fields_);
  }

 private:
  ReceptiveField field(std::size_t n) {
    ReceptiveField field = before(n);
    for (int a = 0; a < kAxes; ++a) even_[a] = even_[a] && whole_jump(n, a);
    if (wired_[n].output.flat) return in_row(n, field);
    for (int a = 0; a < kAxes; ++a) {
      field.jump[a] *= wired_[n].operation.jump(a);
      add_axis(n, a, field);
    }
    return field;
  }

  /// Of the inputs the one that sees most.
  [[nodiscard]] ReceptiveField before(std::size_t n) const {
    ReceptiveField widest;
    for (const std::size_t read : wired_[n].reads) {
      if (read == kChainInput) continue;
      const ReceptiveField& field = fields_[read];
      const bool whole = widest.whole || field.whole;
      if (field.size >= widest.size) widest = field;
      widest.whole = whole;
    }
    return widest;
  }

  void add_axis(std::size_t n, int a, ReceptiveField& field) const {
    const Span first = seen(n, a, 0);
    field.size[a] = first.size();
    field.start[a] = static_cast<double>(first.first + first.last) / 2;
    // Whole strides: every output sees as many cells as the first.
    if (even_[a]) return;
    for (std::int64_t y = 1; y < wired_[n].output.size[a]; ++y)
      field.size[a] = std::max(field.size[a], seen(n, a, y).size());
  }

  /// The chain's input positions that an output position of operation `last` depends on.
  [[nodiscard]] Span seen(std::size_t last, int axis, std::int64_t at) const {
    std::vector<std::optional<Span>> spans(last + 1);
    spans[last] = Span{at, at};
    std::optional<Span> input;
    for (std::size_t n = last + 1; n-- > 0;) {
      if (!spans[n]) continue;
      const Span read = wired_[n].operation.span(axis, *spans[n]);
      for (const std::size_t from : wired_[n].reads) {
        std::optional<Span>& span = from == kChainInput ? input : spans[from];
        span = span ? Span{std::min(span->first, read.first), std::max(span->last, read.last)} : read;
      }
    }
    return input.value_or(Span{at, at});
  }

  [[nodiscard]] bool whole_jump(std::size_t n, int a) const {
    const double jump = wired_[n].operation.jump(a);
    return jump == std::floor(jump);
  }

  /// A layer over values in a row knows no axes any more; it sees what the row's values see, a linear one all of it.
  [[nodiscard]] ReceptiveField in_row(std::size_t n, ReceptiveField field) const {
    const Mapping* mapping = wired_[n].operation.mapping;
    field.whole = field.whole || (mapping && mapping->kind == MappingKind::linear);
    if (!field.whole) return field;
    field.size = input_.size;
    field.jump = {};
    for (int a = 0; a < kAxes; ++a) field.start[a] = static_cast<double>(field.size[a] - 1) / 2;
    return field;
  }

  const std::vector<Wired>& wired_;
  const Shape& input_;
  std::vector<ReceptiveField> fields_;
  std::array<bool, kAxes> even_{true, true, true};
};

}  // namespace

std::vector<ReceptiveField> receptive_fields(const std::vector<Wired>& wired, const Shape& input) {
  return Fields(wired, input).all();
}

}  // namespace convreel::numerics
