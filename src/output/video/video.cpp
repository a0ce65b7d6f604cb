#include "output/video/video.hpp"

#include <fmt/format.h>

#include "output/credit.hpp"
#include "output/options.hpp"
#include "output/pixels/pixels.hpp"
#include "output/ticks.hpp"

namespace convreel::output {

namespace {

class VideoExporter final : public RasterExporter {
 public:
  explicit VideoExporter(const encode::VideoSettings& settings)
      : fps_(settings.fps), writer_(encode::media().open_video(settings)), canvas_(settings.width, settings.height) {}

  [[nodiscard]] bool works_aside() const override { return writer_->codes_aside(); }

  void add(const Frame& frame) override {
    const std::int64_t end = ticks(frame.start + frame.duration, fps_);
    key_ = key_ || frame.beat_start;
    const std::vector<base::PixelRect> changed = canvas_.changes(frame);
    changed_.insert(changed_.end(), changed.begin(), changed.end());
    pending_ = end - told_ < 1;
    if (pending_) return;  // it leaves its changes to the next one
    show(end - told_);
    told_ = end;
  }

  void finish(base::ByteSink& sink) override {
    // A last picture shorter than a frame is still the result: it gets one.
    if (pending_) show(1);
    writer_->finish(sink);
  }

 private:
  void show(std::int64_t frames) {
    writer_->add({canvas_.picture(), &changed_}, frames, key_);
    changed_.clear();
    key_ = false;
  }

  std::int64_t fps_;
  std::unique_ptr<encode::VideoWriter> writer_;
  Canvas canvas_;
  std::vector<base::PixelRect> changed_;  ///< since the picture that got a frame last
  std::int64_t told_ = 0;
  bool key_ = false, pending_ = false;
};

/// What MP4 and WebM share.
encode::VideoSettings settings_for(const Subject& subject, const paint::Raster& raster) {
  encode::VideoSettings settings;
  settings.width = raster.width;
  settings.height = raster.height;
  settings.fps = frame_rate(subject.output, subject.job.show);
  settings.threads = subject.threads;
  settings.title = subject.reel.title();
  settings.comment = subject.reel.alt_text();
  settings.copyright = credit(subject);
  settings.pixel_format = fmt::format("yuv{}p", *subject.output.options.chroma);
  return settings;
}

}  // namespace

std::unique_ptr<RasterExporter> video_exporter(const encode::VideoSettings& settings) {
  return std::make_unique<VideoExporter>(settings);
}

std::unique_ptr<RasterExporter> make_mp4(const Subject& subject, const paint::Raster& raster) {
  encode::VideoSettings settings = settings_for(subject, raster);
  settings.muxer = "mp4";
  settings.codec = "libx264";
  // Nothing needs to look ahead: key frames come where steps begin, and frames that wait are memory. One reference
  // without weights lets pictures that stand be repeated without coding them. Flat colours want no deblocking, and a
  // finer quantiser for colour, or pale cells change their hue.
  settings.codec_options = {
      {"preset", std::string(*subject.output.options.preset)},
      {"qp", std::to_string(subject.output.options.crf.value_or(32))},
      {"forced-idr", "1"},
      {"rc-lookahead", "0"},
      {"x264-params", "scenecut=0:sync-lookahead=0:ref=1:weightp=0:no-deblock=1:8x8dct=0:chroma-qp-offset=-6"}};
  settings.muxer_options = {{"movflags", "+faststart"}};  // the index before the pictures, for the web
  return video_exporter(settings);
}

void check_webm(const job::Output& output, const job::Show& show) {
  const job::OutputOptions& options = output.options;
  if (show.transparent && (options.codec != job::VideoCodec::vp9 || options.chroma != "420"))
    throw base::Error(base::ErrorKind::usage, "a transparent WebM is VP9 with chroma=420 only",
                      "leave out codec= and chroma=, or --transparent");
}

std::unique_ptr<RasterExporter> make_webm(const Subject& subject, const paint::Raster& raster) {
  encode::VideoSettings settings = settings_for(subject, raster);
  const bool vp9 = subject.output.options.codec == job::VideoCodec::vp9;
  if (raster.transparent) settings.pixel_format = "yuva420p";
  settings.muxer = "webm";
  settings.codec = vp9 ? "libvpx-vp9" : "libaom-av1";
  const int crf = subject.output.options.crf.value_or(vp9 ? 36 : 30);
  // The pictures are nearly still: the real-time coders are five times as fast for a seventh more bytes.
  settings.codec_options = {
      {"crf", std::to_string(crf)}, {"cpu-used", vp9 ? "5" : "8"}, {"row-mt", "1"}, {"lag-in-frames", "0"}};
  settings.codec_options.emplace(vp9 ? "deadline" : "usage", "realtime");
  settings.muxer_options = {{"cues_to_front", "1"}};
  return video_exporter(settings);
}

}  // namespace convreel::output
