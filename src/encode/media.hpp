// What FFmpeg does for us: encode video, decode images and video, say which encoders are here. The implementation is a
// module that is opened at first use, so that nothing else pays for loading libav. No libav type appears here.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/byte_sink.hpp"
#include "base/duration.hpp"
#include "base/image.hpp"

namespace convreel::encode {

/// SVT-AV1's hierarchical-levels, which whoever asks for AV1 sets: a group is 2 to that power of pictures.
inline constexpr int kAv1Levels = 4;

/// A video file to be made. Names are FFmpeg's.
struct VideoSettings {
  std::string muxer;         ///< "mp4", "webm", "gif", "apng"
  std::string codec;         ///< "libx264", "libvpx-vp9", "libsvtav1", "gif", "apng"
  std::string pixel_format;  ///< "yuv420p", "yuv444p", "yuva420p", "rgba", ...
  int width = 0, height = 0;
  int fps = 25;                                      ///< constant frame rate
  int threads = 1;                                   ///< to encode with; never changes a byte
  std::map<std::string, std::string> codec_options;  ///< private options; an unknown one is an error
  std::map<std::string, std::string> muxer_options;
  std::string title, comment, copyright;  ///< metadata, UTF-8
};

struct Picture {
  base::ImageView image;
  /// Outside of them it is the picture that was added before; null when that is not known.
  const std::vector<base::PixelRect>* changed = nullptr;
};

/// Takes frames in order. Nothing reaches the sink before finish(); destroying it early leaves the sink untouched.
class VideoWriter {
 public:
  virtual ~VideoWriter() = default;
  /// Shows `picture` for `frames` frame times (>= 1). `key` asks for a key frame at its first; it is granted at most
  /// once a second, and without one after twelve. Alpha is kept when the pixel format has it, otherwise the picture
  /// must be opaque.
  virtual void add(const Picture& picture, std::int64_t frames, bool key) = 0;
  /// True: add() leaves the coding to threads beside it and waits only where they fall behind.
  [[nodiscard]] virtual bool codes_aside() const = 0;
  virtual void finish(base::ByteSink& sink) = 0;
};

struct DecodedFrame {
  base::Image image;  ///< straight alpha is premultiplied here
  base::Duration start{}, duration{};
};

/// The module's face.
class Media {
 public:
  virtual ~Media() = default;
  /// Throws Error{missing} when the encoder or muxer is not in this libav, Error{run_time} when it refuses.
  [[nodiscard]] virtual std::unique_ptr<VideoWriter> open_video(const VideoSettings& settings) = 0;
  /// The first picture of a PNG, JPEG, WebP or GIF in memory, at most `max_pixels`. Throws Error{impossible} naming
  /// `label` when the bytes are no such picture.
  [[nodiscard]] virtual base::Image decode_image(std::span<const std::uint8_t> bytes, std::string_view label,
                                                 std::int64_t max_pixels) = 0;
  /// Every picture of a video, GIF or APNG in memory, in order, composed onto its canvas. For looking at what was
  /// written; keeps all frames. Throws Error{impossible} like decode_image.
  [[nodiscard]] virtual std::vector<DecodedFrame> decode_video(std::span<const std::uint8_t> bytes,
                                                               std::string_view label, std::int64_t max_pixels) = 0;
  [[nodiscard]] virtual base::Image resize(const base::ImageView& image, int width, int height) = 0;
  /// Why nothing can be coded with that encoder ("libx264"); empty where it can.
  [[nodiscard]] virtual std::string lack_of(std::string_view encoder) = 0;
  /// "libavcodec 59.37.100, ...".
  [[nodiscard]] virtual std::string versions() = 0;
};

/// Bumped whenever anything above changes.
inline constexpr int kMediaRevision = 6;
inline constexpr const char* kOpenMediaSymbol = "convreel_open_media";

/// Opens the module beside the program (or in its library folder) once; later calls return the same.
/// Throws Error{missing} with the loader's words when it cannot be opened.
[[nodiscard]] Media& media();

}  // namespace convreel::encode
