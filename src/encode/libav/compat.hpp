// What changed in libav's interface between FFmpeg 5.1 and 7, each as a name of ours.
#pragma once

#include <algorithm>

#include "encode/libav/owners.hpp"

namespace convreel::encode::libav {

#if LIBAVUTIL_VERSION_INT >= AV_VERSION_INT(57, 30, 100)
inline std::int64_t duration_of(const AVFrame& frame) { return frame.duration; }
inline void set_duration(AVFrame& frame, std::int64_t duration) { frame.duration = duration; }
#else
inline std::int64_t duration_of(const AVFrame& frame) { return frame.pkt_duration; }
inline void set_duration(AVFrame& frame, std::int64_t duration) { frame.pkt_duration = duration; }
#endif

/// From 7 on the callback that takes written bytes may not change them.
#if LIBAVFORMAT_VERSION_MAJOR >= 61
using WrittenByte = const std::uint8_t;
#else
using WrittenByte = std::uint8_t;
#endif

/// Does the encoder take this pixel format?
inline bool takes(const AVCodec& codec, AVPixelFormat format) {
#if LIBAVCODEC_VERSION_INT >= AV_VERSION_INT(61, 13, 100)
  const void* list = nullptr;
  avcodec_get_supported_config(nullptr, &codec, AV_CODEC_CONFIG_PIX_FORMAT, 0, &list, nullptr);
  const auto* known = static_cast<const AVPixelFormat*>(list);
#else
  const AVPixelFormat* known = codec.pix_fmts;
#endif
  if (!known) return true;
  for (; *known != AV_PIX_FMT_NONE; ++known)
    if (*known == format) return true;
  return false;
}

}  // namespace convreel::encode::libav
