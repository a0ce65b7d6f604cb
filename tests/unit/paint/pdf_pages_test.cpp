#include "paint/pdf_pages.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "unit/paint/example_scenes.hpp"

namespace convreel::test {
namespace {

std::string pdf(int pages) {
  base::MemorySink sink;
  const Story story;
  paint::PdfPages document(theme::load("light"), sink, {"A title", "What is seen"});
  for (int n = 0; n < pages; ++n) document.page(story.step(n));
  document.finish();
  return {sink.bytes().begin(), sink.bytes().end()};
}

int count(const std::string& text, const std::string& part) {
  int found = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

TEST(PdfPages, HasTitleFixedDateFontsAndAPageAScene) {
  const std::string text = pdf(3);
  EXPECT_EQ(text.substr(0, 5), "%PDF-");
  for (const char* part :
       {"(A title)", "(What is seen)", "/CreationDate (19700101", "/ModDate (19700101", "Inter", "/Count 3\n"})
    EXPECT_EQ(count(text, part) > 0, true) << part;
  EXPECT_EQ(count(text, "/Subtype /Image"), 0);
}

TEST(PdfPages, BytesNeverVary) { EXPECT_EQ(pdf(2), pdf(2)); }

TEST(PdfPages, SheetOfAllRolesIsWritten) {
  base::MemorySink sink;
  paint::PdfPages document(theme::load("print"), sink, {});
  document.page(sheet());
  document.finish();
  EXPECT_GT(sink.bytes().size(), 5000U);
}

class FullDisk final : public base::ByteSink {
 public:
  using ByteSink::write;
  void write(std::span<const std::uint8_t>) override {
    throw base::Error(base::ErrorKind::run_time, "the disk is full");
  }
};

TEST(PdfPages, PassesOnWhatTheSinkThrew) {
  FullDisk sink;
  const auto write = [&] {
    paint::PdfPages document(theme::load("light"), sink, {});
    document.page(Story().step(0));
    document.finish();
  };
  EXPECT_THROW(write(), base::Error);
}

TEST(PdfPages, AbandonedOnesWriteNoEnd) {
  base::MemorySink sink;
  { paint::PdfPages(theme::load("light"), sink, {}).page(Story().step(0)); }
  const std::string text(sink.bytes().begin(), sink.bytes().end());
  EXPECT_EQ(text.find("%%EOF"), std::string::npos);
}

}  // namespace
}  // namespace convreel::test
