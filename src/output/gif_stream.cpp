#include "output/gif_stream.hpp"

#include <fmt/format.h>
#include <gif_lib.h>

#include <exception>
#include <new>

#include "base/error.hpp"

namespace convreel::output {

namespace {

[[noreturn]] void fail(int code) {
  const char* words = GifErrorString(code);
  throw base::Error(base::ErrorKind::run_time, fmt::format("giflib: {}", words ? words : "unknown error"));
}

void check(int answer, const GifFileType* gif) {
  if (answer == GIF_ERROR) fail(gif->Error);
}

struct FreeMap {
  void operator()(ColorMapObject* map) const { GifFreeMapObject(map); }
};
using Map = std::unique_ptr<ColorMapObject, FreeMap>;

Map make_map(std::span<const std::uint32_t> palette) {
  Map map(GifMakeMapObject(static_cast<int>(table_size(palette.size())), nullptr));
  if (!map) throw std::bad_alloc();
  for (std::size_t n = 0; n < palette.size(); ++n)
    map->Colors[n] = {static_cast<GifByteType>(palette[n] >> 16), static_cast<GifByteType>(palette[n] >> 8),
                      static_cast<GifByteType>(palette[n])};
  return map;
}

/// A sink behind giflib's C callback: an error thrown by the sink waits here until giflib has returned.
struct Target {
  base::ByteSink& sink;
  std::exception_ptr thrown{};
};

int take(GifFileType* gif, const GifByteType* bytes, int size) {
  auto* target = static_cast<Target*>(gif->UserData);
  try {
    target->sink.write(std::span(bytes, static_cast<std::size_t>(size)));
    return size;
  } catch (...) {
    target->thrown = std::current_exception();
    return 0;
  }
}

int take_into_memory(GifFileType* gif, const GifByteType* bytes, int size) {
  try {
    static_cast<base::MemorySink*>(gif->UserData)->write(std::span(bytes, static_cast<std::size_t>(size)));
    return size;
  } catch (...) {
    return 0;
  }
}

GifFileType* open(void* target, OutputFunc write) {
  int code = 0;
  GifFileType* gif = EGifOpen(target, write, &code);
  if (!gif) fail(code);
  EGifSetGifVersion(gif, true);
  return gif;
}

struct Close {
  void operator()(GifFileType* gif) const {
    int ignored = 0;
    EGifCloseFile(gif, &ignored);
  }
};

/// Netscape's block: how often the animation is repeated after its first run. None at all means once.
void put_loop(GifFileType* gif, int plays) {
  if (plays == 1) return;
  const int repeats = plays == 0 ? 0 : plays - 1;
  const GifByteType count[] = {1, static_cast<GifByteType>(repeats), static_cast<GifByteType>(repeats >> 8)};
  check(EGifPutExtensionLeader(gif, APPLICATION_EXT_FUNC_CODE), gif);
  check(EGifPutExtensionBlock(gif, 11, "NETSCAPE2.0"), gif);
  check(EGifPutExtensionBlock(gif, sizeof count, count), gif);
  check(EGifPutExtensionTrailer(gif), gif);
}

void put_image(GifFileType* gif, const GifImage& image) {
  const GraphicsControlBlock control{image.erase_after ? DISPOSE_BACKGROUND : DISPOSE_DO_NOT, false, image.delay,
                                     image.transparent};
  GifByteType bytes[4];
  const auto size = static_cast<int>(EGifGCBToExtension(&control, bytes));
  check(EGifPutExtension(gif, GRAPHICS_EXT_FUNC_CODE, size, bytes), gif);
  check(EGifPutImageDesc(gif, image.rect.x, image.rect.y, image.rect.width, image.rect.height, false, nullptr), gif);
  // Sub-blocks as they lie in memory: a length byte, then so many bytes; a length of 0 ends them.
  for (std::size_t at = 0; image.codes[at] != 0; at += 1u + image.codes[at])
    check(EGifPutCodeNext(gif, image.codes.data() + at), gif);
  check(EGifPutCodeNext(gif, nullptr), gif);
}

void put_all(GifFileType* gif, const GifScreen& screen, std::span<const GifImage> images) {
  const Map map = make_map(screen.palette);
  check(EGifPutScreenDesc(gif, screen.width, screen.height, 8, screen.background, map.get()), gif);
  put_loop(gif, screen.plays);
  for (const GifImage& image : images) put_image(gif, image);
}

}  // namespace

std::size_t table_size(std::size_t colours) {
  std::size_t size = 2;
  while (size < colours) size *= 2;
  return size;
}

GifCompressor::GifCompressor(std::size_t colours) : gif_(open(&bytes_, &take_into_memory)) {
  const std::vector<std::uint32_t> any(colours);
  const Map map = make_map(any);
  check(EGifPutScreenDesc(gif_, 0xFFFF, 0xFFFF, 8, 0, map.get()), gif_);
}

GifCompressor::~GifCompressor() { Close{}(gif_); }

std::vector<std::uint8_t> GifCompressor::compress(std::span<std::uint8_t> indices, int width, int height) {
  check(EGifPutImageDesc(gif_, 0, 0, width, height, false, nullptr), gif_);
  const std::size_t begin = bytes_.bytes().size();
  check(EGifPutLine(gif_, indices.data(), static_cast<int>(indices.size())), gif_);
  const auto& all = bytes_.bytes();
  std::vector<std::uint8_t> codes(all.begin() + static_cast<std::ptrdiff_t>(begin), all.end());
  bytes_ = {};
  return codes;
}

void write_gif(const GifScreen& screen, std::span<const GifImage> images, base::ByteSink& sink) {
  Target target{sink};
  try {
    std::unique_ptr<GifFileType, Close> gif(open(&target, &take));
    put_all(gif.get(), screen, images);
    int code = 0;
    // giflib does not look whether its end mark was taken.
    if (EGifCloseFile(gif.release(), &code) == GIF_ERROR) fail(code);
    if (target.thrown) std::rethrow_exception(target.thrown);
  } catch (const base::Error&) {
    if (target.thrown) std::rethrow_exception(target.thrown);
    throw;
  }
}

}  // namespace convreel::output
