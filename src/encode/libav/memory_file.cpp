#include "encode/libav/memory_file.hpp"

#include <algorithm>
#include <cstdio>
#include <cstring>

#include "encode/libav/compat.hpp"

namespace convreel::encode::libav {

namespace {

constexpr int kBufferBytes = 1 << 16;

}  // namespace

MemoryFile::MemoryFile() : io_(open(front_, true)) {}

MemoryFile::MemoryFile(std::span<const std::uint8_t> bytes) : given_(bytes), io_(open(front_, false)) {}

Io MemoryFile::open(Place& place, bool writing) {
  auto* buffer = static_cast<std::uint8_t*>(av_malloc(kBufferBytes));
  if (!buffer) throw std::bad_alloc();
  const auto take = [](void* to, WrittenByte* from, int size) { return write(to, from, size); };
  AVIOContext* io = avio_alloc_context(buffer, kBufferBytes, writing, &place, &MemoryFile::read,
                                       writing ? +take : nullptr, &MemoryFile::seek);
  if (!io) av_free(buffer);
  return owned<Io>(io);
}

void MemoryFile::serve(AVFormatContext& format) {
  format.pb = io();
  format.flags |= AVFMT_FLAG_CUSTOM_IO;
  format.opaque = this;
  format.io_open = &MemoryFile::open_again;
  format.io_close2 = &MemoryFile::close_again;
}

int MemoryFile::open_again(AVFormatContext* format, AVIOContext** io, const char*, int flags, AVDictionary**) {
  if (flags & AVIO_FLAG_WRITE) return AVERROR(ENOSYS);
  auto* file = static_cast<MemoryFile*>(format->opaque);
  file->back_.at = 0;
  try {
    *io = open(file->back_, false).release();
  } catch (const std::bad_alloc&) {
    return AVERROR(ENOMEM);
  }
  return 0;
}

int MemoryFile::close_again(AVFormatContext*, AVIOContext* io) {
  Io{io};
  return 0;
}

int MemoryFile::read(void* place, std::uint8_t* to, int size) {
  auto& from = *static_cast<Place*>(place);
  const auto bytes = from.file->content();
  const std::int64_t left = static_cast<std::int64_t>(bytes.size()) - from.at;
  if (left <= 0) return AVERROR_EOF;
  const int count = static_cast<int>(std::min<std::int64_t>(size, left));
  std::memcpy(to, bytes.data() + from.at, static_cast<std::size_t>(count));
  from.at += count;
  return count;
}

int MemoryFile::write(void* place, const std::uint8_t* from, int size) try {
  auto& to = *static_cast<Place*>(place);
  const auto end = static_cast<std::size_t>(to.at + size);
  if (to.file->written_.size() < end) to.file->written_.resize(end);
  std::memcpy(to.file->written_.data() + to.at, from, static_cast<std::size_t>(size));
  to.at += size;
  return size;
} catch (const std::bad_alloc&) {
  return AVERROR(ENOMEM);
}

std::int64_t MemoryFile::seek(void* place, std::int64_t offset, int whence) {
  auto& at = *static_cast<Place*>(place);
  const auto size = static_cast<std::int64_t>(at.file->content().size());
  if (whence == AVSEEK_SIZE) return size;
  const std::int64_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? at.at : size;
  if (base + offset < 0) return AVERROR(EINVAL);
  return at.at = base + offset;
}

}  // namespace convreel::encode::libav
