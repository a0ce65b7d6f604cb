#include "encode/libav/words.hpp"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavutil/avutil.h>
#include <libavutil/error.h>
#include <libavutil/log.h>
}

#include <fmt/format.h>

#include <cstdarg>
#include <cstdio>

namespace convreel::encode::libav {

namespace {

/// libav's log has no user pointer, so the words wait in a variable of the thread that spoke them.
thread_local std::string spoken;

constexpr std::size_t kMostWords = 300;

void hear(void*, int level, const char* format, va_list arguments) {
  if (level > AV_LOG_ERROR) return;
  char line[256];
  std::vsnprintf(line, sizeof line, format, arguments);
  std::string_view text(line);
  while (!text.empty() && (text.back() == '\n' || text.back() == '.')) text.remove_suffix(1);
  if (text.empty() || spoken.size() + text.size() > kMostWords) return;
  if (!spoken.empty()) spoken += "; ";
  spoken += text;
}

}  // namespace

void listen() {
  av_log_set_level(AV_LOG_ERROR);
  av_log_set_callback(&hear);
}

std::string last_words(int code) {
  char name[AV_ERROR_MAX_STRING_SIZE] = {};
  av_strerror(code, name, sizeof name);
  // What encoders say of a failed allocation does not come through libav.
  if (code == AVERROR_EXTERNAL && spoken.empty()) spoken = "it may have run out of memory";
  std::string words = spoken.empty() ? std::string(name) : fmt::format("{} ({})", name, spoken);
  spoken.clear();
  return words;
}

std::string lack_of_encoder(const std::string& name) {
  return avcodec_find_encoder_by_name(name.c_str()) ? "" : fmt::format("this FFmpeg has no encoder {}", name);
}

void fail(int code, std::string_view what, base::ErrorKind kind) {
  if (code == AVERROR(ENOMEM)) throw std::bad_alloc();
  throw base::Error(kind, fmt::format("{}: {}", what, last_words(code)));
}

int checked(int code, std::string_view what) {
  if (code < 0) fail(code, what);
  return code;
}

}  // namespace convreel::encode::libav
