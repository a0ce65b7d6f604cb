#include "output/png/image.hpp"

#include <fmt/format.h>
#include <png.h>
#include <zlib.h>

#include <algorithm>
#include <csetjmp>
#include <exception>
#include <new>

#include "base/error.hpp"
#include "output/pixels/pixels.hpp"

namespace convreel::output {

namespace {

constexpr std::size_t kMostPngColours = 256;
/// For palette pictures: 9 takes five times as long for 6 % fewer bytes, 6 saves little.
constexpr int kLevel = 7;

/// libpng's two handles. Its errors jump: nothing with a destructor may be made between setjmp and the jump.
class Png {
 public:
  Png() : write_(png_create_write_struct(PNG_LIBPNG_VER_STRING, this, &Png::failed, &Png::warned)) {
    if (!write_ || !(about_ = png_create_info_struct(write_))) throw std::bad_alloc();
    png_set_write_fn(write_, &bytes_, &Png::take, nullptr);
  }
  ~Png() { png_destroy_write_struct(&write_, &about_); }
  Png(const Png&) = delete;
  Png& operator=(const Png&) = delete;

  /// Runs `steps(write, about)`, which may only call libpng. Throws Error{run_time} with its words.
  template <typename Steps>
  void run(Steps steps) {
    if (setjmp(png_jmpbuf(write_))) throw base::Error(base::ErrorKind::run_time, fmt::format("libpng: {}", words_));
    steps(write_, about_);
  }
  [[nodiscard]] std::vector<std::uint8_t> bytes() && { return std::move(bytes_); }

 private:
  static void failed(png_structp png, png_const_charp words) {
    auto* self = static_cast<Png*>(png_get_error_ptr(png));
    std::copy_n(words, std::min(std::char_traits<char>::length(words), sizeof self->words_ - 1), self->words_);
    png_longjmp(png, 1);
  }
  static void warned(png_structp, png_const_charp) {}
  static void take(png_structp png, png_bytep bytes, std::size_t size) {
    auto* to = static_cast<std::vector<std::uint8_t>*>(png_get_io_ptr(png));
    bool taken = true;
    try {
      to->insert(to->end(), bytes, bytes + size);
    } catch (const std::bad_alloc&) {
      taken = false;
    }
    if (!taken) png_error(png, "out of memory");
  }

  std::vector<std::uint8_t> bytes_;
  char words_[128] = {};
  png_structp write_ = nullptr;
  png_infop about_ = nullptr;
};

int bit_depth(const PngForm& form) {
  const std::size_t colours = form.palette.size();
  if (!form.packed || colours == 0 || colours > 16) return 8;
  return colours <= 2 ? 1 : colours <= 4 ? 2 : 4;
}

int colour_type(const PngForm& form) {
  if (!form.palette.empty()) return PNG_COLOR_TYPE_PALETTE;
  return form.alpha ? PNG_COLOR_TYPE_RGB_ALPHA : PNG_COLOR_TYPE_RGB;
}

/// PLTE's and tRNS's contents; the alphas end with the last that is not opaque.
struct Tables {
  std::vector<png_color> colours;
  std::vector<png_byte> alphas;

  explicit Tables(const std::vector<std::uint32_t>& palette) {
    for (const std::uint32_t colour : palette) {
      colours.push_back(
          {static_cast<png_byte>(colour >> 16), static_cast<png_byte>(colour >> 8), static_cast<png_byte>(colour)});
      alphas.push_back(static_cast<png_byte>(colour >> 24));
    }
    while (!alphas.empty() && alphas.back() == 255) alphas.pop_back();
  }
};

std::vector<png_text> text_chunks(const PngText& text) {
  std::vector<png_text> chunks;
  for (const auto& [key, words] :
       {std::pair{"Title", &text.title}, {"Description", &text.description}, {"Copyright", &text.copyright}}) {
    if (words->empty()) continue;
    png_text chunk{};
    chunk.compression = PNG_ITXT_COMPRESSION_NONE;
    chunk.key = const_cast<char*>(key);
    chunk.text = const_cast<char*>(words->c_str());
    chunks.push_back(chunk);
  }
  return chunks;
}

std::vector<png_bytep> row_pointers(const PngForm& form, std::span<const std::uint8_t> rows) {
  const std::size_t bytes = form.palette.empty() ? (form.alpha ? 4 : 3) : 1;
  const std::size_t stride = static_cast<std::size_t>(form.width) * bytes;
  std::vector<png_bytep> pointers;
  for (int y = 0; y < form.height; ++y)
    pointers.push_back(const_cast<png_bytep>(rows.data() + static_cast<std::size_t>(y) * stride));
  return pointers;
}

/// Palette indices are best left unfiltered; libpng picks filters by row for true colour.
void set_compression(png_structp png, const PngForm& form) {
  if (form.palette.empty()) return;
  png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_FILTER_NONE);
  png_set_compression_level(png, kLevel);
}

std::vector<std::uint8_t> colour_rows(const base::ImageView& image, bool alpha) {
  std::vector<std::uint8_t> rows;
  rows.reserve(static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height) * (alpha ? 4 : 3));
  for (int y = 0; y < image.height; ++y)
    for (int x = 0; x < image.width; ++x) {
      const std::uint32_t colour = alpha ? straight(image.row(y)[x]) : image.row(y)[x];
      for (const int shift : {16, 8, 0}) rows.push_back(static_cast<std::uint8_t>(colour >> shift));
      if (alpha) rows.push_back(static_cast<std::uint8_t>(colour >> 24));
    }
  return rows;
}

/// Fills `rows` with indices and `palette`; false as soon as 256 colours are not enough.
bool index_rows(const base::ImageView& image, PixelRule rule, std::vector<std::uint8_t>& rows,
                std::vector<std::uint32_t>& palette) {
  ColourTable table;
  rows.reserve(static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height));
  for (int y = 0; y < image.height; ++y) {
    const std::uint32_t* row = image.row(y);
    for (int x = 0; x < image.width;) {
      int end = x + 1;
      while (end < image.width && row[end] == row[x]) ++end;
      rows.insert(rows.end(), static_cast<std::size_t>(end - x), static_cast<std::uint8_t>(table.number(rule(row[x]))));
      x = end;
    }
    if (table.size() > kMostPngColours) return false;
  }
  palette = table.colours();
  return true;
}

std::uint32_t u32(std::span<const std::uint8_t> bytes) {
  return std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 | std::uint32_t{bytes[2]} << 8 | bytes[3];
}

}  // namespace

std::vector<std::uint8_t> encode_png(const PngForm& form, std::span<const std::uint8_t> rows, const PngText& text) {
  const Tables tables(form.palette);
  std::vector<png_text> words = text_chunks(text);
  std::vector<png_bytep> pointers = row_pointers(form, rows);
  Png png;
  png.run([&](png_structp write, png_infop about) {
    png_set_IHDR(write, about, static_cast<png_uint_32>(form.width), static_cast<png_uint_32>(form.height),
                 bit_depth(form), colour_type(form), PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    png_set_sRGB(write, about, PNG_sRGB_INTENT_PERCEPTUAL);
    if (!tables.colours.empty())
      png_set_PLTE(write, about, tables.colours.data(), static_cast<int>(tables.colours.size()));
    if (!tables.alphas.empty())
      png_set_tRNS(write, about, tables.alphas.data(), static_cast<int>(tables.alphas.size()), nullptr);
    if (!words.empty()) png_set_text(write, about, words.data(), static_cast<int>(words.size()));
    set_compression(write, form);
    png_write_info(write, about);
    png_set_packing(write);
    png_write_image(write, pointers.data());
    png_write_end(write, nullptr);
  });
  return std::move(png).bytes();
}

void write_png(const base::ImageView& image, bool alpha, const PngText& text, base::ByteSink& sink) {
  PngForm form{image.width, image.height, {}, alpha, true};
  std::vector<std::uint8_t> rows;
  if (!index_rows(image, {alpha ? Alpha::full : Alpha::none}, rows, form.palette)) {
    form.palette.clear();
    rows = colour_rows(image, alpha);
  }
  sink.write(encode_png(form, rows, text));
}

std::vector<PngChunk> png_chunks(std::span<const std::uint8_t> file) {
  std::vector<PngChunk> chunks;
  for (std::size_t at = kPngSignature.size(); at + 12 <= file.size();) {
    const std::size_t size = u32(file.subspan(at));
    chunks.push_back({{reinterpret_cast<const char*>(file.data()) + at + 4, 4}, file.subspan(at + 8, size)});
    at += size + 12;
  }
  return chunks;
}

void append_u32(std::vector<std::uint8_t>& bytes, std::uint32_t value) {
  for (const int shift : {24, 16, 8, 0}) bytes.push_back(static_cast<std::uint8_t>(value >> shift));
}

void put_chunk(const PngChunk& chunk, base::ByteSink& sink) {
  std::vector<std::uint8_t> bytes;
  append_u32(bytes, static_cast<std::uint32_t>(chunk.content.size()));
  bytes.insert(bytes.end(), chunk.name.begin(), chunk.name.end());
  bytes.insert(bytes.end(), chunk.content.begin(), chunk.content.end());
  append_u32(bytes, static_cast<std::uint32_t>(crc32_z(0, bytes.data() + 4, bytes.size() - 4)));  // without the length
  sink.write(bytes);
}

}  // namespace convreel::output
