// The table of formats, row by row.
#include "output/formats.hpp"

#include <gtest/gtest.h>

#include <set>

#include "base/error.hpp"
#include "output/options.hpp"

namespace convreel {
namespace {

using output::Format;
using output::format_named;
using output::format_of;
using output::formats;

TEST(Formats, HaveOneWayToBeMadeAndOwnNames) {
  std::set<std::string_view> names, endings;
  for (const Format& format : formats()) {
    EXPECT_NE(format.make_raster == nullptr, format.write_document == nullptr) << format.name;
    EXPECT_EQ(format.savings != nullptr, format.make_raster != nullptr) << format.name << ": what it can give up";
    EXPECT_TRUE(names.insert(format.name).second) << format.name;
    EXPECT_TRUE(endings.insert(format.ending).second) << format.name;
    EXPECT_EQ(format.ending.front(), '.');
    EXPECT_FALSE(format.summary.empty());
    EXPECT_GT(format.fps, 0);
    EXPECT_GT(format.scale, 0);
    EXPECT_EQ(format_named(format.name), &format);
    EXPECT_EQ(format_of("some.folder/a b" + std::string(format.ending)), &format);
  }
}

TEST(Formats, AreToldByEndingWhateverItsCase) {
  EXPECT_EQ(format_of("A.GIF"), format_named("gif"));
  EXPECT_EQ(format_of("a.apng"), format_named("apng"));
  EXPECT_EQ(format_of("a.gif.bak"), nullptr);
  EXPECT_EQ(format_of("gif"), nullptr);
  EXPECT_EQ(format_named("GIF"), nullptr);
}

TEST(Options, AreCheckedWithTheirNames) {
  const job::Output output{"a.mp4", "mp4", {{"crf", "99"}, {"preset", "sloow"}, {"fps", "12"}, {"matte", "#102030"}}};
  constexpr std::string_view kPresets[] = {"medium", "slow"};
  const auto message = [](auto call) -> std::string {
    try {
      (void)call();
    } catch (const base::Error& error) {
      EXPECT_EQ(error.kind(), base::ErrorKind::usage);
      return error.problems()[0].message + " | " + error.problems()[0].hint;
    }
    return "accepted";
  };
  EXPECT_EQ(message([&] { return output::whole_option(output, "crf", 17, 0, 51); }),
            "mp4:crf=99: expected a whole number from 0 to 51 | ");
  EXPECT_EQ(message([&] { return output::choice_option(output, "preset", kPresets); }),
            "mp4:preset=sloow: expected one of medium, slow | did you mean slow?");
  EXPECT_EQ(output::whole_option(output, "fps", 25, 1, 240), 12);
  EXPECT_EQ(output::whole_option(output, "quality", 25, 1, 240), 25);
  EXPECT_EQ(output::choice_option(output, "chroma", kPresets), "medium");
  EXPECT_EQ(output::colour_option(output, "matte", {}), 0xFF102030u);
  EXPECT_EQ(message([&] { return output::colour_option(output, "preset", {}); }),
            "mp4:preset=sloow: expected a colour such as #FFFFFF | ");
}

}  // namespace
}  // namespace convreel
