#include "encode/libav/memory_file.hpp"

#include <algorithm>
#include <cstdio>
#include <cstring>

#include "encode/libav/compat.hpp"

namespace convreel::encode::libav {

namespace {

constexpr int kBufferBytes = 1 << 16;
constexpr std::int64_t kBlockBytes = 1 << 20;

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

std::int64_t MemoryFile::size() const { return given_.data() ? static_cast<std::int64_t>(given_.size()) : written_; }

std::span<const std::uint8_t> MemoryFile::piece(std::int64_t at) const {
  if (given_.data()) return given_.subspan(static_cast<std::size_t>(at));
  const std::int64_t end = std::min((at / kBlockBytes + 1) * kBlockBytes, written_);
  return {blocks_[static_cast<std::size_t>(at / kBlockBytes)].get() + at % kBlockBytes,
          static_cast<std::size_t>(end - at)};
}

void MemoryFile::copy_to(base::ByteSink& sink) const {
  for (std::int64_t at = 0; at < written_; at += kBlockBytes) sink.write(piece(at));
}

int MemoryFile::read(void* place, std::uint8_t* to, int size) {
  auto& from = *static_cast<Place*>(place);
  if (from.at >= from.file->size()) return AVERROR_EOF;
  const auto bytes = from.file->piece(from.at);
  const auto count = std::min(static_cast<std::size_t>(size), bytes.size());
  std::memcpy(to, bytes.data(), count);
  from.at += static_cast<std::int64_t>(count);
  return static_cast<int>(count);
}

int MemoryFile::write(void* place, const std::uint8_t* from, int size) try {
  auto& to = *static_cast<Place*>(place);
  MemoryFile& file = *to.file;
  for (const std::int64_t end = to.at + size; to.at < end;) {
    while (static_cast<std::int64_t>(file.blocks_.size()) * kBlockBytes <= to.at)
      file.blocks_.push_back(std::make_unique_for_overwrite<std::uint8_t[]>(kBlockBytes));
    const std::int64_t offset = to.at % kBlockBytes, count = std::min(end - to.at, kBlockBytes - offset);
    std::memcpy(file.blocks_[static_cast<std::size_t>(to.at / kBlockBytes)].get() + offset, from,
                static_cast<std::size_t>(count));
    from += count;
    to.at += count;
  }
  file.written_ = std::max(file.written_, to.at);
  return size;
} catch (const std::bad_alloc&) {
  return AVERROR(ENOMEM);
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
