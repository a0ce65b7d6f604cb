// The trace as JSON: the schema that scripts rely on.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "output/json/json.hpp"

namespace convreel {
namespace {

using nlohmann::json;
using numerics::Kernel;
using numerics::Layer;
using numerics::LayerKind;
using numerics::Map;
using numerics::Trace;

std::string text_of(const Trace& trace, output::TraceParts parts = output::TraceParts::all) {
  base::MemorySink sink;
  output::write_chain(trace, parts, sink);
  return {sink.bytes().begin(), sink.bytes().end()};
}
json document(const Trace& trace) { return json::parse(text_of(trace)); }

Map counting(std::int64_t channels, const numerics::Cell& size) {
  Map map(channels, size);
  for (std::size_t n = 0; n < map.values.size(); ++n) map.values[n] = static_cast<double>(n) + 1;
  return map;
}

Trace transposed() {
  Layer layer;
  layer.kind = LayerKind::conv_transpose;
  layer.input = {1, 3, 3};
  layer.stride = {1, 2, 2};
  layer.padding[1] = layer.padding[2] = {1, 1};
  Kernel kernel(1, 1, {1, 3, 3}, 4);
  return {layer, counting(1, {1, 3, 3}), kernel, {}};
}

TEST(TraceJson, FollowsTheSchema) {
  const json trace = document(transposed());
  EXPECT_EQ(trace["schema"], 1);
  EXPECT_EQ(trace["layer"]["kind"], "conv_transpose");
  EXPECT_EQ(trace["layer"]["dims"], 2);
  EXPECT_EQ(trace["layer"]["stride"], json::parse("[2,2]"));
  EXPECT_EQ(trace["layer"]["padding"], json::parse("[[1,1],[1,1]]"));
  EXPECT_EQ(trace["layer"]["dilation"], json::parse("[1,1]"));
  EXPECT_EQ(trace["layer"]["output_padding"], json::parse("[0,0]"));
  EXPECT_EQ(trace["layer"]["groups"], 1);
  EXPECT_EQ(trace["geometry"], json::parse(R"({"effective_kernel":[3,3],"zeros_inserted":[1,1],
      "equivalent_padding":[[1,1],[1,1]],"stretched":[7,7],"output":[5,5],"unread":[]})"));
  EXPECT_EQ(trace["input"]["shape"], json::parse("[1,3,3]"));
  EXPECT_EQ(trace["input"]["values"].size(), 9u);
  EXPECT_EQ(trace["kernel"]["shape"], json::parse("[1,1,3,3]"));
  EXPECT_TRUE(trace["bias"].is_null());
  EXPECT_EQ(trace["output"]["shape"], json::parse("[1,5,5]"));
  ASSERT_EQ(trace["steps"].size(), 25u);
  const json& step = trace["steps"][0];
  EXPECT_EQ(step["index"], 0);
  EXPECT_EQ(step["output"], json::parse("[0,0,0]"));
  EXPECT_EQ(step["terms"], json::parse(R"([{"input":[0,0,0],"kernel":[0,0,1,1],"x":1,"w":4}])"));
  EXPECT_EQ(step["sum"], 4);
}

TEST(TraceJson, EveryStepsTermsAddUp) {
  Layer layer;
  layer.in_channels = layer.out_channels = layer.groups = 2;
  layer.padding[1] = {1, 0};
  Kernel kernel(2, 1, {1, 3, 3}, 0.5);
  const json trace = document(Trace(layer, counting(2, {1, 5, 5}), kernel, {1.5, -2}));
  EXPECT_EQ(trace["bias"], json::parse(R"({"shape":[2],"values":[1.5,-2]})"));
  for (const json& step : trace["steps"]) {
    double sum = step["bias"];
    for (const json& term : step["terms"]) {
      sum += term["x"].get<double>() * term["w"].get<double>();
      EXPECT_TRUE(!term["input"].is_null() || term["x"] == 0);
    }
    EXPECT_EQ(step["sum"], sum);
    EXPECT_EQ(step["sum"], trace["output"]["values"][step["index"].get<std::size_t>()]);
  }
}

TEST(TraceJson, TellsPoolingByTaps) {
  Layer layer;
  layer.kind = LayerKind::max_pool;
  layer.dims = 1;
  layer.input = {1, 1, 4};
  layer.kernel = {1, 1, 2};
  layer.stride = {1, 1, 2};
  layer.padding[2] = {1, 1};
  const json trace = document(Trace(layer, counting(1, {1, 1, 4}), {}, {}));
  EXPECT_TRUE(trace["kernel"].is_null());
  EXPECT_EQ(trace["layer"]["kernel_size"], json::parse("[2]"));
  EXPECT_EQ(trace["input"]["shape"], json::parse("[1,4]"));
  const json& step = trace["steps"][0];
  EXPECT_EQ(step["terms"], json::parse(R"([{"input":null,"kernel":null,"tap":[0],"x":"-Infinity","w":null},
                            {"input":[0,0],"kernel":null,"tap":[1],"x":1,"w":null}])"));
  EXPECT_EQ(step["winner"], 1);
  EXPECT_EQ(step["sum"], 1);
  layer.kind = LayerKind::avg_pool;
  EXPECT_EQ(document(Trace(layer, counting(1, {1, 1, 4}), {}, {}))["steps"][0]["divisor"], 2);
}

TEST(TraceJson, KeepsTheSignOfZero) {
  Layer layer;
  layer.dims = 1;
  layer.input = {1, 1, 1};
  layer.kernel = {1, 1, 1};
  Map input(1, {1, 1, 1});
  input.values = {-0.0};
  const json trace = document(Trace(layer, input, Kernel(1, 1, {1, 1, 1}, 1), {}));
  EXPECT_TRUE(std::signbit(trace["input"]["values"][0].get<double>()));
}

TEST(TraceJson, KeepsEveryDouble) {
  Layer layer;
  layer.dims = 1;
  layer.input = {1, 1, 3};
  layer.kernel = {1, 1, 1};
  Map input(1, {1, 1, 3});
  input.values = {0.1, std::numeric_limits<double>::quiet_NaN(), 5e-324};
  const Kernel kernel(1, 1, {1, 1, 1}, 1);
  const json trace = document(Trace(layer, input, kernel, {}));
  EXPECT_EQ(trace["input"]["values"][0].get<double>(), 0.1);
  EXPECT_EQ(trace["input"]["values"][1], "NaN");
  EXPECT_EQ(trace["input"]["values"][2].get<double>(), 5e-324);
  EXPECT_EQ(trace["steps"][1]["sum"], "NaN");
}

TEST(TraceJson, LeavesTheValuesOutForExplain) {
  const json trace = json::parse(text_of(transposed(), output::TraceParts::arithmetic));
  for (const char* key : {"steps", "input", "kernel"}) EXPECT_FALSE(trace.contains(key)) << key;
  EXPECT_EQ(trace["output"], json::parse(R"({"shape":[1,5,5]})"));
}

}  // namespace
}  // namespace convreel
