#include "encode/libav/repeats.hpp"

#include <fmt/format.h>

#include <cstring>
#include <string_view>

#include "encode/libav/av1_repeats.hpp"
#include "encode/libav/h264_repeats.hpp"
#include "encode/libav/vp9_repeats.hpp"
#include "encode/libav/words.hpp"

namespace convreel::encode::libav {

std::unique_ptr<Repeats> repeats_of(const AVCodecContext& codec) {
  switch (codec.codec_id) {
    case AV_CODEC_ID_H264:
      if (const auto form = plain_form({codec.extradata, static_cast<std::size_t>(codec.extradata_size)}))
        return std::make_unique<H264Repeats>(*form);
      return nullptr;
    case AV_CODEC_ID_VP9:
      return std::make_unique<Vp9Repeats>();
    case AV_CODEC_ID_AV1:
      return std::make_unique<Av1Repeats>(std::int64_t{1} << kAv1Levels);
    default:
      return nullptr;
  }
}

Packet packet_of(std::span<const std::uint8_t> bytes) {
  Packet packet = make_packet();
  checked(av_new_packet(packet.get(), static_cast<int>(bytes.size())), "no memory for a packet");
  std::memcpy(packet->data, bytes.data(), bytes.size());
  return packet;
}

void refuse_form(std::string_view encoder) {
  throw base::Error(base::ErrorKind::run_time,
                    fmt::format("this {} codes pictures in another form than its headers tell", encoder));
}

}  // namespace convreel::encode::libav
