#include "output/apng.hpp"

#include <algorithm>
#include <utility>

#include "output/canvas.hpp"
#include "output/makers.hpp"
#include "output/recording.hpp"
#include "output/ticks.hpp"

namespace convreel::output {

namespace {

constexpr std::size_t kMostColours = 256;
constexpr std::int64_t kRate = 1000;       ///< delays in milliseconds ...
constexpr std::int64_t kLongest = 65'535;  ///< ... as far as 16 bits reach, beyond that in whole seconds

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
  const std::int64_t delay = ticks(piece.end, kRate) - ticks(piece.start, kRate);
  const bool fits = delay <= kLongest;
  append_u16(bytes, fits ? delay : std::min((delay + kRate / 2) / kRate, kLongest));
  append_u16(bytes, fits ? kRate : 1);
  bytes.insert(bytes.end(), {0, 0});  // dispose: none, blend: source
  return bytes;
}

class ApngExporter final : public RasterExporter {
 public:
  explicit ApngExporter(ApngSettings settings)
      : settings_(std::move(settings)),
        rule_{settings_.alpha ? Alpha::full : Alpha::none},
        recording_(settings_.width, settings_.height, rule_, kMostColours),
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
    const bool indexed = recording_.colours().size() <= kMostColours;
    return {rect.width, rect.height, indexed ? recording_.colours().colours() : std::vector<std::uint32_t>{},
            settings_.alpha, false};
  }

  [[nodiscard]] std::vector<std::uint8_t> colours_of(const base::ImageView& image, const base::PixelRect& rect) {
    const bool indexed = recording_.colours().size() <= kMostColours;
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
    if (rect.empty())
      pieces_.back().end = end;
    else
      pieces_.push_back({rect, encode_png(form(rect), rows, pieces_.empty() ? settings_.text : PngText{}), start, end});
  }

  void write(base::ByteSink& sink) const {
    sink.write(kPngSignature);
    std::uint32_t sequence = 0;
    for (const PngChunk& chunk : png_chunks(pieces_.front().file)) {
      if (chunk.name == "IEND") continue;
      if (chunk.name == "IDAT" && sequence == 0) write_control(sequence, pieces_.front(), sink);
      put_chunk(chunk, sink);
      if (chunk.name == "IHDR") put_chunk({"acTL", animation_control()}, sink);
    }
    for (std::size_t n = 1; n < pieces_.size(); ++n) write_later(sequence, pieces_[n], sink);
    put_chunk({"IEND", {}}, sink);
  }

  [[nodiscard]] std::vector<std::uint8_t> animation_control() const {
    std::vector<std::uint8_t> bytes;
    append_u32(bytes, static_cast<std::uint32_t>(pieces_.size()));
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
  std::vector<Piece> pieces_;
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
                        {subject.reel.title(), subject.reel.alt_text()}});
}

}  // namespace convreel::output
