#include "job/sweep.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/error.hpp"
#include "job/stack.hpp"
#include "job/sweep_file.hpp"

namespace convreel::job {
namespace {

std::vector<std::string> texts(const Dimension& dimension) {
  std::vector<std::string> all;
  for (const Row& row : dimension.rows) all.push_back(row.at(0).text);
  return all;
}
using Texts = std::vector<std::string>;

std::string mistake(auto&& work) {
  try {
    static_cast<void>(work());
  } catch (const base::Error& error) {
    return error.problems().front().message + " | " + error.problems().front().hint;
  }
  return "";
}

TEST(Sweep, ListsPartAtCommasOutsideOfBracketsAndQuotes) {
  EXPECT_EQ(texts(list_axis("stride=1, 2,2x1")), (Texts{"1", "2", "2x1"}));
  EXPECT_EQ(texts(list_axis("padding=(0,1,0,1),same,(2,1)")), (Texts{"0,1,0,1", "same", "2x1"}));
  EXPECT_EQ(texts(list_axis("title='a, b',c")), (Texts{"a, b", "c"}));
  EXPECT_EQ(texts(list_axis("layer=Conv2d(1, 1, 3),MaxPool2d(2)")), (Texts{"Conv2d(1, 1, 3)", "MaxPool2d(2)"}));
  EXPECT_EQ(texts(list_axis("steps=1..4,5..9")), (Texts{"1..4", "5..9"}));
}

TEST(Sweep, DashesAndUnderscoresAndAliasesNameTheSameAxis) {
  EXPECT_EQ(list_axis("kernel_size=2"), list_axis("kernel-size=2"));
  EXPECT_EQ(list_axis("strides=2"), list_axis("stride=2"));
}

TEST(Sweep, RangesHoldBothEnds) {
  EXPECT_EQ(texts(range_axis("padding=0..3")), (Texts{"0", "1", "2", "3"}));
  EXPECT_EQ(texts(range_axis("stride=1..8:3")), (Texts{"1", "4", "7"}));
  EXPECT_EQ(texts(range_axis("stride=3..1")), (Texts{"3", "2", "1"}));
  EXPECT_EQ(texts(range_axis("speed=0.5..2:0.5")), (Texts{"0.5", "1", "1.5", "2"}));
  EXPECT_EQ(texts(range_axis("speed=0.1..0.3:0.1")), (Texts{"0.1", "0.2", "0.3"}));
  EXPECT_EQ(texts(range_axis("kernel-size=1x2..3x4")), (Texts{"1x2", "2x3", "3x4"}));
}

TEST(Sweep, MistakesNameTheAxisAndWhatToTry) {
  EXPECT_NE(mistake([] { return list_axis("strid=1"); }).find("did you mean stride?"), std::string::npos);
  EXPECT_NE(mistake([] { return list_axis("stride=1,0"); }).find("stride"), std::string::npos);
  EXPECT_NE(mistake([] { return list_axis("stride=1,1"); }).find("twice"), std::string::npos);
  EXPECT_NE(mistake([] { return list_axis("output=a.gif"); }).find("cannot be an axis"), std::string::npos);
  EXPECT_NE(mistake([] { return range_axis("stride=1..3:0"); }).find("above 0"), std::string::npos);
  EXPECT_NE(mistake([] { return range_axis("stride=1..1e9"); }).find("not a range"), std::string::npos);
  EXPECT_NE(mistake([] { return range_axis("stride=1..99999999"); }).find("the limit is 100000"), std::string::npos);
  for (const char* text : {"stride=5", "stride=1...3", "stride=1....3", "stride=1..3:", "kernel-size=1x.2..3x.4"})
    EXPECT_NE(mistake([&] { return range_axis(text); }).find("not a range"), std::string::npos) << text;
  for (const char* text : {"", "=", "stride", "stride=", "=1"})
    EXPECT_NE(mistake([&] { return list_axis(text); }), "") << text;
}

TEST(Sweep, TheLastAxisMovesFastest) {
  const std::vector<Dimension> axes{range_axis("stride=1..2"), range_axis("padding=0..2")};
  ASSERT_EQ(case_count(axes), 6);
  const JobSpec fourth = case_at({}, axes, 3);
  EXPECT_EQ(fourth.stride, Sizes{2});
  EXPECT_EQ(fourth.padding->symmetric, Sizes{0});
}

TEST(Sweep, AnAxisOverALayerGoesOverWhatStandsBehindIt) {
  const std::vector<Dimension> axes{list_axis("1.stride=3"), list_axis("1.padding=1")};
  JobSpec base;
  base.stack = {"Conv2d(1, 1, 3) --stride 2"};
  const JobSpec made = case_at(base, axes, 0);
  const auto layer = std::get<JobSpec>(read_stack_layer(made.stack[0]).layer);
  EXPECT_EQ(layer.stride, Sizes{3});
  EXPECT_EQ(layer.padding->symmetric, Sizes{1});
  EXPECT_EQ(layer_option(made, "1.stride"), "3");
}

TEST(Sweep, ALayerAsPyTorchPrintsItYieldsToItsOwnAxes) {
  const std::vector<Dimension> axes{range_axis("stride=2..3"), list_axis("layer=Conv2d(1, 1, 3, stride=1)")};
  EXPECT_EQ(case_at({}, axes, 1).stride, Sizes{3});
}

TEST(Sweep, ZipNeedsEqualLengths) {
  const std::vector<Dimension> equal{range_axis("stride=1..2"), range_axis("padding=0..1")};
  EXPECT_EQ(zipped(equal).rows.size(), 2U);
  const std::vector<Dimension> unequal{range_axis("stride=1..2"), range_axis("padding=0..2")};
  EXPECT_NE(mistake([&] { return zipped(unequal); }).find("stride has 2 values, axis padding has 3"),
            std::string::npos);
}

TEST(Sweep, TwoAxesCannotSetOneOption) {
  const std::vector<Dimension> axes{range_axis("stride=1..2"), list_axis("strides=3")};
  EXPECT_NE(mistake([&] { return case_count(axes); }).find("two axes set stride"), std::string::npos);
}

TEST(Sweep, SpreadsheetsGiveRows) {
  const Dimension rows = rows_from_csv("\xEF\xBB\xBFstride,title\r\n\r\n1,\"a \"\"b\"\", c\"\r\n2,\r\n", "t.csv");
  ASSERT_EQ(rows.rows.size(), 2U);
  EXPECT_EQ(rows.rows[0][1].text, "a \"b\", c");
  EXPECT_EQ(rows.rows[1].size(), 1U);
  EXPECT_NE(mistake([] { return rows_from_csv("stride\nx\n", "t.csv"); }).find("t.csv, line 2"), std::string::npos);
  EXPECT_NE(mistake([] { return rows_from_csv("stride\n1,2\n", "t.csv"); }).find("2 cells"), std::string::npos);
  EXPECT_NE(mistake([] { return rows_from_csv("", "t.csv"); }).find("no cases"), std::string::npos);
  EXPECT_NE(mistake([] { return rows_from_csv("title\n\"a", "t.csv"); }).find("quote"), std::string::npos);
}

TEST(Sweep, SpreadsheetsAreReadAsTheyAreWritten) {
  const auto refused = [](std::string_view text) { return mistake([&] { return rows_from_csv(text, "t.csv"); }); };
  EXPECT_NE(refused("stride\n1\r2\n").find("t.csv, line 2: a carriage return within a cell"), std::string::npos);
  EXPECT_NE(refused("stride\r1\r").find("line 1: a carriage return"), std::string::npos);
  EXPECT_NE(refused("stride\n\"1\"2\n").find("line 2: \"2\" stands behind a closing quote"), std::string::npos);
  EXPECT_NE(refused("title\n5\"\n").find("does not begin with one"), std::string::npos);
  EXPECT_NE(refused("stride,stride\n1,2\n").find("names stride twice"), std::string::npos);
  EXPECT_NE(refused("stride,strides\n1,2\n").find("names stride twice"), std::string::npos);
  const Dimension rows = rows_from_csv("title,stride\r\n \"a\r\nb\rc\" , 2 \r\n\"d\",3", "t.csv");
  EXPECT_EQ(texts(rows), (Texts{"a\r\nb\rc", "d"}));
  EXPECT_EQ(rows.rows[0][1].text, "2");
}

std::vector<SweepJob> sweep_file(std::string_view text) {
  return from_sweep_toml(text, "s.toml", "folder", [](const std::string& path) {
    EXPECT_EQ(path, "folder/rows.csv");
    return std::string("padding\n0\n1\n");
  });
}

TEST(SweepFile, JobsShareDefaultsAndReplaceAxes) {
  const auto jobs = sweep_file(
      "theme = 'dark'\naxes = {stride = [1, 2], kernel_size = '2..4'}\n"
      "[[job]]\nlayer = 'conv2d'\n[[job]]\nlayer = 'max-pool2d'\naxes = {stride = [3]}\nzip = false\n");
  ASSERT_EQ(jobs.size(), 2U);
  EXPECT_EQ(jobs[0].spec.show.theme, "dark");
  EXPECT_EQ(case_count(jobs[0].dimensions), 6);
  EXPECT_EQ(case_count(jobs[1].dimensions), 3);
}

TEST(SweepFile, AxesKeepTheOrderInWhichTheyAreWritten) {
  const auto jobs = sweep_file("layer = 'conv2d'\n[axes]\nstride = [1, 2]\nkernel_size = [3, [1, 2]]\n");
  EXPECT_EQ(swept_names(jobs.at(0).dimensions).at(0), "stride");
  EXPECT_EQ(case_at({}, jobs[0].dimensions, 1).kernel_size, (Sizes{1, 2}));
}

TEST(SweepFile, RowsFromASpreadsheetAndInPlace) {
  EXPECT_EQ(case_count(sweep_file("layer = 'conv2d'\ncases = 'rows.csv'\n").at(0).dimensions), 2);
  EXPECT_EQ(
      case_count(
          sweep_file("layer = 'conv2d'\n[[case]]\nstride = 1\n[[case]]\nstride = 2\npadding = 1\n").at(0).dimensions),
      2);
}

TEST(SweepFile, MistakesHaveTheirLine) {
  EXPECT_NE(mistake([] { return sweep_file("layer = 'conv2d'\n[axes]\nstrid = [1]\n"); }).find("s.toml:3"),
            std::string::npos);
  EXPECT_NE(mistake([] { return sweep_file("layer = 'conv2d'\nzip = 1\n"); }).find("s.toml:2"), std::string::npos);
  EXPECT_NE(mistake([] { return sweep_file("[[case]]\nstride = 1\nstrides = 2\n"); }).find("s.toml:3"),
            std::string::npos);
  EXPECT_NE(mistake([] { return sweep_file("job = 1\n"); }).find("[[job]]"), std::string::npos);
  EXPECT_NE(mistake([] { return sweep_file("axes = 1\n"); }).find("table of lists"), std::string::npos);
  EXPECT_NE(mistake([] { return sweep_file("[axes]\nstride = [0]\n"); }).find("s.toml:2"), std::string::npos);
}

RC_GTEST_PROP(Sweep, EveryCaseOfAProductIsDifferent, ()) {
  const auto a = *rc::gen::inRange(1, 6), b = *rc::gen::inRange(1, 6);
  const std::vector<Dimension> axes{range_axis("stride=1.." + std::to_string(a)),
                                    range_axis("dilation=1.." + std::to_string(b))};
  RC_ASSERT(case_count(axes) == a * b);
  std::vector<JobSpec> seen;
  for (std::int64_t i = 0; i < a * b; ++i) {
    const JobSpec spec = case_at({}, axes, i);
    RC_ASSERT(std::find(seen.begin(), seen.end(), spec) == seen.end());
    seen.push_back(spec);
  }
}

}  // namespace
}  // namespace convreel::job
