// The module's door: the one symbol the program asks for, and Media by libav.
#include <fmt/format.h>

#include <cstdlib>

#include "base/error.hpp"
#include "encode/libav/decoder.hpp"
#include "encode/libav/pixels.hpp"
#include "encode/libav/video_writer.hpp"
#include "encode/libav/words.hpp"
#include "encode/media.hpp"

namespace convreel::encode::libav {

namespace {

std::string version(const char* name, unsigned number) {
  return fmt::format("{} {}.{}.{}", name, AV_VERSION_MAJOR(number), AV_VERSION_MINOR(number), AV_VERSION_MICRO(number));
}

/// A build that keeps clear of the GPL never asks for x264.
constexpr std::string_view kWithoutX264 = "this convreel was built without x264";
bool allowed(std::string_view encoder) { return CONVREEL_X264 || encoder != "libx264"; }

class LibavMedia final : public Media {
 public:
  LibavMedia() {
    listen();
    setenv("SVT_LOG", "0", 1);  // SVT-AV1 tells of its settings on stderr
  }

  std::unique_ptr<VideoWriter> open_video(const VideoSettings& settings) override {
    if (!allowed(settings.codec))
      throw base::Error(base::ErrorKind::missing, std::string(kWithoutX264),
                        "write .webm, .gif or .pptx:media=gif; a build with -DCONVREEL_X264=ON writes MP4");
    return std::make_unique<FileWriter>(settings);
  }
  base::Image decode_image(std::span<const std::uint8_t> bytes, std::string_view label,
                           std::int64_t max_pixels) override {
    return first_picture(bytes, label, max_pixels);
  }
  std::vector<DecodedFrame> decode_video(std::span<const std::uint8_t> bytes, std::string_view label,
                                         std::int64_t max_pixels) override {
    return every_picture(bytes, label, max_pixels);
  }
  base::Image resize(const base::ImageView& image, int width, int height) override {
    return resized(image, width, height);
  }
  std::string lack_of(std::string_view encoder) override {
    return allowed(encoder) ? lack_of_encoder(std::string(encoder)) : std::string(kWithoutX264);
  }
  std::string versions() override {
    return fmt::format("{}, {}, {}", version("libavcodec", avcodec_version()),
                       version("libavformat", avformat_version()), version("libswscale", swscale_version()));
  }
};

}  // namespace

}  // namespace convreel::encode::libav

extern "C" __attribute__((visibility("default"))) void* convreel_open_media(int revision) {
  if (revision != convreel::encode::kMediaRevision) return nullptr;
  static convreel::encode::libav::LibavMedia media;
  return static_cast<convreel::encode::Media*>(&media);
}
