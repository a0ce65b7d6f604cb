// Archives read back by libzip's own reader are no proof, so their structure is looked at byte by byte here and by
// Python's zipfile in tests/cli/places_test.py.
#include "encode/archive.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "unit/output/drive.hpp"

namespace convreel {
namespace {

std::string archive(const std::vector<encode::ZipPart>& parts) {
  base::MemorySink sink;
  encode::archiver().write(parts, sink);
  return {sink.bytes().begin(), sink.bytes().end()};
}

TEST(Zip, KeepsOrderAndStoresWhatIsPacked) {
  const std::string text(1000, 'a');
  const std::string bytes = archive({{"first.xml", text}, {"média.mp4", {text.begin(), text.end()}, false}});
  EXPECT_EQ(bytes.substr(0, 4), "PK\3\4");
  EXPECT_LT(bytes.find("first.xml"), bytes.find("média.mp4"));
  EXPECT_NE(bytes.find(text), bytes.npos);                       // stored
  EXPECT_EQ(bytes.find(text), bytes.rfind(text));                // and the other is not
  EXPECT_EQ(bytes.substr(10, 4), std::string("\0\0\x21\0", 4));  // midnight, 1980-01-01
  EXPECT_EQ(bytes, archive({{"first.xml", text}, {"média.mp4", {text.begin(), text.end()}, false}}));
}

TEST(Zip, TellsOfAFullDisk) {
  test::FullDisk disk(10);
  EXPECT_THROW(encode::archiver().write({{"a", "b"}}, disk), base::Error);
}

}  // namespace
}  // namespace convreel
