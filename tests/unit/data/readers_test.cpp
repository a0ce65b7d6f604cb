#include "data/readers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>

#include "base/error.hpp"
#include "base/text.hpp"
#include "support/support.hpp"

namespace convreel::data::readers_test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr std::int64_t kLimit = 1000;

template <class Call>
std::string message_of(const Call& call) {
  try {
    call();
  } catch (const base::Error& error) {
    EXPECT_EQ(error.kind(), base::ErrorKind::impossible);
    return error.what();
  }
  return "no error";
}

Array matrix(std::string_view text, int dims = 2) { return from_inline(text, dims, "--input-values", kLimit); }
std::string matrix_message(std::string_view text, int dims = 2) {
  return message_of([&] { static_cast<void>(matrix(text, dims)); });
}

TEST(Inline, TakesRowsChannelsAndOuterKernels) {
  EXPECT_EQ(matrix("1 2 3"), (Array{{3}, {1, 2, 3}}));
  EXPECT_EQ(matrix(" 1,2 ;3, -4.5e0 "), (Array{{2, 2}, {1, 2, 3, -4.5}}));
  EXPECT_EQ(matrix("1 2|3 4"), (Array{{2, 1, 2}, {1, 2, 3, 4}}));
  EXPECT_EQ(matrix("1;2||3;4"), (Array{{2, 1, 2, 1}, {1, 2, 3, 4}}));
  EXPECT_EQ(matrix("1|2||3|4").shape, (Shape{2, 2, 1, 1}));
  EXPECT_EQ(matrix("[[1,2],[3,4]]"), (Array{{2, 2}, {1, 2, 3, 4}}));
}

TEST(Inline, OneAxisHasNoRows) {
  EXPECT_EQ(matrix("1 2; 3 4", 1).shape, (Shape{2, 2}));
  EXPECT_EQ(matrix("1 2| 3 4", 1).shape, (Shape{2, 2}));
  EXPECT_EQ(matrix("1 2|| 3 4", 1).shape, (Shape{2, 1, 2}));
  EXPECT_EQ(matrix("1 2|5 6|| 3 4|7 8", 1).shape, (Shape{2, 2, 2}));
  EXPECT_EQ(matrix("1 2;5 6|3 4;7 8", 1).shape, (Shape{2, 2, 2}));
  EXPECT_THAT(matrix_message("1;2|3;4||1;2|3;4", 1), HasSubstr("no rows"));
}

TEST(Inline, ThreeAxesHaveSlices) {
  EXPECT_EQ(matrix("1 2; 3 4;; 5 6; 7 8", 3), (Array{{2, 2, 2}, {1, 2, 3, 4, 5, 6, 7, 8}}));
  EXPECT_EQ(matrix("1 2;; 3 4", 3).shape, (Shape{2, 1, 2}));
  EXPECT_EQ(matrix("1 2; 3 4", 3).shape, (Shape{2, 2}));
  EXPECT_EQ(matrix("1 2;; 3 4| 5 6;; 7 8", 3).shape, (Shape{2, 2, 1, 2}));
  EXPECT_EQ(matrix("1 2| 3 4", 3).shape, (Shape{2, 1, 1, 2}));
  EXPECT_EQ(matrix("1 2;; 3 4|| 5 6;; 7 8", 3).shape, (Shape{2, 1, 2, 1, 2}));
  EXPECT_THAT(matrix_message("1;2;;3", 3), HasSubstr("slice 2 has 1 rows, but the first has 2"));
  EXPECT_THAT(matrix_message("1;;2|3", 3), HasSubstr("channel 2 has 1 slices, but the first has 2"));
  EXPECT_THAT(matrix_message("1;;2"), HasSubstr("';;' separates depth slices, which a 2-D layer has not"));
}

TEST(Inline, ALineIsARow) {
  const Array square{{2, 2}, {1, 2, 3, 4}};
  for (const char* text : {"1 2\n3 4", "1,2\r\n3,4\r\n", "\n1 2\n\n \n3 4\n", "1 2;\n3 4", "1 2\n; 3 4", "1 2\r3 4"})
    EXPECT_EQ(matrix(text), square) << text;
  EXPECT_EQ(matrix("1 2\n3 4\n|\n5 6\n7 8\n"), (Array{{2, 2, 2}, {1, 2, 3, 4, 5, 6, 7, 8}}));
  EXPECT_EQ(matrix("1\n2\n||\n3\n4").shape, (Shape{2, 1, 2, 1}));
  EXPECT_EQ(matrix("1 2\n3 4\n\n;;\n\n5 6\n7 8\n", 3).shape, (Shape{2, 2, 2}));
  EXPECT_EQ(matrix("1 2\n3 4", 1).shape, (Shape{2, 2}));
  EXPECT_EQ(matrix("1 2 3\n").shape, (Shape{3}));
  EXPECT_THAT(matrix_message("1 2\n3"), HasSubstr("row 2 has 1 numbers, but the first has 2"));
}

TEST(Inline, ACommaHasANumberOnEitherSide) {
  EXPECT_EQ(matrix("1 , 2,3").values, (std::vector<double>{1, 2, 3}));
  for (const char* text : {"1,,2", "1, ,2", ",1", "1,", "1,\n2", "1\n,2", "1,;2", "1;,2", "1,|2", "1,||2"})
    EXPECT_THAT(matrix_message(text), HasSubstr("a number is missing beside a comma in row")) << text;
}

TEST(Inline, TakesNanAndInfinity) {
  const Array array = matrix("nan inf -Infinity");
  EXPECT_TRUE(std::isnan(array.values[0]));
  EXPECT_EQ(array.values[2], -std::numeric_limits<double>::infinity());
}

TEST(Inline, ErrorsNameThePlace) {
  EXPECT_THAT(matrix_message("1 2; 3"), HasSubstr("row 2 has 1 numbers, but the first has 2"));
  EXPECT_THAT(matrix_message("1 2; 3 x"), HasSubstr("\"x\" in row 2 is not a number"));
  EXPECT_THAT(matrix_message("1 2;"), HasSubstr("row 2 is empty"));
  EXPECT_THAT(matrix_message("1;2|3"), HasSubstr("channel 2 has 1 rows, but the first has 2"));
  EXPECT_THAT(matrix_message("1|2||3"), HasSubstr("outer kernel 2 has 1 channels"));
  EXPECT_THAT(matrix_message("|"), HasSubstr("empty"));
  EXPECT_THAT(message_of([] { static_cast<void>(from_inline("1 2 3", 2, "x", 2)); }), HasSubstr("more than 2 values"));
}

Array csv(std::string_view text) { return from_csv(text, "a.csv", kLimit); }
std::string csv_message(std::string_view text) {
  return message_of([&] { static_cast<void>(csv(text)); });
}

TEST(Csv, ReadsRfc4180Numbers) {
  EXPECT_EQ(csv("1,2\r\n\"3\", 4\r\n"), (Array{{2, 2}, {1, 2, 3, 4}}));
  EXPECT_EQ(csv("\xEF\xBB\xBF"
                "5"),
            (Array{{1, 1}, {5}}));
  EXPECT_TRUE(std::isnan(csv("nan,1").values[0]));
}

TEST(Csv, ErrorsNameTheLine) {
  EXPECT_THAT(csv_message("1,2\n3\n"), HasSubstr("a.csv, line 2: 1 numbers, but line 1 has 2"));
  EXPECT_THAT(csv_message("a,b\n1,2"), HasSubstr("line 1: column 1: expected a number, found \"a\""));
  EXPECT_THAT(csv_message("1,\n"), HasSubstr("column 2"));
  EXPECT_THAT(csv_message("1;2"), HasSubstr("1;2"));
  EXPECT_THAT(csv_message(""), HasSubstr("no numbers"));
  EXPECT_THAT(message_of([] { static_cast<void>(from_csv("1,2,3", "x", 2)); }), HasSubstr("more than 2"));
}

Array json(std::string_view text) { return from_json(text, "a.json", kLimit); }
std::string json_message(std::string_view text) {
  return message_of([&] { static_cast<void>(json(text)); });
}

TEST(Json, ReadsNestedArrays) {
  EXPECT_EQ(json("[[1, 2.5], [-3, 4e1]]"), (Array{{2, 2}, {1, 2.5, -3, 40}}));
  EXPECT_EQ(json("[[[1]],[[2]]]").shape, (Shape{2, 1, 1}));
  EXPECT_EQ(json("7"), (Array{{}, {7}}));
}

TEST(Json, TakesNanAsPythonWritesIt) {
  const Array array = json("[NaN, -Infinity, \"Infinity\", \"NaN\"]");
  EXPECT_TRUE(std::isnan(array.values[0]));
  EXPECT_EQ(array.values[1], -std::numeric_limits<double>::infinity());
  EXPECT_EQ(array.values[2], std::numeric_limits<double>::infinity());
  EXPECT_TRUE(std::isnan(array.values[3]));
}

TEST(Json, NumbersMeanWhatTheyMeanInACsv) {
  EXPECT_TRUE(std::signbit(json("[-0]").values[0]));
  EXPECT_TRUE(std::signbit(json("[-0.0]").values[0]));
  EXPECT_FALSE(std::signbit(json("[0]").values[0]));
  EXPECT_THAT(json_message("[[1e-400]]"), HasSubstr("at [0][0]: expected a number, found 1e-400"));
  for (const char* text : {"[\"+2\"]", "[\"2\"]", "[\"nan\"]", "[\"-NaN\"]", "[NaN, \"2\"]"})
    EXPECT_THAT(json_message(text), HasSubstr("expected a number, found a string")) << text;
}

TEST(Json, ANulEndsNothing) {
  const std::string text("[[1,2],[3,4]]\0[[9,9]] junk", 26);
  EXPECT_THAT(json_message(text), HasSubstr("a.json: byte 13 is U+0000"));
}

TEST(Json, ErrorsNameThePath) {
  EXPECT_THAT(json_message("[[1, 2], [3]]"), HasSubstr("a.json: at [1]: 1 entries, but the first"));
  EXPECT_THAT(json_message("[[1], 2]"), HasSubstr("at [1]: expected an array, found a number"));
  EXPECT_THAT(json_message("[1, [2]]"), HasSubstr("at [1]: expected a number, found an array"));
  EXPECT_THAT(json_message("[1, \"x\"]"), HasSubstr("at [1]: expected a number, found a string"));
  EXPECT_THAT(json_message("{\"a\": 1}"), HasSubstr("found an object"));
  EXPECT_THAT(json_message("[1, null]"), HasSubstr("found null"));
  EXPECT_THAT(json_message("[[], []]"), HasSubstr("empty array"));
  EXPECT_THAT(json_message("[[1], []]"), HasSubstr("empty array"));
  EXPECT_THAT(json_message("[1, 2"), HasSubstr("line 1, column"));
  EXPECT_THAT(json_message(""), HasSubstr("a.json"));
  EXPECT_THAT(json_message("[1e999]"), HasSubstr("1e999"));
  EXPECT_THAT(json_message("[1] 2"), HasSubstr("a.json"));
  EXPECT_THAT(json_message(std::string(100000, '[')), HasSubstr("more than 8 nested arrays"));
}

RC_GTEST_PROP(Json, ReadsBackEveryDouble, (std::vector<double> values)) {
  RC_PRE(!values.empty());
  std::vector<std::string> parts;
  for (double value : values) parts.push_back(base::exact(value));
  RC_ASSERT(json("[" + base::join(parts, ",") + "]").values == values);
}

using Bytes = std::vector<std::uint8_t>;

Bytes npy(std::string_view header, const Bytes& values, int version = 1) {
  Bytes bytes = {0x93, 'N', 'U', 'M', 'P', 'Y', static_cast<std::uint8_t>(version), 0};
  for (int i = 0; i < (version == 1 ? 2 : 4); ++i) bytes.push_back(static_cast<std::uint8_t>(header.size() >> (8 * i)));
  bytes.insert(bytes.end(), header.begin(), header.end());
  bytes.insert(bytes.end(), values.begin(), values.end());
  return bytes;
}

std::string header(std::string_view type, std::string_view shape, bool fortran = false) {
  return "{'descr': '" + std::string(type) + "', 'fortran_order': " + (fortran ? "True" : "False") +
         ", 'shape': " + std::string(shape) + ", }   \n";
}

Array read(const Bytes& bytes) { return from_npy(bytes, "a.npy", kLimit); }
std::string npy_message(const Bytes& bytes) {
  return message_of([&] { static_cast<void>(read(bytes)); });
}

template <class Value>
Bytes raw(std::initializer_list<Value> values, bool big) {
  Bytes bytes;
  for (Value value : values) {
    auto one = std::bit_cast<std::array<std::uint8_t, sizeof(Value)>>(value);
    if (big) std::reverse(one.begin(), one.end());
    bytes.insert(bytes.end(), one.begin(), one.end());
  }
  return bytes;
}

template <class Value>
void expect_type(const std::string& type, std::initializer_list<Value> values) {
  for (bool big : {false, true}) {
    SCOPED_TRACE(type);
    const Array array = read(npy(header((big ? ">" : "<") + type, "(2,)"), raw(values, big)));
    EXPECT_EQ(array.shape, (Shape{2}));
    EXPECT_EQ(array.values, (std::vector<double>(values.begin(), values.end())));
  }
}

TEST(Npy, ReadsEveryTypeInBothOrders) {
  expect_type<double>("f8", {-1.5, 1e300});
  expect_type<float>("f4", {-1.5F, 0.1F});
  expect_type<std::int8_t>("i1", {-128, 127});
  expect_type<std::int16_t>("i2", {-32768, 5});
  expect_type<std::int32_t>("i4", {-2147483647, 5});
  expect_type<std::int64_t>("i8", {-4611686018427387904, 5});
  expect_type<std::uint8_t>("u1", {255, 0});
  expect_type<std::uint16_t>("u2", {65535, 1});
  expect_type<std::uint32_t>("u4", {4294967295U, 1});
  expect_type<std::uint64_t>("u8", {9223372036854775808U, 1});
  EXPECT_THAT(read(npy(header("|b1", "(3,)"), {0, 1, 1})).values, ElementsAre(0, 1, 1));
}

TEST(Npy, ReadsHalves) {
  const Array array =
      read(npy(header("<f2", "(6,)"), raw<std::uint16_t>({0x3C00, 0xC000, 0x0001, 0x7BFF, 0xFC00, 0x7E00}, false)));
  EXPECT_EQ(array.values[0], 1);
  EXPECT_EQ(array.values[1], -2);
  EXPECT_EQ(array.values[2], std::ldexp(1, -24));
  EXPECT_EQ(array.values[3], 65504);
  EXPECT_EQ(array.values[4], -std::numeric_limits<double>::infinity());
  EXPECT_TRUE(std::isnan(array.values[5]));
}

TEST(Npy, TurnsFortranOrderRowMajor) {
  const Array array = read(npy(header("|u1", "(2, 3)", true), {1, 4, 2, 5, 3, 6}));
  EXPECT_EQ(array, (Array{{2, 3}, {1, 2, 3, 4, 5, 6}}));
  const Array cube = read(npy(header("|u1", "(2, 1, 3)", true), {1, 4, 2, 5, 3, 6}));
  EXPECT_EQ(cube.values, array.values);
}

TEST(Npy, ReadsAllVersionsAndScalars) {
  for (int version : {1, 2, 3}) EXPECT_EQ(read(npy(header("|u1", "(1,)"), {9}, version)).values[0], 9);
  EXPECT_EQ(read(npy(header("|u1", "()"), {9})), (Array{{}, {9}}));
}

TEST(Npy, ReadsFilesLaidOutAsNumpyDoes) {
  const auto read_fixture = [](std::string_view name) {
    const std::string text = test::read_text(test::fixture(name));
    return read(Bytes(text.begin(), text.end()));
  };
  EXPECT_EQ(read_fixture("input-fortran-f4.npy"), (Array{{2, 2, 3}, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}}));
  EXPECT_EQ(read_fixture("kernel-big-endian-i2.npy"), (Array{{1, 2, 2, 1}, {-1, 2, -300, 4}}));
}

TEST(Npy, RefusesWhatLies) {
  const Bytes good = npy(header("<f8", "(2,)"), Bytes(16));
  EXPECT_EQ(read(good).values.size(), 2u);
  EXPECT_THAT(npy_message(npy(header("<f8", "(2,)"), Bytes(15))), HasSubstr("needs 16 bytes, but 15 follow"));
  EXPECT_THAT(npy_message(npy(header("<f8", "(2,)"), Bytes(17))), HasSubstr("but 17 follow"));
  EXPECT_THAT(npy_message(npy(header("<f8", "(99999999, 99999999)"), {})), HasSubstr("at most 1000 values"));
  EXPECT_THAT(npy_message(npy(header("<f8", "(4294967296, 4294967296)"), {})), HasSubstr("at most"));
  EXPECT_THAT(npy_message(npy(header("<f8", "(99999999999999999999,)"), {})), HasSubstr("64 bits"));
  EXPECT_THAT(npy_message(npy(header("<f8", "(0, 3)"), {})), HasSubstr("at least 1"));
  EXPECT_THAT(npy_message(npy(header("<f8", "(-1,)"), {})), HasSubstr("whole number"));
  EXPECT_THAT(npy_message(npy(header("<c16", "(1,)"), Bytes(16))), HasSubstr("type '<c16'"));
  EXPECT_THAT(npy_message(npy(header("|O", "(1,)"), Bytes(8))), HasSubstr("type '|O'"));
  EXPECT_THAT(npy_message(npy("{'descr': [('a', '<f8')]}", {})), HasSubstr("structured"));
  EXPECT_THAT(npy_message(npy("{'shape': (1,)}", {0})), HasSubstr("lacks"));
  EXPECT_THAT(npy_message(npy("{'shape': (1,), 'shape': (1,)}", {0})), HasSubstr("the header has shape twice"));
  EXPECT_THAT(npy_message(npy("{'descr': '|u1', 'descr': '|u1'}", {0})), HasSubstr("the header has descr twice"));
  EXPECT_THAT(npy_message(npy(header("|u1", "(1,)") + "x", {0})), HasSubstr("text behind its closing brace"));
  EXPECT_THAT(npy_message(npy(header("|u1", "(1)"), {0})), HasSubstr("lacks its comma, as in (4,)"));
  EXPECT_THAT(npy_message(npy(header("|u1", "(02,)"), {0, 0})), HasSubstr("without zeros before it"));
  EXPECT_THAT(npy_message(npy(header("|u1", "(1 2)"), {0, 0})), HasSubstr("a comma or )"));
  EXPECT_THAT(npy_message(npy("{'size': 1}", {0})), HasSubstr("unknown header entry 'size'"));
  EXPECT_THAT(npy_message(npy("{'shape'", {0})), HasSubstr("expected ':'"));
  EXPECT_THAT(npy_message(npy("", {0})), HasSubstr("expected '{'"));
  EXPECT_THAT(npy_message(npy(header("|u1", "(1,)"), {9}, 4)), HasSubstr("version 4"));
  EXPECT_THAT(npy_message({'P', 'K', 3, 4, 0, 0, 0, 0, 0, 0, 0, 0}), HasSubstr("not a .npy file"));
}

RC_GTEST_PROP(Npy, AnyCutIsRefused, ()) {
  const Bytes good = npy(header("<f8", "(2,)"), Bytes(16));
  const auto length = *rc::gen::inRange<std::size_t>(0, good.size());
  RC_ASSERT_THROWS_AS(static_cast<void>(read(Bytes(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(length)))),
                      base::Error);
}

}  // namespace
}  // namespace convreel::data::readers_test
