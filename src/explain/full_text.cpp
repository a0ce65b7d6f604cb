// `convreel explain`: the sections of the text in reading order, each a function that returns its lines.
#include "explain/full_text.hpp"

#include <algorithm>
#include <numeric>

#include "explain/by_axis.hpp"
#include "explain/formula.hpp"
#include "explain/pytorch.hpp"
#include "explain/size.hpp"
#include "explain/title.hpp"

namespace convreel::explain {

using numerics::Axis;
using numerics::axis_of;
using numerics::first_axis;
using numerics::Geometry;
using numerics::kAxes;
using numerics::Layer;
using numerics::Trace;

namespace {

using Lines = std::vector<std::string>;

std::string counted(std::int64_t n, std::string_view thing) {
  return fmt::format("{} {}{}", n, thing, n == 1 ? "" : "s");
}

template <class Holds>
bool any_axis(const Layer& layer, Holds holds) {
  for (int a = first_axis(layer.dims); a < kAxes; ++a)
    if (holds(axis_of(layer, a))) return true;
  return false;
}

Lines shapes(const Trace& trace) {
  const Layer& layer = trace.layer();
  Lines lines{fmt::format("input   {}×{}", layer.in_channels, size_text(layer.input, layer.dims))};
  const std::string window = size_text(layer.kernel, layer.dims);
  lines.push_back(layer.row().weights
                      ? fmt::format("kernel  {}×{}×{}", trace.kernel().outer, trace.kernel().inner, window)
                      : "window  " + window);
  lines.push_back(fmt::format("output  {}×{}", layer.out_channels, size_text(trace.geometry().output, layer.dims)));
  if (layer.rules != numerics::Rules::pytorch)
    lines.push_back(fmt::format("rules   {}", numerics::row_of(layer.rules).title));
  return lines;
}

std::string crop_note(const Geometry& g, const Layer& layer) {
  bool negative = false;
  for (int a = first_axis(layer.dims); a < kAxes; ++a)
    negative = negative || g.equivalent_padding[a].before < 0 || g.equivalent_padding[a].after < 0;
  return negative ? ": where p′ is negative (p > ke − 1), cells are removed instead of added" : "";
}

Lines four_steps(const Trace& trace) {
  const Layer& layer = trace.layer();
  if (!layer.transposed()) return {};
  const Geometry& g = trace.geometry();
  const ChapterDetails details = chapter_details(layer);
  return {"as a convolution, in four steps", "1 derive        " + derived_parameters(layer),
          fmt::format("2 insert zeros  {}: {}", details.insert,
                      by_axis(layer,
                              [&](int a) {
                                return fmt::format("(i − 1)·s + 1 = ({} − 1)·{} + 1 = {}", layer.input[a],
                                                   layer.stride[a], g.spread[a]);
                              })),
          fmt::format("3 pad           {}: p′ = {}{}", details.pad, padding_text(g.equivalent_padding, layer.dims),
                      crop_note(g, layer)),
          fmt::format("4 convolve      {} → {}: the window moves by 1, the kernel is {}",
                      size_text(g.stretched, layer.dims), size_text(g.output, layer.dims),
                      layer.flip_kernel ? "used as it is (rotated by 180° twice)" : "rotated by 180°")};
}

/// What the remainder r costs at the end of one axis; nothing when the stride divides.
std::string leftover(const Layer& layer, int a) {
  const Axis axis = axis_of(layer, a);
  const std::int64_t r = numerics::remainder(layer, a);
  if (layer.ceil_mode || r == 0) return {};
  const std::int64_t real = std::max<std::int64_t>(0, r - axis.p.after);
  std::string lost = real == 0 ? "only padding is lost" : counted(real, "input position") + " lost";
  if (real > 0 && r > real) lost = fmt::format("{} of padding and {}", counted(r - real, "position"), lost);
  return fmt::format("the stride leaves r = ({} + {} − {}) mod {} = {} at the end: {}", axis.i, axis.p.sum(), axis.ke(),
                     axis.s, r, lost);
}

/// Input positions before the last window's end that stand in a hole of every window over them.
std::int64_t passed_over(const Axis& axis, std::int64_t outputs) {
  const auto span = static_cast<std::size_t>((outputs - 1) * axis.s + axis.ke());
  std::vector<bool> read(span, false);
  for (std::int64_t o = 0; o < outputs; ++o)
    for (std::int64_t j = 0; j < axis.k; ++j) read[static_cast<std::size_t>(o * axis.s + j * axis.d)] = true;
  std::int64_t passed = 0;
  for (std::size_t at = 0; at < span; ++at) {
    const std::int64_t cell = static_cast<std::int64_t>(at) - axis.p.before;
    passed += !read[at] && cell >= 0 && cell < axis.i;
  }
  return passed;
}

std::string skipped(const Axis& axis, std::int64_t outputs) {
  if (axis.s > axis.ke()) return fmt::format("stride {} jumps over cells between windows of {}", axis.s, axis.ke());
  const std::int64_t common = std::gcd(axis.s, axis.d);
  if (axis.k > 1 && common > 1)
    return fmt::format("stride {} and dilation {} share the factor {}: the other positions are never read", axis.s,
                       axis.d, common);
  const std::int64_t passed = passed_over(axis, outputs);
  return passed == 0 ? std::string()
                     : fmt::format("stride {} leaves {} in the holes of dilation {} unread", axis.s,
                                   counted(passed, "position"), axis.d);
}

Lines window_losses(const Layer& layer) {
  Lines lines;
  const auto add = [&](const std::string& nothing, const std::string& text) {
    if (text != nothing) lines.push_back(text);
  };
  const auto or_else = [](std::string text, std::string_view nothing) {
    return text.empty() ? std::string(nothing) : text;
  };
  const numerics::Cell outputs = numerics::geometry(layer).output;
  add("nothing left over", by_axis(layer, [&](int a) { return or_else(leftover(layer, a), "nothing left over"); }));
  add("nothing skipped",
      by_axis(layer, [&](int a) { return or_else(skipped(axis_of(layer, a), outputs[a]), "nothing skipped"); }));
  return lines;
}

Lines crops(const Trace& trace) {
  const Layer& layer = trace.layer();
  Lines lines;
  if (any_axis(layer, [](const Axis& axis) { return axis.p.sum() > 0; }))
    lines.push_back(fmt::format("padding {} crops the full {} map", padding_text(layer.padding, layer.dims),
                                size_text(trace.geometry().full, layer.dims)));
  if (any_axis(layer, [](const Axis& axis) { return axis.op > 0; }))
    lines.push_back(fmt::format("output padding {} adds computed cells at the end, not zeros",
                                per_axis_text(layer.output_padding, layer.dims)));
  return lines;
}

Lines losses(const Trace& trace) {
  Lines lines{"dropped and cropped"};
  const Lines found = trace.layer().transposed() ? crops(trace) : window_losses(trace.layer());
  lines.insert(lines.end(), found.begin(), found.end());
  const auto unread = static_cast<std::int64_t>(trace.unread().size());
  const auto all = static_cast<std::int64_t>(trace.input().values.size());
  lines.push_back(unread == 0
                      ? "every input cell is read"
                      : fmt::format("{} of {} input cells {} never read", unread, all, unread == 1 ? "is" : "are"));
  return lines;
}

std::string same_output(const Layer& layer) {
  return by_axis(layer, [&](int a) {
    const auto range = numerics::input_range_with_same_output(layer, a);
    if (range.first == range.last) return fmt::format("only i = {} gives this output size", range.first);
    return fmt::format("i = {} {} {} give the same output size", range.first,
                       range.last == range.first + 1 ? "and" : "to", range.last);
  });
}

/// The size that the opposite layer with the same parameters gives back, and what it needs.
std::string round_trip(const Layer& layer, int a, const Geometry& g) {
  const Axis axis = axis_of(layer, a);
  if (layer.transposed()) {
    const std::int64_t span = g.output[a] + axis.p.sum() - axis.ke();
    return fmt::format("a convolution with the same parameters turns {} into {}", g.output[a], span / axis.s + 1);
  }
  const std::int64_t back = (g.output[a] - 1) * axis.s + axis.ke() - axis.p.sum();
  const std::int64_t r = numerics::remainder(layer, a);
  std::string text =
      fmt::format("a transposed convolution with the same parameters turns {} into {}", g.output[a], back);
  if (r > 0) text += fmt::format("; output padding {} gives {} back", r, axis.i);
  return text;
}

Lines sizes(const Trace& trace) {
  const Layer& layer = trace.layer();
  Lines lines{"sizes", size_formula(layer), same_output(layer)};
  if (layer.transposed())
    lines.push_back("legal output paddings: " + by_axis(layer, [&](int a) {
                      const std::int64_t last = std::max(layer.stride[a], layer.dilation[a]) - 1;
                      return last == 0 ? std::string("0") : fmt::format("0 to {}", last);
                    }));
  if (layer.row().weights)
    lines.push_back("round trip: " + by_axis(layer, [&](int a) { return round_trip(layer, a, trace.geometry()); }) +
                    " (the shape, not the values)");
  return lines;
}

Lines costs(const Trace& trace) {
  const Layer& layer = trace.layer();
  Lines lines{"counts"};
  if (!layer.row().weights) {
    lines.push_back("no parameters");
  } else {
    const bool bias = !trace.bias().empty();
    const std::int64_t weights = numerics::parameter_count(layer, false);
    lines.push_back(
        bias ? fmt::format("parameters: {} weights + {} bias = {}", weights, layer.out_channels,
                           numerics::parameter_count(layer, true))
             : fmt::format("parameters: {} weights, no bias (PyTorch's default adds {})", weights, layer.out_channels));
    lines.push_back(fmt::format("multiplications: {}{}", numerics::product_count(layer),
                                layer.transposed() ? " (before the crop)" : ""));
  }
  if (layer.transposed()) lines.push_back("overlap: " + overlap_verdict(layer).text);
  return lines;
}

/// Up-sampling or down-sampling, by what it does and not by its name.
std::string operation(const Trace& trace) {
  bool smaller = false, larger = false;
  for (int a = first_axis(trace.layer().dims); a < kAxes; ++a) {
    smaller = smaller || trace.geometry().output[a] < trace.layer().input[a];
    larger = larger || trace.geometry().output[a] > trace.layer().input[a];
  }
  if (smaller && larger) return "smaller and larger";
  return smaller ? "down-sampling" : larger ? "up-sampling" : "keeps the size";
}

Lines summary(const Trace& trace) {
  const Layer& layer = trace.layer();
  const Geometry& g = trace.geometry();
  return {"summary", "type | operation | zero insertions | padding | stride | output size",
          fmt::format("{} | {} | {} | {} | {} | {}", layer.row().family, operation(trace),
                      per_axis_text(g.zeros_inserted, layer.dims), padding_text(g.equivalent_padding, layer.dims),
                      per_axis_text(g.window_stride, layer.dims), size_text(g.output, layer.dims))};
}

Lines transposed_notes(const Layer& layer) {
  Lines lines{"the stride of a transposed layer is not the window's: the window moves by 1, zeros are inserted instead",
              "the kernel is rotated by 180° before step 4"};
  if (any_axis(layer, [](const Axis& axis) { return axis.s != 2; }))
    lines.push_back("the spread size is (i − 1)·s + 1; 2i − 1 holds for s = 2 only");
  if (any_axis(layer, [](const Axis& axis) { return axis.op > 0 || axis.d > 1; }))
    lines.push_back("output padding and dilation belong in the formula: o = (i − 1)·s + d(k − 1) + 1 − 2p + op");
  return lines;
}

Lines notes(const Trace& trace) {
  const Layer& layer = trace.layer();
  Lines lines{"where the usual explanations are loose"};
  const Lines more = layer.transposed() ? transposed_notes(layer) : Lines{};
  lines.insert(lines.end(), more.begin(), more.end());
  if (!layer.transposed() &&
      any_axis(layer, [](const Axis& axis) { return (axis.i + axis.p.sum() - axis.ke()) % axis.s != 0; }))
    lines.push_back(layer.ceil_mode ? "ceil mode rounds up: the last window may hang over the end"
                                    : "the division is rounded down: a stride that does not divide is legal");
  const bool usual = operation(trace) == (layer.transposed() ? "up-sampling" : "down-sampling");
  if (!usual)
    lines.push_back(fmt::format("a {} layer need not be {}: this one {}",
                                layer.transposed() ? "transposed" : "standard",
                                layer.transposed() ? "up-sampling" : "down-sampling",
                                operation(trace) == "keeps the size" ? "keeps the size" : "is " + operation(trace)));
  return lines.size() > 1 ? lines : Lines{};
}

void append(const Lines& section, std::string& text) {
  if (section.empty()) return;
  text += "\n" + section.front() + "\n";
  for (std::size_t n = 1; n < section.size(); ++n) text += "  " + section[n] + "\n";
}

}  // namespace

std::string full_text(const Trace& trace) {
  const Layer& layer = trace.layer();
  std::string text = layer_title(layer) + "\n";
  for (const std::string& line : shapes(trace)) text += "  " + line + "\n";
  for (const Lines& section :
       {sizes(trace), four_steps(trace), losses(trace), costs(trace), summary(trace), notes(trace)})
    append(section, text);
  append({"in PyTorch", pytorch_line(layer, !trace.bias().empty())}, text);
  return text;
}

}  // namespace convreel::explain
