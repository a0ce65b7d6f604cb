#include "output/video/video.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "output/credit.hpp"
#include "output/options.hpp"
#include "output/pixels/pixels.hpp"
#include "output/ticks.hpp"

namespace convreel::output {

namespace {

constexpr base::Duration kKeyAfter = std::chrono::seconds(10);

class VideoExporter final : public RasterExporter {
 public:
  VideoExporter(const encode::VideoSettings& settings, job::Keyframes keyframes)
      : fps_(settings.fps),
        keyframes_(keyframes),
        writer_(encode::media().open_video(settings)),
        canvas_(settings.width, settings.height) {}

  [[nodiscard]] bool works_aside() const override { return writer_->codes_aside(); }

  void add(const Frame& frame) override {
    const std::int64_t end = ticks(frame.start + frame.duration, fps_);
    key_ = key_ || key_wanted(frame);
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
  /// A chapter is sought for, and so is a step when the last key frame is long ago: a key frame is most of what a step
  /// costs, and players decode ten seconds of pictures that hardly change in no time.
  [[nodiscard]] bool key_wanted(const Frame& frame) {
    if (frame.begins == story::Begins::nothing) return false;
    const bool wanted = keyframes_ == job::Keyframes::steps || frame.begins == story::Begins::chapter ||
                        frame.start - last_key_ >= kKeyAfter;
    if (wanted) last_key_ = frame.start;
    return wanted;
  }

  void show(std::int64_t frames) {
    writer_->add({canvas_.picture(), &changed_}, frames, key_);
    changed_.clear();
    key_ = false;
  }

  std::int64_t fps_;
  job::Keyframes keyframes_;
  std::unique_ptr<encode::VideoWriter> writer_;
  Canvas canvas_;
  std::vector<base::PixelRect> changed_;  ///< since the picture that got a frame last
  base::Duration last_key_{};
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

std::unique_ptr<RasterExporter> video_exporter(const encode::VideoSettings& settings, job::Keyframes keyframes) {
  return std::make_unique<VideoExporter>(settings, keyframes);
}

namespace {

/// A window gives back what it covered some pictures ago. As many pictures as H.264's level 5 keeps of this size, which
/// decoders in hardware know, and no more than help.
int references(const paint::Raster& raster) {
  constexpr int kLevelBlocks = 110400, kMost = 8;
  const auto blocks = [](int pixels) { return (pixels + 15) / 16; };
  return std::clamp(kLevelBlocks / (blocks(raster.width) * blocks(raster.height)), 1, kMost);
}

}  // namespace

std::unique_ptr<RasterExporter> make_mp4(const Subject& subject, const paint::Raster& raster) {
  encode::VideoSettings settings = settings_for(subject, raster);
  settings.muxer = "mp4";
  settings.codec = "libx264";
  // Nothing needs to look ahead: key frames come from the story, and frames that wait are memory. References without
  // weights and in their order let pictures that stand be repeated without coding them. What is coded once and then
  // stands is coded well: key frames and, or pale cells change their hue, colour. Flat colours want no deblocking, and
  // measured likeness no tuning for the eye. docs/decisions/mp4-settings.md has the figures.
  settings.codec_options = {
      {"preset", std::string(*subject.output.options.preset)},
      {"qp", std::to_string(subject.output.options.crf.value_or(25))},
      {"rc-lookahead", "0"},
      {"x264-params", fmt::format("scenecut=0:sync-lookahead=0:ref={}:weightp=0:no-deblock=1:psy=0:ipratio=2.55:"
                                  "chroma-qp-offset=-7",
                                  references(raster))}};
  settings.muxer_options = {{"movflags", "+faststart"}};  // the index before the pictures, for the web
  return video_exporter(settings, *subject.output.options.keyframes);
}

void check_webm(const job::Output& output, const job::Show& show) {
  const job::OutputOptions& options = output.options;
  if (options.codec == job::VideoCodec::av1 && options.chroma != "420")
    throw base::Error(base::ErrorKind::usage, "an AV1 WebM has chroma=420 only", "leave out chroma=, or codec=av1");
  if (show.transparent && (options.codec != job::VideoCodec::vp9 || options.chroma != "420"))
    throw base::Error(base::ErrorKind::usage, "a transparent WebM is VP9 with chroma=420 only",
                      "leave out codec= and chroma=, or --transparent");
}

namespace {

using CodecOptions = decltype(encode::VideoSettings::codec_options);

CodecOptions vp9_options() {
  return {{"deadline", "realtime"}, {"cpu-used", "3"},       {"tune-content", "screen"}, {"lag-in-frames", "0"},
          {"auto-alt-ref", "0"},    {"frame-parallel", "0"}, {"tile-columns", "0"}};
}

/// Two threads at most: more take memory that nobody foretells (webm_memory).
CodecOptions av1_options(int threads) {
  return {{"preset", "8"},
          {"svtav1-params",
           fmt::format("enable-tf=0:hierarchical-levels={}:lp={}", encode::kAv1Levels, std::min(threads, 2))}};
}

void check_av1_size(const paint::Raster& raster) {
  constexpr int kLeast = 64;
  if (raster.width < kLeast || raster.height < kLeast)
    throw base::Error(base::ErrorKind::impossible,
                      fmt::format("{}x{} pixels are too few for AV1, which begins at {}x{}", raster.width,
                                  raster.height, kLeast, kLeast),
                      "a larger --size, :scale=2, or leave out codec=av1");
}

}  // namespace

std::unique_ptr<RasterExporter> make_webm(const Subject& subject, const paint::Raster& raster) {
  encode::VideoSettings settings = settings_for(subject, raster);
  const bool vp9 = subject.output.options.codec == job::VideoCodec::vp9;
  if (!vp9) check_av1_size(raster);
  if (raster.transparent) settings.pixel_format = "yuva420p";
  settings.muxer = "webm";
  settings.codec = vp9 ? "libvpx-vp9" : "libsvtav1";
  // Flat pictures that VP9 codes once each are worth a slow search, and no hidden frames; AV1 looks ahead instead, and
  // codes repeats too: docs/decisions/webm-settings.md.
  settings.codec_options = vp9 ? vp9_options() : av1_options(settings.threads);
  settings.codec_options["crf"] = std::to_string(subject.output.options.crf.value_or(vp9 ? 26 : 35));
  settings.muxer_options = {{"cues_to_front", "1"}};
  return video_exporter(settings, *subject.output.options.keyframes);
}

}  // namespace convreel::output
