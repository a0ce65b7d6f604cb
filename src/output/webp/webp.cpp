#include "output/webp/webp.hpp"

#include <fmt/format.h>
#include <webp/encode.h>
#include <webp/mux.h>

#include <algorithm>
#include <new>
#include <utility>

#include "base/error.hpp"
#include "output/credit.hpp"
#include "output/pixels/pixels.hpp"
#include "output/ticks.hpp"

namespace convreel::output {

namespace {

constexpr std::int64_t kRate = 1000;  ///< WebP's clock: milliseconds
constexpr int kLargestWebpSide = WEBP_MAX_DIMENSION;
constexpr int kMostWebpPlays = 65535;

struct Release {
  void operator()(WebPMux* mux) const { WebPMuxDelete(mux); }
  void operator()(WebPAnimEncoder* encoder) const { WebPAnimEncoderDelete(encoder); }
  void operator()(WebPPicture* picture) const {
    WebPPictureFree(picture);
    delete picture;
  }
};

[[noreturn]] void fail(std::string_view words) {
  throw base::Error(base::ErrorKind::run_time, fmt::format("libwebp: {}", words));
}

void check(int answer, const char* what) {
  if (!answer) fail(what);
}

struct FinishedFile {
  WebPData data;
  FinishedFile() { WebPDataInit(&data); }
  ~FinishedFile() { WebPDataClear(&data); }
  FinishedFile(const FinishedFile&) = delete;
  FinishedFile& operator=(const FinishedFile&) = delete;
};

class WebpExporter final : public RasterExporter {
 public:
  explicit WebpExporter(const WebpSettings& settings)
      : rule_{settings.alpha ? Alpha::full : Alpha::none},
        rights_(settings.rights),
        canvas_(settings.width, settings.height),
        picture_(new WebPPicture) {
    WebPAnimEncoderOptions options;
    check(WebPAnimEncoderOptionsInit(&options) && WebPConfigInit(&config_) && WebPPictureInit(picture_.get()) &&
              WebPConfigLosslessPreset(&config_, settings.effort),
          "another version than this program was built for");
    config_.exact = 1;
    options.anim_params.loop_count = settings.plays;
    options.kmax = 0;  // no key frames: nobody seeks in a loop, and each costs a whole picture
    encoder_.reset(WebPAnimEncoderNew(settings.width, settings.height, &options));
    picture_->use_argb = 1;
    picture_->width = settings.width;
    picture_->height = settings.height;
    if (!encoder_ || !WebPPictureAlloc(picture_.get())) throw std::bad_alloc();
  }

  void add(const Frame& frame) override {
    const base::PixelRect changed = canvas_.update(frame);
    // A picture that stands for no millisecond cannot be stored: the next one, which sees its changes, takes its place.
    unsent_ = unsent_ || !changed.empty();
    take(frame.image, changed);
    const std::int64_t start = ticks(frame.start, kRate), end = ticks(frame.start + frame.duration, kRate);
    end_ = end;
    if (!unsent_ || start == end) return;
    send(start);
    unsent_ = false;
  }

  void finish(base::ByteSink& sink) override {
    if (unsent_) send(end_++);
    // The closing call without a picture says when the last one ends.
    check(WebPAnimEncoderAdd(encoder_.get(), nullptr, static_cast<int>(end_), nullptr), "the last time");
    FinishedFile file;
    check(WebPAnimEncoderAssemble(encoder_.get(), &file.data), WebPAnimEncoderGetError(encoder_.get()));
    if (!rights_.empty()) add_rights(file);
    sink.write(std::span(file.data.bytes, file.data.size));
  }

 private:
  void add_rights(FinishedFile& file) const {
    const std::string xmp = fmt::format(
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF "
        "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description "
        "rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:rights><rdf:Alt><rdf:li "
        "xml:lang=\"x-default\">{}</rdf:li>"
        "</rdf:Alt></dc:rights></rdf:Description></rdf:RDF></x:xmpmeta>",
        rights_);
    const std::unique_ptr<WebPMux, Release> mux(WebPMuxCreate(&file.data, 1));
    const WebPData chunk{reinterpret_cast<const std::uint8_t*>(xmp.data()), xmp.size()};
    FinishedFile whole;
    check(mux && WebPMuxSetChunk(mux.get(), "XMP ", &chunk, 1) == WEBP_MUX_OK &&
              WebPMuxAssemble(mux.get(), &whole.data) == WEBP_MUX_OK,
          "the file's rights");
    std::swap(file.data, whole.data);
  }

  void take(const base::ImageView& image, const base::PixelRect& changed) {
    for (int y = changed.y; y < changed.y + changed.height; ++y) {
      const std::uint32_t* row = image.row(y) + changed.x;
      std::transform(row, row + changed.width, picture_->argb + std::ptrdiff_t{y} * picture_->argb_stride + changed.x,
                     rule_);
    }
  }

  void send(std::int64_t start) {
    if (!WebPAnimEncoderAdd(encoder_.get(), picture_.get(), static_cast<int>(start), &config_))
      fail(WebPAnimEncoderGetError(encoder_.get()));
  }

  PixelRule rule_;
  std::string rights_;
  Canvas canvas_;
  WebPConfig config_{};
  std::unique_ptr<WebPPicture, Release> picture_;
  std::unique_ptr<WebPAnimEncoder, Release> encoder_;
  bool unsent_ = false;
  std::int64_t end_ = 0;
};

}  // namespace

std::unique_ptr<RasterExporter> webp_exporter(const WebpSettings& settings) {
  if (settings.width > kLargestWebpSide || settings.height > kLargestWebpSide)
    throw base::Error(base::ErrorKind::usage,
                      fmt::format("a WebP is at most {} pixels wide and high, not {}x{}", kLargestWebpSide,
                                  settings.width, settings.height),
                      "use a smaller --cell or :scale=");
  WebpSettings held = settings;
  held.plays = std::min(held.plays, kMostWebpPlays);
  return std::make_unique<WebpExporter>(held);
}

std::unique_ptr<RasterExporter> make_webp(const Subject& subject, const paint::Raster& raster) {
  return webp_exporter({raster.width, raster.height, raster.transparent, subject.job.show.loop,
                        subject.output.options.effort, credit(subject)});
}

}  // namespace convreel::output
