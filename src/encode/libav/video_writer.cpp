#include "encode/libav/video_writer.hpp"

extern "C" {
#include <libavutil/pixdesc.h>
}

#include <fmt/format.h>

#include <algorithm>

#include "encode/libav/compat.hpp"
#include "encode/libav/words.hpp"

namespace convreel::encode::libav {

namespace {

/// x264's bytes depend on its thread count, so it is part of the format rather than of the machine.
constexpr int kThreads = 2;
constexpr int kLargestGap = 250;  ///< frames between key frames

const AVCodec& encoder(const std::string& name) {
  const AVCodec* found = avcodec_find_encoder_by_name(name.c_str());
  if (!found)
    throw base::Error(base::ErrorKind::missing, fmt::format("this FFmpeg has no encoder {}", name),
                      "install a libavcodec that has it; `convreel doctor` lists what is here");
  return *found;
}

AVPixelFormat pixel_format(const std::string& name, const AVCodec& codec) {
  const AVPixelFormat format = av_get_pix_fmt(name.c_str());
  if (format == AV_PIX_FMT_NONE || !takes(codec, format))
    throw base::Error(base::ErrorKind::missing, fmt::format("{} does not take the pixel format {}", codec.name, name));
  return format;
}

void refuse_leftover(const Options& options, std::string_view who) {
  if (const char* key = options.leftover())
    throw base::Error(base::ErrorKind::run_time, fmt::format("{} has no option \"{}\"", who, key));
}

void set_colours(AVCodecContext& codec) {
  if (av_pix_fmt_desc_get(codec.pix_fmt)->flags & AV_PIX_FMT_FLAG_RGB) return;
  codec.color_primaries = AVCOL_PRI_BT709;
  codec.color_trc = AVCOL_TRC_BT709;
  codec.colorspace = AVCOL_SPC_BT709;
  codec.color_range = AVCOL_RANGE_MPEG;
}

Codec open_codec(const VideoSettings& settings, bool global_header) {
  const AVCodec& encoder_found = encoder(settings.codec);
  Codec codec = owned<Codec>(avcodec_alloc_context3(&encoder_found));
  codec->pix_fmt = pixel_format(settings.pixel_format, encoder_found);
  codec->width = settings.width;
  codec->height = settings.height;
  codec->time_base = {1, settings.fps};
  codec->framerate = {settings.fps, 1};
  codec->gop_size = kLargestGap;
  codec->max_b_frames = 0;  // none: no edit list, no oddity at the first frame, and no bytes lost on flat pictures
  codec->thread_count = kThreads;
  codec->flags |= AV_CODEC_FLAG_BITEXACT | (global_header ? AV_CODEC_FLAG_GLOBAL_HEADER : 0);
  set_colours(*codec);
  Options options;
  if (av_opt_find(codec->priv_data, "crf", nullptr, 0, 0)) options.set("crf", std::to_string(settings.crf).c_str());
  // x264's macroblock tree gives other bytes from run to run where its AVX-512 code is used.
  if (av_opt_find(codec->priv_data, "mbtree", nullptr, 0, 0)) options.set("mbtree", "0");
  for (const auto& [key, value] : settings.codec_options) options.set(key.c_str(), value.c_str());
  checked(avcodec_open2(codec.get(), &encoder_found, options.handle()), fmt::format("{} refuses", settings.codec));
  refuse_leftover(options, settings.codec);
  return codec;
}

OutputFormat open_format(const std::string& muxer) {
  AVFormatContext* format = nullptr;
  if (avformat_alloc_output_context2(&format, nullptr, muxer.c_str(), nullptr) < 0)
    throw base::Error(base::ErrorKind::missing, fmt::format("this FFmpeg cannot write {}", muxer), "install ffmpeg");
  format->flags |= AVFMT_FLAG_BITEXACT;
  return OutputFormat(format);
}

void set_metadata(AVFormatContext& format, const VideoSettings& settings) {
  if (!settings.title.empty()) av_dict_set(&format.metadata, "title", settings.title.c_str(), 0);
  if (!settings.comment.empty()) av_dict_set(&format.metadata, "comment", settings.comment.c_str(), 0);
}

}  // namespace

FileWriter::FileWriter(const VideoSettings& settings)
    : width_(settings.width),
      height_(settings.height),
      fps_(settings.fps),
      format_((encoder(settings.codec), open_format(settings.muxer))),
      to_frame_(settings.width, settings.height, pixel_format(settings.pixel_format, encoder(settings.codec))) {
  codec_ = open_codec(settings, format_->oformat->flags & AVFMT_GLOBALHEADER);
  open_stream(settings);
}

void FileWriter::open_stream(const VideoSettings& settings) {
  file_.serve(*format_);
  stream_ = avformat_new_stream(format_.get(), nullptr);
  if (!stream_) throw std::bad_alloc();
  checked(avcodec_parameters_from_context(stream_->codecpar, codec_.get()), "stream parameters");
  stream_->time_base = codec_->time_base;
  stream_->avg_frame_rate = codec_->framerate;
  set_metadata(*format_, settings);
  Options options;
  for (const auto& [key, value] : settings.muxer_options) options.set(key.c_str(), value.c_str());
  checked(avformat_write_header(format_.get(), options.handle()), fmt::format("{} refuses", settings.muxer));
  refuse_leftover(options, settings.muxer);
}

bool FileWriter::key_allowed(bool asked) {
  if (!asked || (next_ > 0 && next_ - last_key_ < fps_)) return false;
  last_key_ = next_;
  return true;
}

void FileWriter::add(const base::ImageView& image, std::int64_t frames, bool key) {
  if (image.width != width_ || image.height != height_ || frames < 1)
    throw base::Error(base::ErrorKind::run_time,
                      fmt::format("a frame of {}x{} pixels and {} frame times does not fit a video of {}x{}",
                                  image.width, image.height, frames, width_, height_));
  const Frame frame = to_frame_(image);
  for (std::int64_t n = 0; n < frames; ++n) {
    frame->pict_type = n == 0 && key_allowed(key) ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE;
    frame->pts = next_++;
    set_duration(*frame, 1);
    send(frame.get());
  }
}

void FileWriter::send(AVFrame* frame) {
  checked(avcodec_send_frame(codec_.get(), frame), "encoding");
  drain();
}

void FileWriter::drain() {
  for (;;) {
    const int code = avcodec_receive_packet(codec_.get(), packet_.get());
    if (code == AVERROR(EAGAIN) || code == AVERROR_EOF) return;
    checked(code, "encoding");
    packet_->duration = 1;  // not every encoder passes it on, and the last one is known from nowhere else
    av_packet_rescale_ts(packet_.get(), codec_->time_base, stream_->time_base);
    packet_->stream_index = stream_->index;
    checked(av_interleaved_write_frame(format_.get(), packet_.get()), "writing a packet");
  }
}

void FileWriter::finish(base::ByteSink& sink) {
  send(nullptr);
  checked(av_write_trailer(format_.get()), "finishing the file");
  avio_flush(file_.io());
  sink.write(file_.bytes());
}

}  // namespace convreel::encode::libav
