// PDF pages read back by poppler and qpdf.
#include "output/pdf/pdf.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <regex>

#include "base/error.hpp"
#include "support/pictures.hpp"
#include "support/support.hpp"
#include "unit/output/film.hpp"

namespace convreel::output {
namespace {

using test::Film;
using testing::HasSubstr;

/// What `program` says about the document; {} stands for its path.
std::string said(const std::string& document, const std::string& before, const std::string& after = "") {
  const test::TemporaryFolder folder;
  const auto path = folder.path() / "a.pdf";
  test::write_bytes(path, {reinterpret_cast<const std::uint8_t*>(document.data()), document.size()});
  return test::output_of(before + " '" + path.string() + "' " + after);
}

/// What pdfinfo says, its columns one space apart.
std::string info_of(const std::string& document) {
  return std::regex_replace(said(document, "pdfinfo"), std::regex(": +"), ": ");
}

class Pdf : public testing::Test {
 protected:
  [[nodiscard]] std::string pdf(const std::map<std::string, std::string>& options = {}) const {
    return film.written(&write_pdf, "pdf", options);
  }
  Film film{test::strided_conv()};
};

TEST_F(Pdf, HasAPageAStep) {
  const std::string info = info_of(pdf());
  EXPECT_THAT(info, HasSubstr("Pages: " + std::to_string(film.reel->stills().size())));
  EXPECT_THAT(info, HasSubstr("Title: " + film.reel->title()));
  EXPECT_THAT(info, HasSubstr("Subject: " + film.reel->alt_text()));
  EXPECT_THAT(info, HasSubstr("Keywords: Convolution, conv, convreel"));
  EXPECT_NO_THROW((void)said(pdf(), "qpdf --check"));
}

TEST_F(Pdf, TextCanBeSelected) {
  const std::string text = said(pdf(), "pdftotext -layout", "-");
  EXPECT_THAT(text, HasSubstr("Convolution"));
  EXPECT_THAT(text, HasSubstr("step 9 of 9"));
  EXPECT_EQ(std::count(text.begin(), text.end(), '\f'), static_cast<std::int64_t>(film.reel->stills().size()));
}

TEST_F(Pdf, FramesAreEveryShot) {
  EXPECT_THAT(info_of(pdf({{"pages", "frames"}})), HasSubstr("Pages: " + std::to_string(film.reel->size())));
}

TEST_F(Pdf, SheetsHoldSeveralPictures) {
  const auto stills = film.reel->stills().size();
  const std::string sheet = pdf({{"pages", "grid"}, {"columns", "2"}, {"rows", "3"}});
  EXPECT_THAT(info_of(sheet), HasSubstr("Pages: " + std::to_string((stills + 5) / 6)));
  EXPECT_THAT(said(sheet, "pdftotext", "-"), HasSubstr("step 1 of 9"));
  EXPECT_NO_THROW((void)said(sheet, "qpdf --check"));
}

TEST_F(Pdf, BytesNeverVary) {
  for (const char* pages : {"steps", "frames", "grid"}) EXPECT_EQ(pdf({{"pages", pages}}), pdf({{"pages", pages}}));
}

TEST_F(Pdf, OptionsAreChecked) {
  EXPECT_THROW((void)pdf({{"pages", "all"}}), base::Error);
  EXPECT_THROW((void)pdf({{"columns", "2"}}), base::Error);
  EXPECT_THROW((void)pdf({{"pages", "grid"}, {"rows", "0"}}), base::Error);
}

}  // namespace
}  // namespace convreel::output
