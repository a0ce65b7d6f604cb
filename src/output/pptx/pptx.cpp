// PPTX: one slide with the animation, as MP4 or GIF, or a slide a step. The slides are in pptx_slide.cpp, what lies
// around them in pptx_parts.cpp.
#include "output/pptx/pptx.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "encode/archive.hpp"
#include "output/credit.hpp"
#include "output/gif/gif.hpp"
#include "output/png/png.hpp"
#include "output/pptx/parts.hpp"
#include "output/pptx/slide.hpp"
#include "output/sheet.hpp"
#include "output/video/video.hpp"
#include "output/words.hpp"
#include "words/sentences.hpp"

namespace convreel::output {

namespace {

using FileBytes = std::vector<std::uint8_t>;

FileBytes png_bytes(const base::ImageView& image, const std::string& title, const std::string& alt) {
  base::MemorySink sink;
  write_png(image, false, PngText{title, alt}, sink);
  return sink.bytes();
}

std::string media_path(const std::string& file) { return "ppt/media/" + file; }

/// The archive: what lies around the slides, the slides, their media.
void write_presentation(const Subject& subject, const std::vector<Slide>& slides, std::vector<encode::ZipPart> media,
                        base::ByteSink& sink) {
  std::vector<encode::ZipPart> parts;
  for (const XmlPart& part :
       presentation_parts(slides.size(), subject.reel.title(), subject.reel.alt_text(), credit(subject)))
    parts.emplace_back(part.path, part.text);
  for (std::size_t n = 0; n < slides.size(); ++n) {
    parts.emplace_back(fmt::format("ppt/slides/slide{}.xml", n + 1), slide_xml(slides[n]));
    parts.emplace_back(fmt::format("ppt/slides/_rels/slide{}.xml.rels", n + 1), slide_relations_xml(slides[n]));
  }
  for (encode::ZipPart& part : media) parts.push_back(std::move(part));
  encode::archiver().write(parts, sink);
}

Slide empty_slide(const Subject& subject, const paint::Raster& raster) {
  Slide slide;
  slide.title = subject.reel.title();
  slide.alt = subject.reel.alt_text();
  slide.width = raster.width;
  slide.height = raster.height;
  const auto fill = subject.theme.of(scene::Role::background).fill.value_or(theme::Colour{255, 255, 255});
  slide.background = fmt::format("{:02X}{:02X}{:02X}", fill.r, fill.g, fill.b);
  return slide;
}

/// One slide; the animation in it is another exporter's work.
class AnimationSlide final : public RasterExporter {
 public:
  AnimationSlide(const Subject& subject, const paint::Raster& raster)
      : media_(subject.output.options.media == job::SlideMedia::gif ? "gif" : "mp4"),
        output_{subject.output.path, media_, {}},
        subject_{subject.job, subject.reel, subject.theme, output_, subject.version},
        slide_(empty_slide(subject, raster)) {
    output_.options.fps = subject.output.options.fps;
    output_.options.crf = subject.output.options.crf;
    slide_.video.click = subject.output.options.start == job::SlideStart::click;
    inner_ = media_ == "gif" ? make_gif(subject_, raster) : make_mp4(subject_, raster);
  }

  [[nodiscard]] bool wants_survey() const override { return inner_->wants_survey(); }
  [[nodiscard]] bool satisfied() const override { return inner_->satisfied(); }
  void survey(const Frame& frame) override {
    inner_->survey(frame);
    remember(frame);
  }
  void add(const Frame& frame) override {
    inner_->add(frame);
    remember(frame);
  }

  [[nodiscard]] bool too_many_colours() const override { return inner_->too_many_colours(); }
  void begin(base::ByteSink&) override { inner_->begin(animation_); }

  void finish(base::ByteSink& sink) override {
    inner_->finish(animation_);
    std::vector<encode::ZipPart> media;
    const std::string file = "media1." + media_;
    slide_.picture = media_ == "gif" ? file : "image1.png";
    if (media_ == "mp4") {
      slide_.video = {file, subject_.reel.length(), subject_.job.show.loop, slide_.video.click};
      media.emplace_back(media_path(slide_.picture), png_bytes(last_.view(), slide_.title, slide_.alt), false);
    }
    media.emplace_back(media_path(file), animation_.bytes(), false);
    write_presentation(subject_, {slide_}, std::move(media), sink);
  }

 private:
  /// The last picture is the finished result: the video's poster.
  void remember(const Frame& frame) { last_ = base::Image(frame.image); }

  std::string media_;
  job::Output output_;
  Subject subject_;
  Slide slide_;
  std::unique_ptr<RasterExporter> inner_;
  base::MemorySink animation_;
  base::Image last_;
};

/// A slide a still: of all pictures, which come in order, those are kept.
class StepSlides final : public RasterExporter {
 public:
  StepSlides(const Subject& subject, const paint::Raster& raster)
      : subject_(subject), raster_(raster), stills_(subject.reel.stills()) {
    subject.job.limits.hold(base::Limit::slides, static_cast<double>(stills_.size()),
                            fmt::format("{} steps would be {} slides", stills_.size(), stills_.size()));
  }

  void add(const Frame& frame) override {
    const std::int64_t shot = seen_++;
    if (slides_.size() == stills_.size() || shot != stills_[slides_.size()]) return;
    slides_.push_back(slide_of(shot));
    media_.emplace_back(media_path(slides_.back().picture),
                        png_bytes(frame.image, slides_.back().title, slides_.back().alt), false);
  }

  void finish(base::ByteSink& sink) override { write_presentation(subject_, slides_, std::move(media_), sink); }

 private:
  [[nodiscard]] Slide slide_of(std::int64_t shot) const {
    Slide slide = empty_slide(subject_, raster_);
    const std::string caption = shot_caption(subject_.reel, subject_.job.show, shot);
    slide.title = words::say(words::kStepTitle, {{"title", slide.title}, {"step", caption}});
    slide.alt = caption + ": " + sentences(subject_.reel.shot(shot).scene) + "\n" + slide.alt;
    slide.picture = fmt::format("image{}.png", slides_.size() + 1);
    return slide;
  }

  Subject subject_;
  paint::Raster raster_;
  std::vector<std::int64_t> stills_;
  std::int64_t seen_ = 0;
  std::vector<Slide> slides_;
  std::vector<encode::ZipPart> media_;
};

void refuse_given(bool given, std::string_view key, std::string_view why, std::string_view way_out) {
  if (given)
    throw base::Error(base::ErrorKind::usage, fmt::format("pptx:{}: {}", key, why),
                      fmt::format("leave out {}, or {}", key, way_out));
}

}  // namespace

void check_pptx(const job::Output& output, const job::Show&) {
  const job::OutputOptions& options = output.options;
  if (options.slides == job::Slides::animation) {
    const bool gif = options.media == job::SlideMedia::gif;
    refuse_given(gif && options.crf, "crf", "a GIF loses nothing and has no rate factor", "media=gif");
    return refuse_given(gif && options.keyframes.chosen(), "keyframes", "a GIF has no key frames", "media=gif");
  }
  constexpr std::string_view kStills = "a slide a step has still pictures only";
  refuse_given(options.media.chosen(), "media", kStills, "slides=steps");
  refuse_given(options.start.chosen(), "start", kStills, "slides=steps");
  refuse_given(options.crf.has_value(), "crf", kStills, "slides=steps");
  refuse_given(options.keyframes.chosen(), "keyframes", kStills, "slides=steps");
}

std::unique_ptr<RasterExporter> make_pptx(const Subject& subject, const paint::Raster& raster) {
  if (subject.output.options.slides == job::Slides::steps) return std::make_unique<StepSlides>(subject, raster);
  return std::make_unique<AnimationSlide>(subject, raster);
}

}  // namespace convreel::output
