#include "output/gif/gif.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <numeric>
#include <optional>

#include "base/error.hpp"
#include "output/credit.hpp"
#include "output/gif/frames.hpp"
#include "output/options.hpp"
#include "output/pixels/pixels.hpp"

namespace convreel::output {

namespace {

constexpr int kLargestGifSide = 65535;
constexpr int kMostGifPlays = 65536;

class GifExporter final : public RasterExporter {
 public:
  explicit GifExporter(GifSettings settings)
      : settings_(std::move(settings)),
        rule_{settings_.transparent ? Alpha::one_bit : Alpha::none, settings_.matte},
        recording_(settings_.width, settings_.height, rule_, static_cast<std::size_t>(settings_.colours)),
        canvas_(settings_.width, settings_.height) {}

  [[nodiscard]] bool wants_survey() const override { return true; }
  void survey(const Frame& frame) override { recording_.record(frame); }
  [[nodiscard]] bool satisfied() const override { return recording_.complete(); }
  [[nodiscard]] bool too_many_colours() const override {
    return recording_.colours().size() > static_cast<std::size_t>(settings_.colours);
  }

  void begin(base::ByteSink& sink) override { sink_ = &sink; }

  void add(const Frame& frame) override {
    if (satisfied()) return;
    if (!frames_) open(fewer_colours());
    frames_->show(matched(frame));
  }

  void finish(base::ByteSink& sink) override {
    if (satisfied()) {
      begin(sink);
      open(exact_colours());
      for (const Patch& patch : recording_.patches()) frames_->show(patch);
    }
    frames_->finish();
  }

 private:
  void open(const GifPalette& palette) {
    frames_.emplace(settings_.width, settings_.height, palette, settings_.plays, settings_.threads, *sink_);
    write_comment(settings_.comment, *sink_);
    matcher_.emplace(palette.colours, palette.transparent);
  }

  /// The recording's own numbers are the indices; the colours that most pictures need come first, so that many
  /// pictures do with narrow codes.
  [[nodiscard]] GifPalette exact_colours() const {
    const std::vector<std::uint32_t>& colours = recording_.colours().colours();
    std::vector<std::uint32_t> arrivals = recording_.arrivals();
    arrivals.resize(colours.size());
    std::vector<std::size_t> order(colours.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, std::ranges::greater{}, [&](std::size_t n) { return arrivals[n]; });
    GifPalette palette;
    for (std::size_t place = 0; place < order.size(); ++place) {
      const std::uint32_t colour = colours[order[place]];
      if (colour >> 24 == 0) palette.transparent = static_cast<int>(place);
      palette.colours.push_back(colour);
      palette.places[order[place]] = static_cast<std::uint8_t>(place);
    }
    return palette;
  }

  [[nodiscard]] GifPalette fewer_colours() const {
    const auto most = static_cast<std::size_t>(settings_.colours - (settings_.transparent ? 1 : 0));
    GifPalette palette;
    palette.colours = choose_palette(recording_.colours(), settings_.wanted, most);
    if (settings_.transparent) {
      palette.transparent = static_cast<int>(palette.colours.size());
      palette.colours.push_back(0);
    }
    std::iota(palette.places.begin(), palette.places.end(), std::uint8_t{0});
    return palette;
  }

  [[nodiscard]] Patch matched(const Frame& frame) {
    Patch patch{{}, frame.start, frame.start + frame.duration};
    for (const base::PixelRect& rect : canvas_.changes(frame)) {
      IndexRect piece{rect, {}};
      for (int y = rect.y; y < rect.y + rect.height; ++y) {
        const std::uint32_t* row = frame.image.row(y);
        for (int x = rect.x; x < rect.x + rect.width; ++x) piece.indices.push_back((*matcher_)(rule_(row[x])));
      }
      patch.rects.push_back(std::move(piece));
    }
    return patch;
  }

  GifSettings settings_;
  PixelRule rule_;
  Recording recording_;
  Canvas canvas_;
  base::ByteSink* sink_ = nullptr;  ///< known from begin() on
  std::optional<GifFrames> frames_;
  std::optional<Matcher> matcher_;
};

/// Every flat colour of a theme.
std::vector<std::uint32_t> flat_colours(const theme::Theme& theme) {
  std::vector<std::uint32_t> colours;
  for (const theme::Paint& paint : theme.roles) {
    colours.push_back(opaque(paint.ink));
    for (const auto& colour : {paint.fill, paint.stroke, paint.texture_ink})
      if (colour) colours.push_back(opaque(*colour));
  }
  return colours;
}

}  // namespace

std::unique_ptr<RasterExporter> gif_exporter(GifSettings settings) {
  if (settings.width > kLargestGifSide || settings.height > kLargestGifSide)
    throw base::Error(
        base::ErrorKind::usage,
        fmt::format("a GIF is at most 65535 pixels wide and high, not {}x{}", settings.width, settings.height),
        "use a smaller --cell or :scale=");
  settings.plays = std::min(settings.plays, kMostGifPlays);
  return std::make_unique<GifExporter>(std::move(settings));
}

std::unique_ptr<RasterExporter> make_gif(const Subject& subject, const paint::Raster& raster) {
  GifSettings settings;
  settings.width = raster.width;
  settings.height = raster.height;
  settings.transparent = raster.transparent;
  settings.matte = subject.output.options.matte.value_or(
      opaque(subject.theme.of(scene::Role::background).fill.value_or(theme::Colour{255, 255, 255})));
  settings.plays = subject.job.show.loop;
  settings.colours = subject.output.options.colors;
  settings.threads = subject.threads;
  settings.wanted = flat_colours(subject.theme);
  settings.comment = credit(subject);
  return gif_exporter(std::move(settings));
}

}  // namespace convreel::output
