#include "output/png/strip.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "output/options.hpp"
#include "output/png/image.hpp"
#include "output/sheet.hpp"

namespace convreel::output {

namespace {

using base::Error;
using base::ErrorKind;

constexpr int kMostPictures = 64;
constexpr double kMostPixels = 64e6;

StripForm grid_form(const std::string& text) {
  const auto sides = base::split(text, 'x');
  const auto rows = base::parse_int(sides.front());
  const auto columns = sides.size() == 2 ? base::parse_int(sides.back()) : std::nullopt;
  if (!rows || !columns || *rows < 1 || *columns < 1 || *rows > kMostPictures || *columns > kMostPictures ||
      *rows * *columns > kMostPictures)
    throw Error(ErrorKind::usage,
                fmt::format("png:grid={}: expected rows x columns of at most {} pictures", text, kMostPictures),
                "grid=3x4 shows three rows of four");
  return {*rows * *columns, *columns};
}

paint::Raster sheet_raster(const paint::Raster& one, scene::Size sheet, bool fitted) {
  paint::Raster raster = one;
  if (!fitted && sheet.width * sheet.height * one.scale * one.scale > kMostPixels)
    throw Error(
        ErrorKind::usage,
        fmt::format("a sheet of {:.0f}x{:.0f} pixels is too large", sheet.width * one.scale, sheet.height * one.scale),
        "show fewer pictures, make them smaller (scale=0.5) or give --size");
  const paint::Raster made =
      fitted ? paint::raster_fitted(sheet, one.width, one.height) : paint::raster_for(sheet, one.scale);
  raster.width = made.width;
  raster.height = made.height;
  raster.scale = made.scale;
  raster.offset_x = made.offset_x;
  raster.offset_y = made.offset_y;
  return raster;
}

class StripExporter final : public RasterExporter {
 public:
  StripExporter(const Subject& subject, const paint::Raster& raster, const StripForm& form)
      : subject_(subject),
        sheet_(contact_sheet(subject.reel, subject.job.show, key_shots(subject.reel, form.pictures), form.columns)),
        raster_(sheet_raster(raster, sheet_.canvas, subject.job.show.size.has_value())) {}

  void add(const Frame&) override {}

  void finish(base::ByteSink& sink) override {
    paint::Painter painter(subject_.theme, raster_);
    const PngText text{subject_.reel.title(), subject_.reel.alt_text()};
    write_png(painter.paint(sheet_), raster_.transparent, text, sink);
  }

 private:
  Subject subject_;
  scene::Scene sheet_;
  paint::Raster raster_;
};

}  // namespace

std::optional<StripForm> strip_form(const job::Output& output) {
  const auto strip = output.options.find("strip"), grid = output.options.find("grid"), none = output.options.end();
  if (strip == none && grid == none) return std::nullopt;
  if (strip != none && grid != none)
    throw Error(ErrorKind::usage, fmt::format("{}: strip and grid contradict each other", output.path),
                "strip=6 is a row, grid=3x4 three rows of four");
  if (output.options.contains("still"))
    throw Error(ErrorKind::usage, fmt::format("{}: a strip shows many pictures, a still one", output.path),
                "give strip, grid or still");
  if (output.path.find('{') != std::string::npos)
    throw Error(ErrorKind::usage, fmt::format("{}: a strip is one file, numbered files are many", output.path),
                "leave out {n}, or the strip");
  if (grid != none) return grid_form(grid->second);
  const int pictures = whole_option(output, "strip", 0, 1, kMostPictures);
  return StripForm{pictures, pictures};
}

std::unique_ptr<RasterExporter> strip_exporter(const Subject& subject, const paint::Raster& raster,
                                               const StripForm& form) {
  return std::make_unique<StripExporter>(subject, raster, form);
}

}  // namespace convreel::output
