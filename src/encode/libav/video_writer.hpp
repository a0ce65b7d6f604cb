// One video file being encoded: our pictures in, a muxed file in memory out. Bytes depend on the pictures and the
// settings only: the thread count is fixed and every bit-exact flag is set.
#pragma once


#include "encode/libav/memory_file.hpp"
#include "encode/libav/owners.hpp"
#include "encode/libav/pixels.hpp"
#include "encode/media.hpp"

namespace convreel::encode::libav {

class FileWriter final : public VideoWriter {
 public:
  /// Throws Error{missing} or Error{run_time}, see Media::open_video.
  explicit FileWriter(const VideoSettings& settings);
  void add(const base::ImageView& image, std::int64_t frames, bool key) override;
  void finish(base::ByteSink& sink) override;

 private:
  void open_stream(const VideoSettings& settings);
  void send(AVFrame* frame);
  void drain();
  [[nodiscard]] bool key_allowed(bool asked);

  int width_, height_, fps_;
  MemoryFile file_;
  Codec codec_;
  OutputFormat format_;
  AVStream* stream_ = nullptr;
  ToFrame to_frame_;
  Packet packet_ = make_packet();
  std::int64_t next_ = 0;  ///< the next frame's number
  std::int64_t last_key_ = 0;
};

}  // namespace convreel::encode::libav
