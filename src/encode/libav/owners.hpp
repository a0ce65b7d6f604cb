// Owners of every libav handle we use: none is freed by hand anywhere else.
#pragma once

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/opt.h>
#include <libswscale/swscale.h>
}

#include <memory>
#include <new>

namespace convreel::encode::libav {

struct Release {
  void operator()(AVCodecContext* context) const { avcodec_free_context(&context); }
  void operator()(AVFrame* frame) const { av_frame_free(&frame); }
  void operator()(AVPacket* packet) const { av_packet_free(&packet); }
  void operator()(SwsContext* scaler) const { sws_freeContext(scaler); }
  /// Only the buffer that the context holds now: libav may have replaced the one it was given.
  void operator()(AVIOContext* io) const {
    av_freep(&io->buffer);
    avio_context_free(&io);
  }
};
struct ReleaseOutput {
  void operator()(AVFormatContext* format) const { avformat_free_context(format); }
};
struct ReleaseInput {
  void operator()(AVFormatContext* format) const { avformat_close_input(&format); }
};

using Codec = std::unique_ptr<AVCodecContext, Release>;
using Frame = std::unique_ptr<AVFrame, Release>;
using Packet = std::unique_ptr<AVPacket, Release>;
using Scaler = std::unique_ptr<SwsContext, Release>;
using Io = std::unique_ptr<AVIOContext, Release>;
using OutputFormat = std::unique_ptr<AVFormatContext, ReleaseOutput>;
using InputFormat = std::unique_ptr<AVFormatContext, ReleaseInput>;

/// libav answers null only when memory is out.
template <typename Owner>
[[nodiscard]] Owner owned(typename Owner::pointer handle) {
  if (!handle) throw std::bad_alloc();
  return Owner(handle);
}
[[nodiscard]] inline Frame make_frame() { return owned<Frame>(av_frame_alloc()); }
[[nodiscard]] inline Packet make_packet() { return owned<Packet>(av_packet_alloc()); }

class Options {
 public:
  Options() = default;
  ~Options() { av_dict_free(&dictionary_); }
  Options(const Options&) = delete;
  Options& operator=(const Options&) = delete;

  void set(const char* key, const char* value) { av_dict_set(&dictionary_, key, value, 0); }
  [[nodiscard]] AVDictionary** handle() { return &dictionary_; }
  /// A key that nobody took, or null.
  [[nodiscard]] const char* leftover() const {
    const AVDictionaryEntry* entry = av_dict_get(dictionary_, "", nullptr, AV_DICT_IGNORE_SUFFIX);
    return entry ? entry->key : nullptr;
  }

 private:
  AVDictionary* dictionary_ = nullptr;
};

}  // namespace convreel::encode::libav
