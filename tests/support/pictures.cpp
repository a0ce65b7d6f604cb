#include "support/pictures.hpp"

#include <sys/wait.h>
#include <webp/demux.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <limits>
#include <memory>
#include <stdexcept>

#include "support/support.hpp"

namespace convreel::test {

base::Image flat(int width, int height, std::uint32_t colour) {
  base::Image image(width, height);
  std::fill(image.pixels.begin(), image.pixels.end(), colour);
  return image;
}

void fill(base::Image& image, const base::PixelRect& rect, std::uint32_t colour) {
  for (int y = rect.y; y < rect.y + rect.height; ++y)
    std::fill_n(image.pixels.begin() + std::ptrdiff_t{y} * image.width + rect.x, rect.width, colour);
}

Difference difference(const base::ImageView& a, const base::ImageView& b) {
  Difference found;
  found.same_size = a.width == b.width && a.height == b.height;
  if (!found.same_size) return found;
  double squares = 0;
  for (int y = 0; y < a.height; ++y)
    for (int x = 0; x < a.width; ++x) {
      const std::uint32_t p = a.row(y)[x], q = b.row(y)[x];
      if (p == q || (p >> 24 == 0 && q >> 24 == 0)) continue;
      ++found.pixels;
      for (int shift = 0; shift < 32; shift += 8) {
        const int by = std::abs(static_cast<int>(p >> shift & 255) - static_cast<int>(q >> shift & 255));
        found.largest = std::max(found.largest, by);
        if (shift < 24) squares += by * by;
      }
    }
  const double mean = squares / (3.0 * a.width * a.height);
  found.psnr = mean == 0 ? std::numeric_limits<double>::infinity() : 10 * std::log10(255.0 * 255.0 / mean);
  return found;
}

std::string output_of(const std::string& command) {
  std::FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  if (!pipe) throw std::runtime_error("cannot run " + command);
  std::string text;
  char buffer[65536];
  while (const std::size_t count = std::fread(buffer, 1, sizeof buffer, pipe)) text.append(buffer, count);
  const int status = pclose(pipe);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) throw std::runtime_error(command + " failed: " + text);
  return text;
}

void write_bytes(const std::filesystem::path& path, std::span<const std::uint8_t> bytes) {
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  if (!file) throw std::runtime_error("cannot write " + path.string());
}

std::vector<std::uint8_t> read_bytes(const std::filesystem::path& path) {
  const std::string text = read_text(path);
  return {text.begin(), text.end()};
}

namespace {

std::uint32_t premultiplied(std::uint32_t r, std::uint32_t g, std::uint32_t b, std::uint32_t a) {
  const auto times = [&](std::uint32_t value) { return (value * a + 127) / 255; };
  return a << 24 | times(r) << 16 | times(g) << 8 | times(b);
}

base::Image from_rgba(const std::uint8_t* bytes, int width, int height) {
  base::Image image(width, height);
  for (std::uint32_t& pixel : image.pixels) {
    pixel = premultiplied(bytes[0], bytes[1], bytes[2], bytes[3]);
    bytes += 4;
  }
  return image;
}

}  // namespace

std::vector<base::Image> frames_by_ffmpeg(const std::filesystem::path& path, int width, int height) {
  const TemporaryFolder folder;
  const auto raw = folder.path() / "frames.rgba";
  // passthrough: the default would repeat frames to make a constant rate.
  (void)output_of("ffmpeg -nostdin -v error -i " + path.string() + " -fps_mode passthrough -f rawvideo -pix_fmt rgba " +
                  raw.string());
  const std::vector<std::uint8_t> bytes = read_bytes(raw);
  const std::size_t size = std::size_t{4} * static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
  if (bytes.empty() || bytes.size() % size != 0) throw std::runtime_error("ffmpeg decoded another size");
  std::vector<base::Image> frames;
  for (std::size_t at = 0; at < bytes.size(); at += size) frames.push_back(from_rgba(bytes.data() + at, width, height));
  return frames;
}

WebpAnimation frames_by_libwebp(std::span<const std::uint8_t> bytes) {
  const WebPData file{bytes.data(), bytes.size()};
  const std::unique_ptr<WebPAnimDecoder, void (*)(WebPAnimDecoder*)> decoder(WebPAnimDecoderNew(&file, nullptr),
                                                                             &WebPAnimDecoderDelete);
  WebPAnimInfo about{};
  if (!decoder || !WebPAnimDecoderGetInfo(decoder.get(), &about)) throw std::runtime_error("not an animated WebP");
  WebpAnimation animation{static_cast<int>(about.loop_count), {}};
  while (WebPAnimDecoderHasMoreFrames(decoder.get())) {
    std::uint8_t* rgba = nullptr;
    int end = 0;
    if (!WebPAnimDecoderGetNext(decoder.get(), &rgba, &end)) throw std::runtime_error("a broken WebP frame");
    animation.frames.push_back(
        {from_rgba(rgba, static_cast<int>(about.canvas_width), static_cast<int>(about.canvas_height)), end});
  }
  return animation;
}

}  // namespace convreel::test
