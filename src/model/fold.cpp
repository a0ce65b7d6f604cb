#include "model/fold.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace convreel::model {

namespace {

using Numbers = std::vector<double>;
using Folded = std::optional<Edge>;

constexpr std::int64_t kMostFolded = 1 << 16;

Edge row(Numbers numbers) {
  Edge edge;
  edge.dims = {static_cast<std::int64_t>(numbers.size())};
  edge.constant = std::move(numbers);
  return edge;
}

Folded constant(const Reading& reading) {
  Edge edge;
  if (const Attribute* value = attribute(reading, "value"); value && value->tensor) {
    edge.tensor = &*value->tensor;
    edge.dims = value->tensor->dims;
    return edge;
  }
  if (const Attribute* one = attribute(reading, "value_float")) edge.constant = Numbers{one->real.value_or(0)};
  if (const Attribute* one = attribute(reading, "value_int"))
    edge.constant = Numbers{static_cast<double>(one->whole.value_or(0))};
  if (edge.constant) return edge;
  if (const Attribute* list = attribute(reading, "value_floats")) return row(list->reals);
  if (const Attribute* list = attribute(reading, "value_ints"))
    return row(Numbers(list->wholes.begin(), list->wholes.end()));
  return std::nullopt;
}

Folded same(const Reading& reading) {
  const Edge* edge = reading.input(0);
  return edge && edge->fixed() ? Folded(*edge) : std::nullopt;
}

Folded shape(const Reading& reading) {
  const Edge* edge = reading.input(0);
  if (!edge) return std::nullopt;
  const auto rank = static_cast<std::int64_t>(edge->dims.size());
  const auto bound = [&](const char* name, std::int64_t fallback) {
    const Attribute* given = attribute(reading, name);
    const std::int64_t at = given && given->whole ? *given->whole : fallback;
    return std::clamp<std::int64_t>(at < 0 ? at + rank : at, 0, rank);
  };
  const std::int64_t start = bound("start", 0), end = std::max(start, bound("end", rank));
  return row(Numbers(edge->dims.begin() + start, edge->dims.begin() + end));
}

Folded gathered(const Reading& reading) {
  const auto data = numbers(reading, 0), places = numbers(reading, 1);
  if (!data || !places || reading.input(0)->dims.size() != 1) return std::nullopt;
  Edge edge = row({});
  edge.dims = reading.input(1)->dims;
  for (double place : *places) {
    if (place < 0) place += static_cast<double>(data->size());
    if (!(place >= 0 && place < static_cast<double>(data->size()))) return std::nullopt;
    edge.constant->push_back((*data)[static_cast<std::size_t>(place)]);
  }
  return edge;
}

/// The same numbers in another shape: of rank 0 or 1, which is all that shapes need.
Folded reshaped(const Reading& reading) {
  auto data = numbers(reading, 0);
  if (!data) return std::nullopt;
  if (reading.node.type == "Squeeze" && data->size() == 1) {
    Edge edge;
    edge.constant = std::move(data);
    return edge;
  }
  if (reading.input(0)->dims.size() > 1) return std::nullopt;
  return row(std::move(*data));
}

Folded joined(const Reading& reading) {
  Numbers all;
  for (std::size_t n = 0; n < reading.inputs.size(); ++n) {
    const auto part = numbers(reading, n);
    if (!part || reading.input(n)->dims.size() > 1) return std::nullopt;
    all.insert(all.end(), part->begin(), part->end());
  }
  return row(std::move(all));
}

/// In the shape that the second input names.
Folded in_shape(const Reading& reading) {
  auto data = numbers(reading, 0);
  const auto wanted = numbers(reading, 1);
  if (!data || !wanted) return std::nullopt;
  Edge edge;
  std::int64_t known = 1;
  for (const double size : *wanted) {
    if (!(size >= -1 && size <= static_cast<double>(kMostFolded)) || size == 0) return std::nullopt;
    edge.dims.push_back(static_cast<std::int64_t>(size));
    if (size > 0) known *= static_cast<std::int64_t>(size);
    if (known > kMostFolded) return std::nullopt;
  }
  for (std::int64_t& size : edge.dims)
    if (size == -1) size = static_cast<std::int64_t>(data->size()) / known;
  if (volume(edge.dims) != static_cast<std::int64_t>(data->size())) return std::nullopt;
  edge.constant = std::move(data);
  return edge;
}

Folded filled(const Reading& reading) {
  const auto sizes = numbers(reading, 0);
  if (!sizes) return std::nullopt;
  Edge edge;
  for (const double size : *sizes) {
    const auto whole = whole_of(size);
    if (!whole || *whole < 0) return std::nullopt;
    edge.dims.push_back(*whole);
  }
  const std::int64_t count = volume(edge.dims);
  if (count < 0 || count > kMostFolded) return std::nullopt;
  double value = 0;
  if (const Attribute* given = attribute(reading, "value"); given && given->tensor) {
    const auto one = reading.constant({"", given->tensor->dims, &*given->tensor, std::nullopt});
    if (!one || one->size() != 1) return std::nullopt;
    value = one->front();
  }
  edge.constant = Numbers(static_cast<std::size_t>(count), value);
  return edge;
}

/// Rows become columns.
Folded transposed(const Reading& reading) {
  const auto data = numbers(reading, 0);
  const Attribute* order = attribute(reading, "perm");
  if (!data || reading.input(0)->dims.size() != 2 || (order && order->wholes != Dims{1, 0})) return std::nullopt;
  const auto rows = static_cast<std::size_t>(reading.input(0)->dims[0]);
  const auto columns = static_cast<std::size_t>(reading.input(0)->dims[1]);
  Edge edge;
  edge.dims = {reading.input(0)->dims[1], reading.input(0)->dims[0]};
  edge.constant.emplace();
  for (std::size_t c = 0; c < columns; ++c)
    for (std::size_t r = 0; r < rows; ++r) edge.constant->push_back((*data)[r * columns + c]);
  return edge;
}

/// Rows from one to another, one after the other or backwards.
Folded sliced(const Reading& reading) {
  const auto data = numbers(reading, 0);
  if (!data || reading.input(0)->dims.empty()) return std::nullopt;
  const auto bound = [&](const char* name, std::size_t input) -> std::optional<std::int64_t> {
    if (const Attribute* given = attribute(reading, name); given && given->wholes.size() == 1)
      return given->wholes.front();
    const auto number = numbers(reading, input);
    return number && number->size() == 1 ? whole_of(number->front()) : std::nullopt;
  };
  const auto start = bound("starts", 1), end = bound("ends", 2);
  const auto axis = attribute(reading, "axes") || reading.input(3) ? bound("axes", 3) : 0;
  const auto along = reading.input(4) ? bound("steps", 4) : 1;
  if (!start || !end || axis != 0 || (along != 1 && along != -1)) return std::nullopt;
  const std::int64_t step = *along;
  const std::int64_t size = reading.input(0)->dims.front(), least = step > 0 ? 0 : -1;
  const auto place = [&](std::int64_t at) {
    return std::clamp<std::int64_t>(at < 0 ? at + size : at, least, size + least);
  };
  const auto width = static_cast<std::ptrdiff_t>(size > 0 ? static_cast<std::int64_t>(data->size()) / size : 0);
  Edge edge;
  edge.constant.emplace();
  std::int64_t rows = 0;
  for (std::int64_t at = place(*start); (place(*end) - at) * step > 0; at += step, ++rows)
    edge.constant->insert(edge.constant->end(), data->begin() + at * width, data->begin() + (at + 1) * width);
  edge.dims = reading.input(0)->dims;
  edge.dims.front() = rows;
  return edge;
}

bool casts_to_real(const Reading& reading) {
  const Attribute* to = attribute(reading, "to");
  return to && (to->whole == 1 || to->whole == 10 || to->whole == 11 || to->whole == 16 || !to->text.empty());
}

/// Whether the type of the node's numbers is a whole one.
bool gives_whole(const Reading& reading) {
  const std::string& type = reading.node.type;
  if (type == "Shape") return true;
  if (type == "Cast") return !casts_to_real(reading);
  if (type == "Constant" || type == "ConstantOfShape") {
    const Attribute* value = attribute(reading, "value");
    if (value && value->tensor) return value->tensor->elements == Elements::whole;
    return attribute(reading, "value_int") || attribute(reading, "value_ints");
  }
  return std::ranges::all_of(reading.inputs, [](const Edge* edge) { return !edge || edge->whole; });
}

/// Whole numbers are divided towards zero.
double calculate(std::string_view type, double a, double b, bool whole) {
  if (type == "Add") return a + b;
  if (type == "Sub") return a - b;
  if (type == "Mul") return a * b;
  return whole ? std::trunc(a / b) : a / b;
}

Folded calculated(const Reading& reading) {
  const auto a = numbers(reading, 0), b = numbers(reading, 1);
  if (!a || !b || a->empty() || b->empty() || (a->size() != b->size() && a->size() != 1 && b->size() != 1))
    return std::nullopt;
  Edge edge = a->size() >= b->size() ? *reading.input(0) : *reading.input(1);
  edge.tensor = nullptr;
  edge.constant.emplace();
  const bool whole = gives_whole(reading);
  for (std::size_t n = 0; n < std::max(a->size(), b->size()); ++n)
    edge.constant->push_back(
        calculate(reading.node.type, (*a)[a->size() == 1 ? 0 : n], (*b)[b->size() == 1 ? 0 : n], whole));
  return edge;
}

template <double (*kFunction)(double)>
Folded each(const Reading& reading) {
  auto data = numbers(reading, 0);
  if (!data) return std::nullopt;
  Edge edge = *reading.input(0);
  edge.tensor = nullptr;
  for (double& number : *data) number = kFunction(number);
  edge.constant = std::move(data);
  return edge;
}

double floor_of(double x) { return std::floor(x); }
double ceil_of(double x) { return std::ceil(x); }

/// Whole numbers lose what is behind the point.
Folded cast(const Reading& reading) { return casts_to_real(reading) ? same(reading) : each<std::trunc>(reading); }

struct Fold {
  std::string_view type;
  Folded (*fold)(const Reading&);
};
constexpr Fold kFolds[] = {
    {"Constant", constant},      {"Identity", same},        {"Cast", cast},        {"Shape", shape},
    {"Gather", gathered},        {"Unsqueeze", reshaped},   {"Squeeze", reshaped}, {"Reshape", in_shape},
    {"ConstantOfShape", filled}, {"Transpose", transposed}, {"Concat", joined},    {"Slice", sliced},
    {"Add", calculated},         {"Sub", calculated},       {"Mul", calculated},   {"Div", calculated},
    {"Floor", each<floor_of>},   {"Ceil", each<ceil_of>},
};

}  // namespace

std::optional<Edge> folded(const Reading& reading) {
  if (!reading.node.domain.empty() && reading.node.domain != "ai.onnx") return std::nullopt;
  for (const Fold& fold : kFolds)
    if (fold.type == reading.node.type) {
      Folded made = fold.fold(reading);
      if (made) made->whole = gives_whole(reading);
      return made;
    }
  return std::nullopt;
}

}  // namespace convreel::model
