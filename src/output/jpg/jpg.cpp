#include "output/jpg/jpg.hpp"

// libjpeg's header wants these two before it.
#include <fmt/format.h>
#include <jpeglib.h>

#include <csetjmp>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "output/credit.hpp"

namespace convreel::output {

namespace {

/// libjpeg's handle with its answer in memory. Its errors jump: nothing with a destructor may be made between setjmp
/// and the jump.
class Jpeg {
 public:
  Jpeg() {
    handle_.err = jpeg_std_error(&errors_.manager);
    errors_.manager.error_exit = &Jpeg::failed;
    jpeg_create_compress(&handle_);
    jpeg_mem_dest(&handle_, &bytes_, &size_);
  }
  ~Jpeg() {
    jpeg_destroy_compress(&handle_);
    std::free(bytes_);
  }
  Jpeg(const Jpeg&) = delete;
  Jpeg& operator=(const Jpeg&) = delete;

  /// `comment` is UTF-8; an empty one is left out. Throws Error{run_time} with libjpeg's words.
  std::vector<std::uint8_t> encode(const base::ImageView& image, int quality, const std::string& comment) {
    std::vector<JSAMPLE> row(static_cast<std::size_t>(image.width) * 3);
    if (setjmp(errors_.jump)) throw base::Error(base::ErrorKind::run_time, fmt::format("libjpeg: {}", errors_.words));
    start(image, quality, comment);
    while (handle_.next_scanline < handle_.image_height) {
      fill(row, image.row(static_cast<int>(handle_.next_scanline)));
      JSAMPROW rows[] = {row.data()};
      jpeg_write_scanlines(&handle_, rows, 1);
    }
    jpeg_finish_compress(&handle_);
    return {bytes_, bytes_ + size_};
  }

 private:
  struct Errors {
    jpeg_error_mgr manager;
    std::jmp_buf jump;
    char words[JMSG_LENGTH_MAX] = {};
  };

  static void failed(j_common_ptr handle) {
    auto* errors = reinterpret_cast<Errors*>(handle->err);  // its first member
    handle->err->format_message(handle, errors->words);
    std::longjmp(errors->jump, 1);
  }

  void start(const base::ImageView& image, int quality, const std::string& comment) {
    handle_.image_width = static_cast<JDIMENSION>(image.width);
    handle_.image_height = static_cast<JDIMENSION>(image.height);
    handle_.input_components = 3;
    handle_.in_color_space = JCS_RGB;
    jpeg_set_defaults(&handle_);
    jpeg_set_quality(&handle_, quality, TRUE);
    for (int c = 0; c < handle_.num_components; ++c)
      handle_.comp_info[c].h_samp_factor = handle_.comp_info[c].v_samp_factor = 1;
    handle_.optimize_coding = TRUE;
    jpeg_start_compress(&handle_, TRUE);
    if (!comment.empty())
      jpeg_write_marker(&handle_, JPEG_COM, reinterpret_cast<const JOCTET*>(comment.data()),
                        static_cast<unsigned>(comment.size()));
  }

  static void fill(std::vector<JSAMPLE>& row, const std::uint32_t* pixels) {
    for (std::size_t x = 0; x < row.size() / 3; ++x)
      for (std::size_t c = 0; c < 3; ++c) row[3 * x + c] = static_cast<JSAMPLE>(pixels[x] >> (16 - 8 * c) & 255);
  }

  jpeg_compress_struct handle_{};
  Errors errors_{};
  unsigned char* bytes_ = nullptr;
  unsigned long size_ = 0;
};

class JpgExporter final : public RasterExporter {
 public:
  JpgExporter(int quality, std::string comment) : quality_(quality), comment_(std::move(comment)) {}

  void add(const Frame& frame) override { file_ = Jpeg().encode(frame.image, quality_, comment_); }
  void finish(base::ByteSink& sink) override { sink.write(file_); }

 private:
  int quality_;
  std::string comment_;
  std::vector<std::uint8_t> file_;
};

}  // namespace

std::unique_ptr<RasterExporter> make_jpg(const Subject& subject, const paint::Raster&) {
  constexpr std::size_t kMostComment = 60000;  // a marker counts in 16 bits
  std::string comment = subject.reel.alt_text().substr(0, kMostComment);
  if (subject.job.show.credit) comment += "\n" + credit(subject);
  return std::make_unique<JpgExporter>(subject.output.options.quality, std::move(comment));
}

}  // namespace convreel::output
