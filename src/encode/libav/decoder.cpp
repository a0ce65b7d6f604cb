#include "encode/libav/decoder.hpp"

#include <fmt/format.h>

#include <cstring>
#include <functional>

#include "encode/libav/compat.hpp"
#include "encode/libav/memory_file.hpp"
#include "encode/libav/pixels.hpp"
#include "encode/libav/words.hpp"

namespace convreel::encode::libav {

namespace {

using ByteView = std::span<const std::uint8_t>;
/// Takes a decoded frame; false stops.
using Visit = std::function<bool(const AVFrame&)>;

bool has(ByteView bytes, std::size_t at, std::string_view magic) {
  return bytes.size() >= at + magic.size() && std::memcmp(bytes.data() + at, magic.data(), magic.size()) == 0;
}

struct Kind {
  std::string_view name;
  const char* demuxer;  ///< null: the file is one packet
  AVCodecID still;
};

/// Told by the first bytes, never by the file's name.
Kind kind_of(ByteView bytes, std::string_view label) {
  using namespace std::string_view_literals;
  if (has(bytes, 0, "\x89PNG\r\n\x1a\n"sv)) return {"PNG", "apng", AV_CODEC_ID_PNG};
  if (has(bytes, 0, "\xff\xd8\xff"sv)) return {"JPEG", nullptr, AV_CODEC_ID_MJPEG};
  if (has(bytes, 0, "RIFF") && has(bytes, 8, "WEBP")) return {"WebP", nullptr, AV_CODEC_ID_WEBP};
  if (has(bytes, 0, "GIF8")) return {"GIF", "gif", AV_CODEC_ID_GIF};
  if (has(bytes, 4, "ftyp")) return {"MP4", "mov", AV_CODEC_ID_NONE};
  if (has(bytes, 0, "\x1a\x45\xdf\xa3"sv)) return {"WebM", "matroska", AV_CODEC_ID_NONE};
  throw base::Error(base::ErrorKind::impossible, fmt::format("{} is not a picture", label),
                    "PNG, JPEG, WebP and GIF are read");
}

[[noreturn]] void broken(int code, std::string_view label, std::string_view kind, std::int64_t max_pixels) {
  throw base::Error(
      base::ErrorKind::impossible, fmt::format("{} cannot be decoded as {}: {}", label, kind, last_words(code)),
      fmt::format(
          "the file may be cut short; pictures of up to {} pixels are read (--limit picture=NUMBER allows more)",
          max_pixels));
}

Codec open_decoder(const AVCodec* codec, const AVCodecParameters* parameters, std::int64_t max_pixels) {
  if (!codec)
    throw base::Error(base::ErrorKind::missing, "this FFmpeg has no decoder for that picture", "install ffmpeg");
  Codec context = owned<Codec>(avcodec_alloc_context3(codec));
  if (parameters) checked(avcodec_parameters_to_context(context.get(), parameters), "decoder parameters");
  context->max_pixels = max_pixels;
  context->thread_count = 1;
  context->err_recognition = AV_EF_CRCCHECK | AV_EF_EXPLODE;
  checked(avcodec_open2(context.get(), codec, nullptr), "opening a decoder");
  return context;
}

/// Hands `packet` (null: no more) to the decoder and its frames to `visit`. Negative on error, 1 when `visit` stops.
int decode(AVCodecContext& codec, const AVPacket* packet, AVFrame& frame, const Visit& visit) {
  if (const int code = avcodec_send_packet(&codec, packet); code < 0) return code;
  for (;;) {
    const int code = avcodec_receive_frame(&codec, &frame);
    if (code == AVERROR(EAGAIN) || code == AVERROR_EOF) return 0;
    if (code < 0) return code;
    if (frame.decode_error_flags) return AVERROR_INVALIDDATA;
    if (!visit(frame)) return 1;
  }
}

int decode_still(ByteView bytes, AVCodecID id, std::int64_t max_pixels, const Visit& visit) {
  const Codec codec = open_decoder(avcodec_find_decoder(id), nullptr, max_pixels);
  const Packet packet = make_packet();
  if (bytes.size() > INT_MAX / 2) return AVERROR(EINVAL);
  checked(av_new_packet(packet.get(), static_cast<int>(bytes.size())), "no memory for the picture");
  std::memcpy(packet->data, bytes.data(), bytes.size());
  const Frame frame = make_frame();
  const int code = decode(*codec, packet.get(), *frame, visit);
  return code != 0 ? code : decode(*codec, nullptr, *frame, visit);
}

InputFormat open_input(MemoryFile& file, const char* demuxer) {
  AVFormatContext* format = avformat_alloc_context();
  if (!format) throw std::bad_alloc();
  format->pb = file.io();
  // A failed open frees the context by itself.
  if (avformat_open_input(&format, "", av_find_input_format(demuxer), nullptr) < 0) return nullptr;
  return InputFormat(format);
}

/// VP9's alpha is a second stream that only libvpx's own decoder joins.
const AVCodec* decoder_of(const AVStream& stream) {
  if (stream.codecpar->codec_id == AV_CODEC_ID_VP9 && av_dict_get(stream.metadata, "alpha_mode", nullptr, 0))
    return avcodec_find_decoder_by_name("libvpx-vp9");
  return avcodec_find_decoder(stream.codecpar->codec_id);
}

int decode_stream(AVFormatContext& format, std::int64_t max_pixels, const Visit& visit) {
  if (format.nb_streams < 1) return AVERROR_INVALIDDATA;
  const Codec codec = open_decoder(decoder_of(*format.streams[0]), format.streams[0]->codecpar, max_pixels);
  codec->pkt_timebase = format.streams[0]->time_base;
  const Packet packet = make_packet();
  const Frame frame = make_frame();
  int code = 0;
  while (code == 0 && (code = av_read_frame(&format, packet.get())) >= 0) {
    code = decode(*codec, packet.get(), *frame, visit);
    av_packet_unref(packet.get());
  }
  return code == AVERROR_EOF ? decode(*codec, nullptr, *frame, visit) : code;
}

base::Duration in_microseconds(std::int64_t ticks, AVRational base) {
  return base::Duration(av_rescale_q(ticks, base, {1, 1000000}));
}

}  // namespace

base::Image first_picture(ByteView bytes, std::string_view label, std::int64_t max_pixels) {
  const Kind kind = kind_of(bytes, label);
  base::Image image;
  const Visit keep_first = [&](const AVFrame& frame) {
    image = to_image(frame);
    return false;
  };
  int code = AVERROR_INVALIDDATA;
  if (kind.still == AV_CODEC_ID_GIF) {
    MemoryFile file(bytes);
    if (const InputFormat format = open_input(file, "gif")) code = decode_stream(*format, max_pixels, keep_first);
  } else if (kind.still != AV_CODEC_ID_NONE) {
    code = decode_still(bytes, kind.still, max_pixels, keep_first);
  }
  if (image.pixels.empty()) broken(code < 0 ? code : AVERROR_INVALIDDATA, label, kind.name, max_pixels);
  return image;
}

std::vector<DecodedFrame> every_picture(ByteView bytes, std::string_view label, std::int64_t max_pixels) {
  const Kind kind = kind_of(bytes, label);
  std::vector<DecodedFrame> frames;
  MemoryFile file(bytes);
  const InputFormat format = kind.demuxer ? open_input(file, kind.demuxer) : nullptr;
  if (!format) return {{first_picture(bytes, label, max_pixels), {}, {}}};
  const int code = decode_stream(*format, max_pixels, [&](const AVFrame& frame) {
    const AVRational base = format->streams[0]->time_base;
    frames.push_back({to_image(frame), in_microseconds(frame.best_effort_timestamp, base),
                      in_microseconds(duration_of(frame), base)});
    return true;
  });
  if (code < 0 || frames.empty()) broken(code < 0 ? code : AVERROR_INVALIDDATA, label, kind.name, max_pixels);
  return frames;
}

}  // namespace convreel::encode::libav
