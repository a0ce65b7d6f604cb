#include "output/apng/apng.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/spool.hpp"
#include "output/credit.hpp"
#include "output/pixels/pixels.hpp"
#include "output/ticks.hpp"

namespace convreel::output {

namespace {

constexpr std::size_t kMostApngColours = 256;
constexpr std::int64_t kApngRate = 1000;       ///< delays in milliseconds ...
constexpr std::int64_t kApngLongest = 65'535;  ///< ... as far as 16 bits reach, beyond that in whole seconds

/// A picture of the animation, compressed: the changed rectangle and its PNG file.
struct Piece {
  base::PixelRect rect;
  std::vector<std::uint8_t> file;
  base::Duration start{}, end{};
};

void append_u16(std::vector<std::uint8_t>& bytes, std::int64_t value) {
  bytes.push_back(static_cast<std::uint8_t>(value >> 8));
  bytes.push_back(static_cast<std::uint8_t>(value));
}

/// fcTL: the rectangle and how long the picture stands; it replaces what was there and stays.
std::vector<std::uint8_t> frame_control(std::uint32_t sequence, const Piece& piece) {
  std::vector<std::uint8_t> bytes;
  append_u32(bytes, sequence);
  for (const int number : {piece.rect.width, piece.rect.height, piece.rect.x, piece.rect.y})
    append_u32(bytes, static_cast<std::uint32_t>(number));
  const std::int64_t delay = ticks(piece.end, kApngRate) - ticks(piece.start, kApngRate);
  const bool fits = delay <= kApngLongest;
  append_u16(bytes, fits ? delay : std::min((delay + kApngRate / 2) / kApngRate, kApngLongest));
  append_u16(bytes, fits ? kApngRate : 1);
  bytes.insert(bytes.end(), {0, 0});  // dispose: none, blend: source
  return bytes;
}

class ApngExporter final : public RasterExporter {
 public:
  explicit ApngExporter(ApngSettings settings)
      : settings_(std::move(settings)),
        rule_{settings_.alpha ? Alpha::full : Alpha::none},
        recording_(settings_.width, settings_.height, rule_, kMostApngColours),
        canvas_(settings_.width, settings_.height) {}

  [[nodiscard]] bool wants_survey() const override { return true; }
  void survey(const Frame& frame) override { recording_.record(frame); }
  [[nodiscard]] bool satisfied() const override { return recording_.complete(); }

  void add(const Frame& frame) override {
    if (satisfied()) return;
    const base::PixelRect rect = canvas_.update(frame);
    append(rect, colours_of(frame.image, rect), frame.start, frame.start + frame.duration);
  }

  void finish(base::ByteSink& sink) override {
    if (satisfied()) append_recorded();
    write(sink);
  }

 private:
  void append_recorded() {
    const auto width = static_cast<std::size_t>(settings_.width);
    IndexPlane picture{std::vector<std::uint8_t>(width * static_cast<std::size_t>(settings_.height)), width};
    for (const Patch& patch : recording_.patches()) {
      base::PixelRect around;
      for (const IndexRect& piece : patch.rects) {
        picture.lay(piece);
        around = base::united(around, piece.rect);
      }
      std::vector<std::uint8_t> rows;
      for (int y = around.y; y < around.y + around.height; ++y)
        rows.insert(rows.end(), picture.row(around.x, y), picture.row(around.x, y) + around.width);
      append(around, rows, patch.start, patch.end);
    }
  }

  [[nodiscard]] PngForm form(const base::PixelRect& rect) const {
    const bool indexed = recording_.colours().size() <= kMostApngColours;
    return {rect.width, rect.height, indexed ? recording_.colours().colours() : std::vector<std::uint32_t>{},
            settings_.alpha, false};
  }

  [[nodiscard]] std::vector<std::uint8_t> colours_of(const base::ImageView& image, const base::PixelRect& rect) {
    const bool indexed = recording_.colours().size() <= kMostApngColours;
    std::vector<std::uint8_t> rows;
    for (int y = rect.y; y < rect.y + rect.height; ++y)
      for (int x = rect.x; x < rect.x + rect.width; ++x) {
        const std::uint32_t colour = rule_(image.row(y)[x]);
        if (indexed) {
          rows.push_back(static_cast<std::uint8_t>(recording_.number_of(colour)));
          continue;
        }
        for (const int shift : {16, 8, 0}) rows.push_back(static_cast<std::uint8_t>(colour >> shift));
        if (settings_.alpha) rows.push_back(static_cast<std::uint8_t>(colour >> 24));
      }
    return rows;
  }

  void append(const base::PixelRect& rect, std::span<const std::uint8_t> rows, base::Duration start,
              base::Duration end) {
    if (rect.empty()) {
      (last_ ? last_ : first_)->end = end;
      return;
    }
    Piece piece{rect, encode_png(form(rect), rows, first_ ? PngText{} : settings_.text), start, end};
    if (last_) write_later(sequence_, *last_, later_);
    (first_ ? last_ : first_) = std::move(piece);
    ++pictures_;
  }

  void write(base::ByteSink& sink) {
    sink.write(kPngSignature);
    std::uint32_t sequence = 0;
    for (const PngChunk& chunk : png_chunks(first_->file)) {
      if (chunk.name == "IEND") continue;
      if (chunk.name == "IDAT" && sequence == 0) write_control(sequence, *first_, sink);
      put_chunk(chunk, sink);
      if (chunk.name == "IHDR") put_chunk({"acTL", animation_control()}, sink);
    }
    if (last_) write_later(sequence_, *last_, later_);
    later_.copy_to(sink);
    put_chunk({"IEND", {}}, sink);
  }

  [[nodiscard]] std::vector<std::uint8_t> animation_control() const {
    std::vector<std::uint8_t> bytes;
    append_u32(bytes, pictures_);
    append_u32(bytes, static_cast<std::uint32_t>(settings_.plays));
    return bytes;
  }

  static void write_control(std::uint32_t& sequence, const Piece& piece, base::ByteSink& sink) {
    put_chunk({"fcTL", frame_control(sequence++, piece)}, sink);
  }

  /// Pictures after the first keep their pixels in fdAT: IDAT with a number before it.
  static void write_later(std::uint32_t& sequence, const Piece& piece, base::ByteSink& sink) {
    write_control(sequence, piece, sink);
    for (const PngChunk& chunk : png_chunks(piece.file)) {
      if (chunk.name != "IDAT") continue;
      std::vector<std::uint8_t> bytes;
      append_u32(bytes, sequence++);
      bytes.insert(bytes.end(), chunk.content.begin(), chunk.content.end());
      put_chunk({"fdAT", bytes}, sink);
    }
  }

  ApngSettings settings_;
  PixelRule rule_;
  Recording recording_;
  Canvas canvas_;
  std::optional<Piece> first_, last_;  ///< the last one may still stand longer
  base::SpoolSink later_;              ///< those between, whose count comes before them in the file
  std::uint32_t sequence_ = 1;         ///< of their chunks; the first picture has number 0
  std::uint32_t pictures_ = 0;
};

}  // namespace

std::unique_ptr<RasterExporter> apng_exporter(ApngSettings settings) {
  return std::make_unique<ApngExporter>(std::move(settings));
}

std::unique_ptr<RasterExporter> make_apng(const Subject& subject, const paint::Raster& raster) {
  return apng_exporter({raster.width,
                        raster.height,
                        raster.transparent,
                        subject.job.show.loop,
                        {subject.reel.title(), subject.reel.alt_text(), credit(subject)}});
}

}  // namespace convreel::output
