// solve() against brute force: every combination is put to the resolver that all commands use, which says what is legal
// and how large the output is.
#include "job/solve.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "job/resolve.hpp"

namespace convreel::job::solve_test {
namespace {

using numerics::Answer;
using numerics::Cell;
using numerics::LayerKind;
using numerics::Solution;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

using Values = std::map<std::string, std::string, std::less<>>;

Question asked(LayerKind kind, int dims, Values values) {
  Question question;
  question.spec.layer = {kind, dims};
  question.values = std::move(values);
  return question;
}

Solution solved(const Question& question) { return numerics::solve(bounds_of(question)); }

/// kernel, stride, padding, dilation, output padding of square layers.
using Square = std::array<std::int64_t, 5>;

Square square_of(const numerics::Layer& layer) {
  return {layer.kernel[2], layer.stride[2], layer.padding[2].before, layer.dilation[2], layer.output_padding[2]};
}

/// The output of that layer as the resolver has it; empty when it refuses.
std::optional<Cell> resolved_output(LayerKind kind, int dims, std::int64_t input, const Square& numbers) {
  JobSpec spec;
  spec.layer = {kind, dims};
  spec.input_size = Sizes{input};
  spec.kernel_size = Sizes{numbers[0]};
  spec.stride = Sizes{numbers[1]};
  spec.padding = PaddingSpec{{}, {numbers[2]}, {}};
  if (numerics::row_of(kind).dilates) spec.dilation = Sizes{numbers[3]};
  if (numerics::row_of(kind).swapped) spec.output_padding = Sizes{numbers[4]};
  try {
    return resolve(spec, {}).chain.only().geometry().output;
  } catch (const base::Error&) {
    return std::nullopt;
  }
}

std::vector<Square> by_brute_force(LayerKind kind, int dims, std::int64_t input, std::int64_t output) {
  std::vector<Square> found;
  const bool swapped = numerics::row_of(kind).swapped, dilates = numerics::row_of(kind).dilates;
  for (std::int64_t k = 1; k <= 4; ++k)
    for (std::int64_t s = 1; s <= 3; ++s)
      for (std::int64_t p = 0; p <= 2; ++p)
        for (std::int64_t d = 1; d <= (dilates ? 2 : 1); ++d)
          for (std::int64_t op = 0; op < (swapped ? s : 1); ++op)
            if (const auto size = resolved_output(kind, dims, input, {k, s, p, d, op}))
              if ((*size)[2] == output) found.push_back({k, s, p, d, op});
  return found;
}

std::vector<Square> by_solving(LayerKind kind, int dims, std::int64_t input, std::int64_t output) {
  const Solution solution = solved(asked(kind, dims,
                                         {{"input-size", std::to_string(input)},
                                          {"output-size", std::to_string(output)},
                                          {"kernel-size", "1..4"},
                                          {"stride", "1..3"},
                                          {"padding", "0..2"},
                                          {numerics::row_of(kind).dilates ? "dilation" : "kernel-size",
                                           numerics::row_of(kind).dilates ? "1..2" : "1..4"}}));
  std::vector<Square> found;
  for (const Answer& answer : solution.answers) found.push_back(square_of(answer.layer));
  return found;
}

TEST(Solve, FindsWhatBruteForceFindsInItsOrder) {
  std::size_t answers = 0;
  for (const numerics::KindRow& row : numerics::kLayerKinds) {
    if (!row.weights && !row.pools) continue;
    for (const int dims : {1, 2})
      for (const std::int64_t input : {1, 4, 7})
        for (const std::int64_t output : {1, 3, 4, 6, 9, 14}) {
          const auto wanted = by_brute_force(row.kind, dims, input, output);
          EXPECT_EQ(by_solving(row.kind, dims, input, output), wanted)
              << row.name << " " << dims << "-D " << input << " to " << output;
          answers += wanted.size();
        }
  }
  EXPECT_GT(answers, 500U);
}

/// Numbers of rows beside numbers of columns.
using Pair = std::pair<Square, Square>;

TEST(Solve, AxesApartMultiplyTheAnswersOfEachAxis) {
  Question question = asked(LayerKind::conv_transpose, 2,
                            {{"input-size", "3x4"},
                             {"output-size", "6x5"},
                             {"kernel-size", "1..3"},
                             {"stride", "1..2"},
                             {"padding", "0..1"}});
  question.apart = true;
  std::set<Pair> found, wanted;
  for (const Answer& answer : solved(question).answers) {
    const auto& l = answer.layer;
    found.insert({{l.kernel[1], l.stride[1], l.padding[1].before, l.dilation[1], l.output_padding[1]}, square_of(l)});
    EXPECT_THAT(numerics::check(l), IsEmpty());
    EXPECT_EQ(numerics::geometry(l).output, (Cell{1, 6, 5}));
  }
  const auto one_axis = [](std::int64_t input, std::int64_t output) {
    std::vector<Square> all = by_brute_force(LayerKind::conv_transpose, 1, input, output);
    std::erase_if(all, [](const Square& n) { return n[0] > 3 || n[1] > 2 || n[2] > 1 || n[3] > 1; });
    return all;
  };
  for (const Square& rows : one_axis(3, 6))
    for (const Square& columns : one_axis(4, 5)) wanted.insert({rows, columns});
  EXPECT_EQ(found, wanted);
  EXPECT_EQ(found.size(), 6U);
  question.apart = false;
  EXPECT_LT(solved(question).answers.size(), found.size());
}

TEST(Solve, DefaultsAreTheContractsAndSmallestComesFirst) {
  const Solution solution = solved(asked(LayerKind::conv_transpose, 2, {{"input-size", "14"}, {"output-size", "28"}}));
  ASSERT_FALSE(solution.answers.empty());
  EXPECT_EQ(square_of(solution.answers.front().layer), (Square{1, 2, 0, 1, 1}));
  std::vector<Square> squares;
  for (const Answer& answer : solution.answers) squares.push_back(square_of(answer.layer));
  EXPECT_TRUE(std::ranges::is_sorted(squares));
  EXPECT_THAT(squares, testing::Contains(Square{4, 2, 1, 1, 0}));
  EXPECT_THAT(squares, testing::Contains(Square{7, 2, 3, 1, 1}));
}

TEST(Solve, PaddingByNameAndBySides) {
  const Solution solution = solved(asked(LayerKind::conv, 2,
                                         {{"input-size", "6"},
                                          {"output-size", "3"},
                                          {"kernel-size", "3"},
                                          {"stride", "2"},
                                          {"padding", "same,same-upper,(1,0,1,0)"}}));
  ASSERT_THAT(solution.answers, SizeIs(2));
  EXPECT_EQ(solution.answers[0].layer.padding[2], (numerics::Sides{0, 1}));
  EXPECT_EQ(solution.answers[1].layer.padding[2], (numerics::Sides{1, 0}));
}

TEST(Solve, NoneNamesTheNearestOnBothSides) {
  const Solution solution = solved(
      asked(LayerKind::conv, 1, {{"input-size", "20"}, {"output-size", "8"}, {"stride", "1,3"}, {"padding", "0"}}));
  EXPECT_THAT(solution.answers, IsEmpty());
  ASSERT_THAT(solution.nearest, SizeIs(2));
  EXPECT_EQ(solution.nearest[0].output[2], 7);
  EXPECT_EQ(solution.nearest[1].output[2], 14);
}

TEST(Solve, ThreeAxesAndSeveralInputs) {
  const Solution solution = solved(asked(
      LayerKind::max_pool, 3, {{"input-size", "4..5"}, {"output-size", "2"}, {"kernel-size", "2"}, {"padding", "0"}}));
  // 4 with stride 2; 5 with stride 2 and with stride 3.
  ASSERT_THAT(solution.answers, SizeIs(3));
  for (const Answer& answer : solution.answers) EXPECT_EQ(answer.output, (Cell{2, 2, 2}));
}

TEST(Solve, RefusesWhatItCannotRead) {
  const auto message = [](Question question) {
    try {
      (void)solved(question);
    } catch (const base::Error& error) {
      return error.problems().front().message;
    }
    return std::string("nothing");
  };
  EXPECT_THAT(message(asked(LayerKind::conv, 2, {{"output-size", "3"}})), HasSubstr("from which size"));
  EXPECT_THAT(message(asked(LayerKind::conv, 2, {{"input-size", "3"}})), HasSubstr("to which size"));
  EXPECT_THAT(message(asked(LayerKind::conv, 2, {{"input-size", "3"}, {"output-size", "3"}, {"output-padding", "1"}})),
              HasSubstr("conv2d has no --output-padding"));
  EXPECT_THAT(message(asked(LayerKind::conv, 2, {{"input-size", "70000"}, {"output-size", "3"}})),
              HasSubstr("--input-size 70000; the limit is 65536"));
  EXPECT_THAT(message(asked(
                  LayerKind::conv, 1,
                  {{"input-size", "1..9000"}, {"output-size", "3"}, {"kernel-size", "1..100"}, {"stride", "1..100"}})),
              HasSubstr("layers; the limit is 20000000"));
}

TEST(Solve, AnswersAsOptions) {
  numerics::Layer layer;
  layer.kind = LayerKind::conv_transpose;
  layer.input = {1, 3, 4};
  layer.padding = {numerics::Sides{}, {0, 1}, {0, 1}};
  const std::vector<std::pair<std::string_view, std::string>> wanted{{"input-size", "3x4"}, {"kernel-size", "3"},
                                                                     {"stride", "1"},       {"padding", "0,1,0,1"},
                                                                     {"dilation", "1"},     {"output-padding", "0"}};
  EXPECT_EQ(options_of(layer), wanted);
  EXPECT_EQ(*with_answer({}, layer).kernel_size, Sizes{3});
}

}  // namespace
}  // namespace convreel::job::solve_test
