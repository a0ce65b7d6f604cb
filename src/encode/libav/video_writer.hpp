// One video file being encoded: our pictures in, a muxed file in memory out. Bytes depend on the pictures and the
// settings only. Encoders' bytes depend on their thread count: each has one thread and codes one segment, from key
// frame to key frame, and with threads to spare several segments are coded side by side.
#pragma once

#include <deque>
#include <memory>

#include "encode/libav/bands.hpp"
#include "encode/libav/memory_file.hpp"
#include "encode/libav/owners.hpp"
#include "encode/libav/segment.hpp"
#include "encode/media.hpp"

namespace convreel::encode::libav {

class FileWriter final : public VideoWriter {
 public:
  /// Throws Error{missing} or Error{run_time}, see Media::open_video.
  explicit FileWriter(const VideoSettings& settings);
  void add(const Picture& picture, std::int64_t frames, bool key) override;
  [[nodiscard]] bool codes_aside() const override { return settings_.threads > 1; }
  void finish(base::ByteSink& sink) override;

 private:
  [[nodiscard]] Codec open_codec() const;
  void open_stream(const AVCodecContext& codec, const Repeats* repeats);
  void begin_segment();
  void add_segment(Codec codec, std::unique_ptr<Repeats> repeats);
  void write_oldest();
  [[nodiscard]] bool key_due(bool asked);

  VideoSettings settings_;
  MemoryFile file_;
  OutputFormat format_;
  AVStream* stream_ = nullptr;
  AVRational time_base_{};  ///< the encoders'; the stream's may be another
  ToBands to_bands_;
  std::vector<Band> last_bands_;
  Backlog backlog_;
  std::deque<std::unique_ptr<Segment>> segments_;  ///< those whose packets are not yet written
  std::int64_t next_ = 0;                          ///< the next frame's number
  std::int64_t last_key_ = 0;
};

}  // namespace convreel::encode::libav
