// PyTorch's own answers: 300 layers of one and two axes, 160 of three, equal where the values are whole numbers, 1e-9
// otherwise, refused where it refuses; and 168 times what its autograd made of a gradient at the output.
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <string>

#include "numerics/gradient.hpp"
#include "support/support.hpp"
#include "unit/numerics/make.hpp"

namespace convreel::test {
namespace {

using nlohmann::json;
using numerics::PaddingMode;
using numerics::Sides;

const json& cases() {
  static const json all = [] {
    json joined = json::parse(read_text(fixture("pytorch-cases.json")));
    for (const json& volume : json::parse(read_text(fixture("pytorch-3d-cases.json")))) joined.push_back(volume);
    return joined;
  }();
  return all;
}

Cell cell_of(const json& numbers, std::int64_t unused) {
  Cell cell{unused, unused, unused};
  const std::size_t n = numbers.size();
  for (std::size_t a = 0; a < n; ++a) cell[numerics::kAxes - n + a] = numbers[a].get<std::int64_t>();
  return cell;
}

/// The last `dims` numbers of a shape.
Cell spatial(const json& shape, int dims) {
  return cell_of(json(std::vector<std::int64_t>(shape.end() - dims, shape.end())), 1);
}

LayerKind kind_named(const std::string& word) {
  for (const numerics::KindRow& row : numerics::kLayerKinds)
    if (word == row.name) return row.kind;
  throw std::runtime_error("unknown op " + word);
}

PaddingMode mode_named(const std::string& word) {
  for (PaddingMode mode : {PaddingMode::zeros, PaddingMode::reflect, PaddingMode::replicate, PaddingMode::circular})
    if (word == name(mode)) return mode;
  throw std::runtime_error("unknown mode " + word);
}

void set_channels(Layer& layer, const json& c) {
  layer.in_channels = c["input_shape"][0];
  if (!layer.row().weights) {
    layer.out_channels = layer.in_channels;
    return;
  }
  layer.groups = c["groups"];
  layer.out_channels = layer.transposed() ? c["kernel_shape"][1].get<std::int64_t>() * layer.groups
                                          : c["kernel_shape"][0].get<std::int64_t>();
}

void set_padding(Layer& layer, const json& c) {
  if (c["padding"] == "same") {
    for (int a = numerics::first_axis(layer.dims); a < numerics::kAxes; ++a)
      layer.padding[a] = numerics::same_padding(layer.kernel[a], layer.dilation[a]);
    return;
  }
  const Cell p = cell_of(c["padding"], 0);
  for (int a = 0; a < numerics::kAxes; ++a) layer.padding[a] = {p[a], p[a]};
}

Layer layer_of(const json& c) {
  Layer layer;
  layer.kind = kind_named(c["op"]);
  layer.dims = c["dims"];
  layer.input = spatial(c["input_shape"], layer.dims);
  layer.kernel = !layer.row().weights ? cell_of(c["kernel_size"], 1) : spatial(c["kernel_shape"], layer.dims);
  layer.stride = cell_of(c["stride"], 1);
  if (c.contains("dilation")) layer.dilation = cell_of(c["dilation"], 1);
  if (c.contains("output_padding")) layer.output_padding = cell_of(c["output_padding"], 0);
  if (c.contains("padding_mode")) layer.padding_mode = mode_named(c["padding_mode"]);
  layer.ceil_mode = c.value("ceil_mode", false);
  layer.count_include_pad = c.value("count_include_pad", true);
  set_channels(layer, c);
  set_padding(layer, c);
  return layer;
}

Trace trace_of_case(const json& c) {
  const Layer layer = layer_of(c);
  std::vector<double> kernel, bias;
  if (c.contains("kernel")) kernel = c["kernel"].get<std::vector<double>>();
  if (c.contains("bias") && !c["bias"].is_null()) bias = c["bias"].get<std::vector<double>>();
  return trace_of(layer, c["input"], kernel, bias);
}

/// The comparer: empty when the numbers are those that PyTorch said, else what differs.
std::string difference(const std::vector<double>& want, const std::vector<double>& got) {
  if (want.size() != got.size()) return "count";
  for (std::size_t n = 0; n < want.size(); ++n) {
    const bool whole = std::nearbyint(want[n]) == want[n];
    const bool same = whole ? got[n] == want[n] : std::abs(got[n] - want[n]) <= 1e-9;
    if (!same) return "value " + std::to_string(n) + ": " + std::to_string(got[n]);
  }
  return {};
}
std::string difference(const json& c, const Map& got) {
  if (got.channels != c["output_shape"][0] || got.size != spatial(c["output_shape"], c["dims"])) return "shape";
  return difference(c["output"].get<std::vector<double>>(), got.values);
}
std::vector<double> listed(const json& numbers) {
  return numbers.is_null() ? std::vector<double>{} : numbers.get<std::vector<double>>();
}

class PyTorch : public testing::TestWithParam<std::size_t> {};

TEST_P(PyTorch, Agrees) {
  const json& c = cases()[GetParam()];
  SCOPED_TRACE(c["name"].get<std::string>());
  if (c.contains("error")) {
    const auto problems = check(layer_of(c));
    ASSERT_FALSE(problems.empty()) << c["error"];
    EXPECT_THROW((void)geometry(layer_of(c)), base::Error);
    for (const auto& problem : problems) EXPECT_FALSE(problem.hint.empty()) << problem.message;
    return;
  }
  ASSERT_TRUE(check(layer_of(c)).empty()) << check(layer_of(c)).front().message;
  const Trace trace = trace_of_case(c);
  EXPECT_EQ(difference(c, trace.output()), "");
  for (std::int64_t n = 0; n < trace.step_count(); ++n)
    ASSERT_EQ(trace.step(n).sum, trace.output().values[static_cast<std::size_t>(n)]) << "step " << n;
}

INSTANTIATE_TEST_SUITE_P(Cases, PyTorch, testing::Range(std::size_t{0}, std::size_t{460}));

TEST(PyTorchCases, AreAllThere) { EXPECT_EQ(cases().size(), 460u); }

TEST(PyTorchCases, TheComparerCanFail) {
  const json& c = cases()[0];
  Map got = trace_of_case(c).output();
  EXPECT_EQ(difference(c, got), "");
  got.values[2] += 1e-12;  // whole numbers are compared for equality
  EXPECT_NE(difference(c, got), "");
  got.size[2] += 1;
  EXPECT_EQ(difference(c, got), "shape");
}

TEST(PyTorchGradients, Agree) {
  const json all = json::parse(read_text(fixture("pytorch-gradient-cases.json")));
  EXPECT_EQ(all.size(), 168u);
  for (const json& c : all) {
    SCOPED_TRACE(c["name"].get<std::string>());
    const Trace trace = trace_of_case(c);
    Map output(trace.output().channels, trace.output().size);
    output.values = listed(c["grad_output"]);
    const numerics::Gradients got = numerics::gradients(trace, output);
    EXPECT_EQ(difference(listed(c["grad_input"]), got.input.values), "");
    EXPECT_EQ(difference(listed(c.value("grad_kernel", json())), got.kernel.values), "");
    EXPECT_EQ(difference(listed(c.value("grad_bias", json())), got.bias), "");
    EXPECT_THROW((void)numerics::gradients(trace, Map(output.channels + 1, output.size)), base::Error);
  }
}

}  // namespace
}  // namespace convreel::test
