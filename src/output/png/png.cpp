// A still: the last of the pictures it is given.
#include "output/png/png.hpp"

#include <utility>

#include "output/credit.hpp"
#include "output/png/strip.hpp"

namespace convreel::output {

namespace {

class PngExporter final : public RasterExporter {
 public:
  PngExporter(bool alpha, PngText text) : alpha_(alpha), text_(std::move(text)) {}

  void add(const Frame& frame) override {
    file_ = {};
    write_png(frame.image, alpha_, text_, file_);
  }
  void finish(base::ByteSink& sink) override { sink.write(file_.bytes()); }

 private:
  bool alpha_;
  PngText text_;
  base::MemorySink file_;
};

}  // namespace

std::unique_ptr<RasterExporter> png_exporter(bool alpha, PngText text) {
  return std::make_unique<PngExporter>(alpha, std::move(text));
}

std::unique_ptr<RasterExporter> make_png(const Subject& subject, const paint::Raster& raster) {
  const job::OutputOptions& options = subject.output.options;
  if (options.strip) return strip_exporter(subject, raster, *options.strip, std::nullopt);
  if (options.grid)
    return strip_exporter(subject, raster, options.grid->rows * options.grid->columns, options.grid->columns);
  return png_exporter(raster.transparent, {subject.reel.title(), subject.reel.alt_text(), credit(subject)});
}

}  // namespace convreel::output
