// A model's sizes and wiring, from a graph made by hand: no protobuf.
#include "model/network.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "base/error.hpp"
#include "model/part.hpp"
#include "model/run.hpp"

namespace convreel::model::network_test {

/// Tensors whose numbers are at hand.
class Handmade final : public ModelFile {
 public:
  Graph made;
  std::vector<std::vector<double>> numbers;

  Handmade(Dims input, std::int64_t opset = 13) {
    made.opset = opset;
    made.inputs = {{"x", std::move(input)}};
  }
  void tensor(const std::string& name, Dims dims, std::vector<double> values) {
    made.tensors.push_back({name, std::move(dims), numbers.size(), Elements::real});
    numbers.push_back(std::move(values));
  }
  void whole_tensor(const std::string& name, Dims dims, std::vector<double> values) {
    tensor(name, std::move(dims), std::move(values));
    made.tensors.back().elements = Elements::whole;
  }
  Node& node(const std::string& type, std::vector<std::string> inputs, const std::string& output) {
    made.nodes.push_back({output, type, "", std::move(inputs), {output}, {}});
    return made.nodes.back();
  }

  const Graph& graph() const override { return made; }
  void check(const Tensor&) const override {}
  std::vector<double> values(const Tensor& tensor, std::int64_t) const override { return numbers[tensor.index]; }
};

Attribute wholes(std::vector<std::int64_t> numbers) {
  Attribute attribute;
  attribute.wholes = std::move(numbers);
  return attribute;
}

TEST(Network, FoldsThePaddingThatTorchCalculates) {
  // Sides as PyTorch has them, last axis first, become ONNX's: reshaped to pairs, turned round, transposed.
  Handmade file({1, 1, 4, 5});
  file.tensor("sides", {8}, {1, 2, 3, 4, 0, 0, 0, 0});
  file.tensor("pairs", {2}, {-1, 2});
  file.tensor("from", {1}, {-1});
  file.tensor("to", {1}, {-1e9});
  file.tensor("axis", {1}, {0});
  file.tensor("step", {1}, {-1});
  file.tensor("row", {1}, {-1});
  file.node("Reshape", {"sides", "pairs"}, "a");
  file.node("Slice", {"a", "from", "to", "axis", "step"}, "b");
  file.node("Transpose", {"b"}, "c").attributes["perm"] = wholes({1, 0});
  file.node("Reshape", {"c", "row"}, "d");
  file.node("Pad", {"x", "d"}, "y");
  const Network network(file, std::nullopt);
  ASSERT_EQ(network.units().size(), 1U);
  EXPECT_EQ(network.edge(network.units()[0].gives).dims, (Dims{1, 1, 4 + 3 + 4, 5 + 1 + 2}));
}

TEST(Network, ANodeWhoseOutputHasNoNameGivesAMapAllTheSame) {
  Handmade file({1, 1, 4, 4});
  file.tensor("w", {1, 1, 3, 3}, std::vector<double>(9, 1));
  file.node("Conv", {"x", "w"}, "");
  file.node("Relu", {"x"}, "y").outputs.clear();
  const Network network(file, std::nullopt);
  ASSERT_EQ(network.units().size(), 2U);
  EXPECT_EQ(network.shape(network.units()[0].gives).size, (numerics::Cell{1, 2, 2}));
  EXPECT_EQ(network.shape(network.units()[1].gives).size, (numerics::Cell{1, 4, 4}));
  EXPECT_EQ(network.fields().size(), 2U);
}

TEST(Network, FollowsSizesThatAreCalculatedFromShapes) {
  Handmade file({1, 2, 3, 4});
  file.tensor("zero", {1}, {0});
  file.tensor("rest", {1}, {-1});
  file.node("Shape", {"x"}, "shape");
  file.node("Gather", {"shape", "zero"}, "batch");
  file.node("Concat", {"batch", "rest"}, "target");
  file.node("Reshape", {"x", "target"}, "y");
  const Network network(file, std::nullopt);
  EXPECT_EQ(network.edge(network.units().back().gives).dims, (Dims{1, 24}));
}

/// size(x) / 2 * 2 along each axis, as an upsampling to it.
Dims halved_and_doubled(bool whole) {
  Handmade file({1, 1, 5, 7});
  file.whole_tensor("two", {1}, {2});
  file.node("Shape", {"x"}, "all").attributes["start"].whole = 2;
  file.node("Cast", {"all"}, "sides").attributes["to"].whole = whole ? 7 : 1;
  file.node("Cast", {"two"}, "by").attributes["to"].whole = whole ? 7 : 1;
  file.node("Div", {"sides", "by"}, "half");
  file.node("Mul", {"half", "by"}, "even");
  file.tensor("first", {2}, {1, 1});
  file.node("Concat", {"first", "even"}, "sizes").attributes["axis"].whole = 0;
  file.node("Resize", {"x", "", "", "sizes"}, "y").attributes["coordinate_transformation_mode"].text = "asymmetric";
  const Network network(file, std::nullopt);
  return network.edge(network.units().back().gives).dims;
}

TEST(Network, WholeNumbersAreDividedTowardsZero) {
  EXPECT_EQ(halved_and_doubled(true), (Dims{1, 1, 4, 6}));
  EXPECT_EQ(halved_and_doubled(false), (Dims{1, 1, 5, 7}));
}

/// What reading the file says; empty when nothing.
std::string problem_of(const Handmade& file) {
  try {
    const Network network(file, std::nullopt);
  } catch (const base::Error& error) {
    return error.problems().front().message;
  }
  return "";
}

/// A file with a convolution of two output channels, `c`, and what is done to it.
std::string problem_with(void (*change)(Handmade& file, Node& convolution)) {
  Handmade file({1, 1, 5, 5});
  file.tensor("w", {2, 1, 2, 2}, std::vector<double>(8, 1));
  change(file, file.node("Conv", {"x", "w"}, "c"));
  return problem_of(file);
}

TEST(Network, RefusesAttributesOfAnotherTypeOrMeaning) {
  EXPECT_EQ(problem_with([](Handmade&, Node& c) {
              c.attributes["strides"].reals = {2, 2};
            }),
            "c (Conv): strides is no list of whole numbers");
  EXPECT_EQ(problem_with([](Handmade&, Node& c) { c.attributes["strides"].whole = 2; }),
            "c (Conv): strides is no list of whole numbers");
  EXPECT_EQ(problem_with([](Handmade&, Node& c) { c.attributes["group"].text = "1"; }),
            "c (Conv): group is no whole number");
  EXPECT_EQ(problem_with([](Handmade&, Node& c) { c.attributes["auto_pad"].whole = 1; }),
            "c (Conv): auto_pad is no text");
  EXPECT_EQ(problem_with([](Handmade&, Node& c) {
              c.attributes["kernel_shape"] = wholes({3, 3});
            }),
            "c (Conv): kernel_shape is not the size of its weights");
  EXPECT_EQ(problem_with([](Handmade&, Node& c) {
              c.attributes["pads"] = wholes({1, 1, 1, 1});
              c.attributes["auto_pad"].text = "SAME_UPPER";
            }),
            "c (Conv): pads and auto_pad SAME_UPPER do not go together");
  EXPECT_EQ(problem_with([](Handmade&, Node& c) {
              c.attributes["pads"] = wholes({0, 0, std::numeric_limits<std::int64_t>::min(), 0});
            }),
            "c (Conv): a padding of -9223372036854775808");
  EXPECT_EQ(problem_with([](Handmade&, Node&) {}), "");
}

TEST(Network, RefusesABiasOfAnotherLength) {
  for (const std::int64_t length : {0, 1, 3}) {
    Handmade file({1, 1, 5, 5});
    file.tensor("w", {2, 1, 2, 2}, std::vector<double>(8, 1));
    file.tensor("b", {length}, std::vector<double>(static_cast<std::size_t>(length), 1));
    file.node("Conv", {"x", "w", "b"}, "c");
    EXPECT_EQ(problem_of(file),
              "c (Conv): its bias has the shape [" + std::to_string(length) + "] for 2 output channels");
  }
}

TEST(Network, RefusesConstantsThatAreNoNumbers) {
  Handmade pad({1, 1, 4, 4});
  pad.whole_tensor("sides", {8}, {0, 0, 1, 1, 0, 0, 1, 1});
  pad.tensor("none", {0}, {});
  pad.node("Pad", {"x", "sides", "none"}, "y");
  EXPECT_EQ(problem_of(pad), "y (Pad): reads 0 numbers where one is meant");
  Handmade cut({1, 1, 4, 4});
  cut.tensor("from", {1}, {std::nan("")});
  cut.tensor("to", {1}, {3});
  cut.node("Slice", {"x", "from", "to"}, "y");
  EXPECT_EQ(problem_of(cut), "y (Slice): reads nan where a whole number is meant");
}

TEST(Network, WhatIsComputedIsNotGuessed) {
  Handmade file({1, 1, 4, 4});
  file.whole_tensor("sides", {8}, {0, 0, 1, 1, 0, 0, 1, 1});
  file.tensor("from", {1}, {0});
  file.node("Relu", {"x"}, "r");
  file.node("Pad", {"x", "sides", "r"}, "p");
  file.node("Slice", {"x", "from", "from", "r"}, "s");
  file.node("MaxUnpool", {"x", "x", "r"}, "u");
  const Network network(file, std::nullopt);
  for (std::size_t n = 1; n < 4; ++n) EXPECT_NE(network.units()[n].shape_only, "") << n;
}

TEST(Network, FieldsOfJoinedBranchesAreTheWider) {
  Handmade file({1, 1, 9, 9});
  file.tensor("w3", {1, 1, 3, 3}, std::vector<double>(9, 1));
  file.tensor("w5", {1, 1, 5, 5}, std::vector<double>(25, 1));
  file.node("Conv", {"x", "w3"}, "narrow").attributes["pads"] = wholes({1, 1, 1, 1});
  file.node("Conv", {"x", "w5"}, "wide").attributes["pads"] = wholes({2, 2, 2, 2});
  file.node("Add", {"narrow", "wide"}, "sum");
  file.node("MaxPool", {"sum"}, "pool").attributes["kernel_shape"] = wholes({2, 2});
  const Network network(file, std::nullopt);
  const auto fields = network.fields();
  EXPECT_EQ(fields[0].size[2], 3);
  EXPECT_EQ(fields[2].size[2], 5);
  EXPECT_EQ(fields[3].size[2], 6);
  EXPECT_EQ(listed_units(network), (std::vector<std::size_t>{0, 1, 3}));
  EXPECT_EQ(unit_named(network, "3"), 3U);
  EXPECT_EQ(unit_named(network, "sum"), 2U);
  EXPECT_THROW((void)unit_named(network, "nobody"), base::Error);
}

TEST(Run, StopsAtWhatHasOnlyAShape) {
  Handmade file({1, 1, 2, 2});
  file.node("Relu", {"x"}, "a");
  file.node("Mystery", {"a"}, "b");
  file.node("Relu", {"b"}, "c");
  const Network network(file, std::nullopt);
  numerics::Map map(1, {1, 2, 2});
  map.values = {-1, 2, -3, 4};
  model::Run run(network, std::make_shared<const numerics::Map>(map), {});
  ASSERT_TRUE(run.values(network.units()[0].gives));
  EXPECT_EQ(run.values(network.units()[0].gives)->values, (std::vector<double>{0, 2, 0, 4}));
  EXPECT_FALSE(run.values(network.units()[2].gives));
  EXPECT_EQ(run.stopped_by(), "b (Mystery)");
}

TEST(Run, TheLargerOfAMapAndANumberIsClipped) {
  Handmade file({1, 1, 1, 3});
  file.tensor("low", {1}, {1});
  file.tensor("high", {}, {3});
  file.tensor("each", {1, 1, 1, 3}, {1, 2, 3});
  file.node("Max", {"x", "low"}, "a");
  file.node("Min", {"high", "a"}, "b");
  file.node("Max", {"b", "each"}, "c");
  const Network network(file, std::nullopt);
  numerics::Map map(1, {1, 1, 3});
  map.values = {-1, 2, 4};
  model::Run run(network, std::make_shared<const numerics::Map>(map), {});
  EXPECT_EQ(run.values(network.units()[1].gives)->values, (std::vector<double>{1, 2, 3}));
  EXPECT_FALSE(run.values(network.units()[2].gives));
}

TEST(Run, BroadcastsAndConcatenates) {
  Handmade file({1, 2, 1, 2});
  file.node("GlobalAveragePool", {"x"}, "mean");
  file.node("Sub", {"x", "mean"}, "rest");
  file.node("Concat", {"rest", "x"}, "y").attributes["axis"].whole = 1;
  const Network network(file, std::nullopt);
  numerics::Map map(2, {1, 1, 2});
  map.values = {1, 3, 4, 8};
  model::Run run(network, std::make_shared<const numerics::Map>(map), {});
  EXPECT_EQ(run.values(network.units().back().gives)->values, (std::vector<double>{-1, 1, -2, 2, 1, 3, 4, 8}));
}

}  // namespace convreel::model::network_test
