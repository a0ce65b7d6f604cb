// A file of our own that libav writes, seeks in and reads back: MP4, WebM and APNG go back to fill in counts, and MP4
// moves its index to the front by reading what it wrote.
#pragma once

#include <cstdint>
#include <span>

#include "base/byte_sink.hpp"
#include "base/spool.hpp"
#include "encode/libav/owners.hpp"

namespace convreel::encode::libav {

class MemoryFile {
 public:
  MemoryFile();
  /// A file to be read; `bytes` must outlive it.
  explicit MemoryFile(std::span<const std::uint8_t> bytes);
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  [[nodiscard]] AVIOContext* io() { return io_.get(); }
  /// Lets `format` open this file a second time, for reading.
  void serve(AVFormatContext& format);
  /// Everything written, after the muxer has flushed.
  void copy_to(base::ByteSink& sink) const;

 private:
  /// One reading or writing place in the file.
  struct Place {
    MemoryFile* file;
    std::int64_t at = 0;
  };
  static int read(void* place, std::uint8_t* to, int size);
  static int write(void* place, const std::uint8_t* from, int size);
  static std::int64_t seek(void* place, std::int64_t offset, int whence);
  static int open_again(AVFormatContext* format, AVIOContext** io, const char* url, int flags, AVDictionary** options);
  static int close_again(AVFormatContext* format, AVIOContext* io);
  [[nodiscard]] static Io open(Place& place, bool writing);
  [[nodiscard]] std::int64_t size() const;

  base::Spool spool_;
  std::span<const std::uint8_t> given_;
  Place front_{this}, back_{this};
  Io io_;
};

}  // namespace convreel::encode::libav
