#include "encode/libav/memory_file.hpp"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <system_error>

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

std::int64_t MemoryFile::size() const {
  return static_cast<std::int64_t>(given_.data() ? given_.size() : spool_.size());
}

void MemoryFile::copy_to(base::ByteSink& sink) const { base::copy(spool_, sink); }

int MemoryFile::read(void* place, std::uint8_t* to, int size) try {
  auto& from = *static_cast<Place*>(place);
  if (from.at >= from.file->size()) return AVERROR_EOF;
  const std::span target(to, static_cast<std::size_t>(size));
  const auto at = static_cast<std::size_t>(from.at);
  std::size_t count = 0;
  if (const auto given = from.file->given_; given.data()) {
    count = std::min(target.size(), given.size() - at);
    std::memcpy(to, given.data() + at, count);
  } else {
    count = from.file->spool_.read(at, target);
  }
  from.at += static_cast<std::int64_t>(count);
  return static_cast<int>(count);
} catch (const std::system_error& error) {
  return AVERROR(error.code().value());
}

int MemoryFile::write(void* place, const std::uint8_t* from, int size) try {
  auto& to = *static_cast<Place*>(place);
  to.file->spool_.write(static_cast<std::size_t>(to.at), {from, static_cast<std::size_t>(size)});
  to.at += size;
  return size;
} catch (const std::bad_alloc&) {
  return AVERROR(ENOMEM);
} catch (const std::system_error& error) {
  return AVERROR(error.code().value());
}

std::int64_t MemoryFile::seek(void* place, std::int64_t offset, int whence) {
  auto& at = *static_cast<Place*>(place);
  const std::int64_t size = at.file->size();
  if (whence == AVSEEK_SIZE) return size;
  const std::int64_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? at.at : size;
  if (base + offset < 0) return AVERROR(EINVAL);
  return at.at = base + offset;
}

}  // namespace convreel::encode::libav
