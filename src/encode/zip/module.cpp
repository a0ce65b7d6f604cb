// The module's door: the one symbol the program asks for, and Archiver by libzip.
#include <fmt/format.h>
#include <zip.h>

#include <memory>

#include "base/error.hpp"
#include "encode/archive.hpp"

namespace convreel::encode {

namespace {

constexpr zip_uint16_t kFirstDay = 0x21;  // 1980-01-01, the earliest date that ZIP can say

[[noreturn]] void fail(std::string_view reason) {
  throw base::Error(base::ErrorKind::run_time, fmt::format("the ZIP archive could not be made: {}", reason));
}

struct Reason {
  zip_error_t error;
  Reason() { zip_error_init(&error); }
  ~Reason() { zip_error_fini(&error); }
  Reason(const Reason&) = delete;
  Reason& operator=(const Reason&) = delete;
  [[nodiscard]] std::string text() { return zip_error_strerror(&error); }
};

struct FreeSource {
  void operator()(zip_source_t* source) const { zip_source_free(source); }
};
struct Discard {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
using Source = std::unique_ptr<zip_source_t, FreeSource>;
using Archive = std::unique_ptr<zip_t, Discard>;

void add(zip_t* archive, const ZipPart& part) {
  Source content(zip_source_buffer(archive, part.bytes.data(), part.bytes.size(), 0));
  if (!content) fail(zip_strerror(archive));
  const zip_int64_t index = zip_file_add(archive, part.name.c_str(), content.get(), ZIP_FL_ENC_UTF_8);
  if (index < 0) fail(zip_strerror(archive));
  content.release();  // the archive's from here on
  const auto at = static_cast<zip_uint64_t>(index);
  if (zip_set_file_compression(archive, at, part.packed ? ZIP_CM_DEFLATE : ZIP_CM_STORE, 0) < 0 ||
      zip_file_set_dostime(archive, at, 0, kFirstDay, 0) < 0)
    fail(zip_strerror(archive));
}

void copy(zip_source_t* source, base::ByteSink& sink) {
  if (zip_source_open(source) < 0) fail(zip_error_strerror(zip_source_error(source)));
  std::vector<std::uint8_t> block(std::size_t{1} << 16);
  zip_int64_t size = 0;
  while ((size = zip_source_read(source, block.data(), block.size())) > 0)
    sink.write(std::span(block.data(), static_cast<std::size_t>(size)));
  zip_source_close(source);
  if (size < 0) fail(zip_error_strerror(zip_source_error(source)));
}

class LibzipArchiver final : public Archiver {
 public:
  void write(const std::vector<ZipPart>& parts, base::ByteSink& sink) override {
    Reason reason;
    const Source memory(zip_source_buffer_create(nullptr, 0, 0, &reason.error));
    if (!memory) fail(reason.text());
    Archive archive(zip_open_from_source(memory.get(), ZIP_TRUNCATE, &reason.error));
    if (!archive) fail(reason.text());
    zip_source_keep(memory.get());  // once for the archive, which frees it, once for us
    for (const ZipPart& part : parts) add(archive.get(), part);
    if (zip_close(archive.get()) < 0) fail(zip_strerror(archive.get()));
    archive.release();
    copy(memory.get(), sink);
  }

  std::string version() override { return zip_libzip_version(); }
};

}  // namespace

}  // namespace convreel::encode

extern "C" __attribute__((visibility("default"))) void* convreel_open_archiver(int revision) {
  if (revision != convreel::encode::kArchiverRevision) return nullptr;
  static convreel::encode::LibzipArchiver archiver;
  return static_cast<convreel::encode::Archiver*>(&archiver);
}
