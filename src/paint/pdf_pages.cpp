#include "paint/pdf_pages.hpp"

#include <cairo-pdf.h>
#include <fmt/format.h>

#include <exception>

#include "base/error.hpp"
#include "paint/item_painter.hpp"
#include "paint/vector_plane.hpp"

namespace convreel::paint {

namespace {

constexpr double kPointsPerUnit = 0.75;
constexpr double kFineness = 4;  // edges are rounded to quarter units, so that neighbours still share them
constexpr const char* kEpoch = "1970-01-01T00:00:00Z";

}  // namespace

class PdfPages::Work {
 public:
  Work(const theme::Theme& theme, base::ByteSink& sink, const Words& words)
      : theme_(theme),
        sink_(sink),
        surface_(cairo_pdf_surface_create_for_stream(&Work::take, this, 1, 1)),
        context_(cairo_create(surface_.get())),
        plane_(theme_, context_.get()),
        items_(theme_, Snap(kFineness, 0, 0), plane_) {
    note(CAIRO_PDF_METADATA_TITLE, words.title.c_str());
    note(CAIRO_PDF_METADATA_SUBJECT, words.subject.c_str());
    if (!words.keywords.empty()) note(CAIRO_PDF_METADATA_KEYWORDS, words.keywords.c_str());
    note(CAIRO_PDF_METADATA_CREATE_DATE, kEpoch);
    note(CAIRO_PDF_METADATA_MOD_DATE, kEpoch);
  }

  ~Work() { abandoned_ = true; }

  void page(const scene::Scene& scene) { sheet(scene.canvas, {{scene, {}, 1}}); }

  void sheet(scene::Size size, const std::vector<Placed>& scenes) {
    cairo_pdf_surface_set_size(surface_.get(), size.width * kPointsPerUnit, size.height * kPointsPerUnit);
    look_at({}, 1);
    plane_.clear(Snap(kFineness, 0, 0).box({0, 0, size.width, size.height}));
    for (const Placed& placed : scenes) {
      look_at(placed.at, placed.scale);
      for (const scene::Item* item : scene::visible(placed.scene)) items_.paint(*item);
    }
    cairo_show_page(context_.get());
    check();
  }

  void finish() {
    cairo_surface_finish(surface_.get());
    check();
  }

 private:
  static cairo_status_t take(void* self, const unsigned char* bytes, unsigned int count) {
    auto& work = *static_cast<Work*>(self);
    if (work.abandoned_ || work.thrown_) return CAIRO_STATUS_WRITE_ERROR;
    try {
      work.sink_.write(std::span<const std::uint8_t>(bytes, count));
      return CAIRO_STATUS_SUCCESS;
    } catch (...) {
      work.thrown_ = std::current_exception();
      return CAIRO_STATUS_WRITE_ERROR;
    }
  }

  /// What is drawn from now on has its origin at `at` and is scaled.
  void look_at(scene::Point at, double scale) {
    cairo_identity_matrix(context_.get());
    cairo_scale(context_.get(), kPointsPerUnit, kPointsPerUnit);
    cairo_translate(context_.get(), at.x, at.y);
    cairo_scale(context_.get(), scale / kFineness, scale / kFineness);
  }

  void note(cairo_pdf_metadata_t field, const char* text) {
    cairo_pdf_surface_set_metadata(surface_.get(), field, text);
  }

  void check() const {
    if (thrown_) std::rethrow_exception(thrown_);
    const cairo_status_t context = cairo_status(context_.get()), surface = cairo_surface_status(surface_.get());
    const cairo_status_t status = surface != CAIRO_STATUS_SUCCESS ? surface : context;
    if (status != CAIRO_STATUS_SUCCESS && status != CAIRO_STATUS_SURFACE_FINISHED)
      throw base::Error(base::ErrorKind::run_time,
                        fmt::format("the PDF cannot be written: {}", cairo_status_to_string(status)));
  }

  theme::Theme theme_;
  base::ByteSink& sink_;
  std::exception_ptr thrown_;
  bool abandoned_ = false;
  Owned<cairo_surface_t> surface_;
  Owned<cairo_t> context_;
  VectorPlane plane_;
  ItemPainter items_;
};

PdfPages::PdfPages(const theme::Theme& theme, base::ByteSink& sink, const Words& words)
    : work_(std::make_unique<Work>(theme, sink, words)) {}
PdfPages::~PdfPages() = default;

void PdfPages::page(const scene::Scene& scene) { work_->page(scene); }
void PdfPages::sheet(scene::Size size, const std::vector<Placed>& scenes) { work_->sheet(size, scenes); }
void PdfPages::finish() { work_->finish(); }

}  // namespace convreel::paint
