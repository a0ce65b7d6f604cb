#include "encode/libav/video_writer.hpp"

extern "C" {
#include <libavutil/pixdesc.h>
}

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "encode/libav/compat.hpp"
#include "encode/libav/words.hpp"

namespace convreel::encode::libav {

namespace {

constexpr std::int64_t kWaitingBytes = std::int64_t{16} << 20;  ///< of pictures on their way to the encoders
constexpr int kLongestGap = 12;                                 ///< seconds between key frames

/// Coded side by side: at 1920x1200 x264 takes 80 MB, libvpx 200. SVT-AV1 takes 600, and works on several cores by
/// itself.
int most_segments(const std::string& codec) { return codec == "libx264" ? 4 : codec == "libsvtav1" ? 1 : 2; }

const AVCodec& encoder(const std::string& name) {
  if (std::string lack = lack_of_encoder(name); !lack.empty())
    throw base::Error(base::ErrorKind::missing, std::move(lack),
                      "install a libavcodec that has it; `convreel doctor` lists what is here");
  return *avcodec_find_encoder_by_name(name.c_str());
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
  if (!settings.copyright.empty()) av_dict_set(&format.metadata, "copyright", settings.copyright.c_str(), 0);
}

void set_headers(AVCodecParameters& stream, const Bytes& headers) {
  auto* bytes = static_cast<std::uint8_t*>(av_mallocz(headers.size() + AV_INPUT_BUFFER_PADDING_SIZE));
  if (!bytes) throw std::bad_alloc();
  std::copy(headers.begin(), headers.end(), bytes);
  av_freep(&stream.extradata);
  stream.extradata = bytes;
  stream.extradata_size = static_cast<int>(headers.size());
}

}  // namespace

FileWriter::FileWriter(const VideoSettings& settings)
    : settings_(settings),
      format_((encoder(settings.codec), open_format(settings.muxer))),
      to_bands_(settings.width, settings.height, pixel_format(settings.pixel_format, encoder(settings.codec))),
      backlog_(kWaitingBytes) {
  Codec codec = open_codec();
  time_base_ = codec->time_base;
  std::unique_ptr<Repeats> repeats = repeats_of(*codec);
  open_stream(*codec, repeats.get());
  add_segment(std::move(codec), std::move(repeats));
}

Codec FileWriter::open_codec() const {
  const AVCodec& encoder_found = encoder(settings_.codec);
  Codec codec = owned<Codec>(avcodec_alloc_context3(&encoder_found));
  codec->pix_fmt = pixel_format(settings_.pixel_format, encoder_found);
  codec->width = settings_.width;
  codec->height = settings_.height;
  codec->time_base = {1, settings_.fps};
  codec->framerate = {settings_.fps, 1};
  codec->gop_size = codec->keyint_min = kLongestGap * settings_.fps;  // no key frame but a segment's first
  codec->max_b_frames = 0;  // none: no edit list, no oddity at the first frame, and no bytes lost on flat pictures
  codec->thread_count = 1;
  codec->flags |=
      AV_CODEC_FLAG_BITEXACT | (format_->oformat->flags & AVFMT_GLOBALHEADER ? AV_CODEC_FLAG_GLOBAL_HEADER : 0);
  set_colours(*codec);
  Options options;
  // x264's macroblock tree gives other bytes from run to run where its AVX-512 code is used.
  if (av_opt_find(codec->priv_data, "mbtree", nullptr, 0, 0)) options.set("mbtree", "0");
  for (const auto& [key, value] : settings_.codec_options) options.set(key.c_str(), value.c_str());
  checked(avcodec_open2(codec.get(), &encoder_found, options.handle()), fmt::format("{} refuses", settings_.codec));
  refuse_leftover(options, settings_.codec);
  return codec;
}

void FileWriter::open_stream(const AVCodecContext& codec, const Repeats* repeats) {
  file_.serve(*format_);
  stream_ = avformat_new_stream(format_.get(), nullptr);
  if (!stream_) throw std::bad_alloc();
  checked(avcodec_parameters_from_context(stream_->codecpar, &codec), "stream parameters");
  AVCodecParameters& parameters = *stream_->codecpar;
  if (repeats && parameters.extradata)
    set_headers(parameters,
                repeats->headers({parameters.extradata, static_cast<std::size_t>(parameters.extradata_size)}));
  stream_->time_base = codec.time_base;
  stream_->avg_frame_rate = codec.framerate;
  set_metadata(*format_, settings_);
  Options options;
  for (const auto& [key, value] : settings_.muxer_options) options.set(key.c_str(), value.c_str());
  checked(avformat_write_header(format_.get(), options.handle()), fmt::format("{} refuses", settings_.muxer));
  refuse_leftover(options, settings_.muxer);
}

/// Makes room before it opens an encoder, which is much memory.
void FileWriter::begin_segment() {
  const auto at_once = static_cast<std::size_t>(std::clamp(settings_.threads, 1, most_segments(settings_.codec)));
  while (segments_.size() >= at_once) write_oldest();
  Codec codec = open_codec();
  std::unique_ptr<Repeats> repeats = repeats_of(*codec);
  add_segment(std::move(codec), std::move(repeats));
}

void FileWriter::add_segment(Codec codec, std::unique_ptr<Repeats> repeats) {
  segments_.push_back(
      std::make_unique<Segment>(std::move(codec), std::move(repeats), codes_aside() ? &backlog_ : nullptr));
}

/// Waits until the oldest segment, to which no more frames come, is coded.
void FileWriter::write_oldest() {
  for (const Packet& packet : segments_.front()->take()) {
    av_packet_rescale_ts(packet.get(), time_base_, stream_->time_base);
    packet->stream_index = stream_->index;
    checked(av_interleaved_write_frame(format_.get(), packet.get()), "writing a packet");
  }
  segments_.pop_front();
}

/// At most one a second where they are asked for, and one where a picture has stood, or much has moved, for long.
bool FileWriter::key_due(bool asked) {
  const std::int64_t since = next_ - last_key_;
  const bool due = next_ == 0 ? asked : since >= kLongestGap * settings_.fps || (asked && since >= settings_.fps);
  if (due) last_key_ = next_;
  return due;
}

void FileWriter::add(const Picture& picture, std::int64_t frames, bool key) {
  const base::ImageView& image = picture.image;
  if (image.width != settings_.width || image.height != settings_.height || frames < 1)
    throw base::Error(base::ErrorKind::run_time,
                      fmt::format("a frame of {}x{} pixels and {} frame times does not fit a video of {}x{}",
                                  image.width, image.height, frames, settings_.width, settings_.height));
  const std::vector<Band>& bands = to_bands_(image, picture.changed);
  std::int64_t bytes = bytes_of_new(bands, std::exchange(last_bands_, bands));
  while (frames > 0) {
    const bool begins = key_due(key);
    if (begins && next_ > 0) {
      segments_.back()->end();
      begin_segment();
    }
    const std::int64_t count = std::min(frames, last_key_ + kLongestGap * settings_.fps - next_);
    segments_.back()->add({bands, next_, count, begins, std::exchange(bytes, 0)});
    next_ += count;
    frames -= count;
  }
}

void FileWriter::finish(base::ByteSink& sink) {
  segments_.back()->end();
  while (!segments_.empty()) write_oldest();
  checked(av_write_trailer(format_.get()), "finishing the file");
  avio_flush(file_.io());
  file_.copy_to(sink);
}

}  // namespace convreel::encode::libav
