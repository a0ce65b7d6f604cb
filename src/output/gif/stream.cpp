#include "output/gif/stream.hpp"

#include <bit>
#include <initializer_list>
#include <string_view>

namespace convreel::output {

namespace {

// Block marks and flags, named as in the GIF89a specification.
constexpr int kExtension = 0x21, kGraphicControl = 0xF9, kApplication = 0xFF, kComment = 0xFE, kImage = 0x2C,
              kTrailer = 0x3B;
constexpr int kGlobalTable = 0x80, kEightBits = 0x70;
constexpr int kKeep = 1 << 2, kRestoreBackground = 2 << 2, kHasTransparent = 1;

class Bytes {
 public:
  void byte(int value) { bytes_.push_back(static_cast<std::uint8_t>(value)); }
  void two(int value) { byte(value & 255), byte(value >> 8); }
  void text(std::string_view text) { bytes_.insert(bytes_.end(), text.begin(), text.end()); }
  void put(std::initializer_list<int> values) {
    for (const int value : values) byte(value);
  }
  [[nodiscard]] const std::vector<std::uint8_t>& bytes() const { return bytes_; }

 private:
  std::vector<std::uint8_t> bytes_;
};

void put_screen(Bytes& to, const GifScreen& screen) {
  const std::size_t entries = table_size(screen.palette.size());
  to.text("GIF89a");
  to.two(screen.width), to.two(screen.height);
  to.put({kGlobalTable | kEightBits | (std::countr_zero(entries) - 1), screen.background, 0});
  for (std::size_t n = 0; n < entries; ++n) {
    const std::uint32_t colour = n < screen.palette.size() ? screen.palette[n] : 0;
    to.put({static_cast<int>(colour >> 16 & 255), static_cast<int>(colour >> 8 & 255), static_cast<int>(colour & 255)});
  }
}

/// Netscape's block: how often the animation is repeated after its first run. None at all means once.
void put_loop(Bytes& to, int plays) {
  if (plays == 1) return;
  to.put({kExtension, kApplication, 11});
  to.text("NETSCAPE2.0");
  to.put({3, 1});
  to.two(plays == 0 ? 0 : plays - 1);
  to.byte(0);
}

void put_image(Bytes& to, const GifImage& image) {
  const int transparent = image.transparent < 0 ? 0 : kHasTransparent;
  to.put({kExtension, kGraphicControl, 4, (image.erase_after ? kRestoreBackground : kKeep) | transparent});
  to.two(image.delay);
  to.put({image.transparent < 0 ? 0 : image.transparent, 0, kImage});
  to.two(image.rect.x), to.two(image.rect.y), to.two(image.rect.width), to.two(image.rect.height);
  to.byte(0);  // no table of its own, rows from top to bottom
}

}  // namespace

std::size_t table_size(std::size_t colours) {
  std::size_t size = 2;
  while (size < colours) size *= 2;
  return size;
}

void write_front(const GifScreen& screen, base::ByteSink& sink) {
  Bytes front;
  put_screen(front, screen);
  put_loop(front, screen.plays);
  sink.write(front.bytes());
}

void write_image(const GifImage& image, base::ByteSink& sink) {
  Bytes head;
  put_image(head, image);
  sink.write(head.bytes());
  sink.write(image.data);
}

void write_comment(std::string_view comment, base::ByteSink& sink) {
  constexpr std::size_t kLargestBlock = 255;
  if (comment.empty()) return;
  comment = comment.substr(0, kLargestBlock);
  Bytes bytes;
  bytes.put({kExtension, kComment, static_cast<int>(comment.size())});
  bytes.text(comment);
  bytes.byte(0);
  sink.write(bytes.bytes());
}

void write_end(base::ByteSink& sink) {
  const std::uint8_t trailer = kTrailer;
  sink.write(std::span(&trailer, 1));
}

}  // namespace convreel::output
