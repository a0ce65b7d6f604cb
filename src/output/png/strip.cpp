#include "output/png/strip.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "output/credit.hpp"
#include "output/png/image.hpp"
#include "output/sheet.hpp"

namespace convreel::output {

namespace {

using base::Error;
using base::ErrorKind;

paint::Raster sheet_raster(const paint::Raster& one, scene::Size sheet, bool fitted, const base::Limits& limits) {
  paint::Raster raster = one;
  const paint::Raster made =
      fitted ? paint::raster_fitted(sheet, one.width, one.height, limits) : paint::raster_for(sheet, one.scale, limits);
  raster.width = made.width;
  raster.height = made.height;
  raster.scale = made.scale;
  raster.offset_x = made.offset_x;
  raster.offset_y = made.offset_y;
  return raster;
}

class StripExporter final : public RasterExporter {
 public:
  StripExporter(const Subject& subject, const paint::Raster& raster, int pictures, std::optional<int> columns)
      : subject_(subject),
        sheet_(contact_sheet(subject.reel, subject.job.show, key_shots(subject.reel, pictures), columns)),
        raster_(sheet_raster(raster, sheet_.canvas, subject.job.show.size.has_value(), subject.job.limits)) {}

  void add(const Frame&) override {}

  void finish(base::ByteSink& sink) override {
    paint::Painter painter(subject_.theme, raster_);
    const PngText text{subject_.reel.title(), subject_.reel.alt_text(), credit(subject_)};
    write_png(painter.paint(sheet_), raster_.transparent, text, sink);
  }

 private:
  Subject subject_;
  scene::Scene sheet_;
  paint::Raster raster_;
};

}  // namespace

void check_png(const job::Output& output, const job::Show&) {
  const job::OutputOptions& options = output.options;
  if (!options.strip && !options.grid) return;
  if (options.strip && options.grid)
    throw Error(ErrorKind::usage, fmt::format("{}: strip and grid contradict each other", output.path),
                "strip=6 fills a page, grid=3x4 is three rows of four");
  if (options.still.chosen())
    throw Error(ErrorKind::usage, fmt::format("{}: a strip shows many pictures, a still one", output.path),
                "give strip, grid or still");
  if (output.path.find('{') != std::string::npos)
    throw Error(ErrorKind::usage, fmt::format("{}: a strip is one file, numbered files are many", output.path),
                "leave out {n}, or the strip");
}

std::unique_ptr<RasterExporter> strip_exporter(const Subject& subject, const paint::Raster& raster, int pictures,
                                               std::optional<int> columns) {
  return std::make_unique<StripExporter>(subject, raster, pictures, columns);
}

}  // namespace convreel::output
