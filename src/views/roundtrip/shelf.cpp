#include "views/roundtrip/shelf.hpp"

#include <fmt/format.h>

#include <utility>

#include "explain/size.hpp"

namespace convreel::views {

using numerics::Cell;
using numerics::Map;
using numerics::Trace;

namespace {

/// The output padding that either layer of the pair has.
Cell output_padding(const Trace& there, const Trace& back) {
  return there.layer().transposed() ? there.layer().output_padding : back.layer().output_padding;
}

}  // namespace

Shelf roundtrip_shelf(const Context& context, const Trace& back, const Map& error, const std::array<Leg, 2>& legs) {
  const Trace& there = context.trace;
  const int dims = there.layer().dims;
  const Cell op = output_padding(there, back);
  const std::string padded = op == Cell{} ? "" : fmt::format("output padding {}", explain::per_axis_text(op, dims));
  const bool first = there.layer().transposed();
  const auto column = [&](std::string name, std::string word, const Map& map, const std::vector<double>& values,
                          std::string note = "") {
    return Column{std::move(name),
                  std::move(word),
                  {stacked_size(map.channels, map.size, dims), std::move(note)},
                  map.channels,
                  map.size[1],
                  map.size[2],
                  {values, context.show.numbers, context.ruler}};
  };
  return {context,
          {column("input", "x", there.input(), there.input().values),
           column("output", "y", there.output(), legs[0].values(), first ? padded : ""),
           column("restored", "x′", back.output(), legs[1].values(), first ? "" : padded),
           column("error", "x′ − x", error, error.values)},
          {{"→", first ? "Cᵀ" : "C"}, {"→", first ? "C" : "Cᵀ"}, {"−", "x"}}};
}

}  // namespace convreel::views
