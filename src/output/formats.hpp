// THE table of formats. What a format can do is a column here, never a test of its name elsewhere.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "output/exporter.hpp"
#include "output/options.hpp"

namespace convreel::output {

/// What of a story's time a file keeps.
enum class Clock {
  none,      ///< stills
  pictures,  ///< every picture, no times
  times,     ///< every picture and how long it stands
  steady     ///< a picture at every tick
};

/// What a file can give up to become smaller, besides its pixels.
struct Savings {
  bool edges = false;             ///< steps of coverage: fewer shades are fewer bytes where no pixel is lost
  bool rate = false;              ///< pictures a second while something glides
  std::span<const int> crf = {};  ///< a video's, from the best to the worst that can be read
};

/// What a file takes of memory while it is made, as it was measured.
struct Memory {
  std::uint64_t libraries = 0;  ///< bytes whatever the size
  double pixel = 12;            ///< bytes a pixel of the picture
  double coder = 0;             ///< a pixel more for every coder that works beside others
  int coders = 0;               ///< so many at most

  [[nodiscard]] std::uint64_t bytes(double pixels, int threads) const;
};

struct Format {
  std::string_view name;    ///< "gif"; also --format
  std::string_view ending;  ///< ".gif"
  std::string_view summary;
  std::string_view encoder;               ///< the libav encoder it needs; empty for none
  std::string_view without_encoder = {};  ///< options with which it does without; empty for none
  bool archived = false;                  ///< needs encode::archiver()
  bool animated = false;
  bool vector = false;
  bool lossless = false;
  bool alpha = false;
  Clock (*clock)(const job::Output&) = nullptr;  ///< of an output with its options
  /// Job options that change nothing in it, besides those of time (see idle_options()).
  std::span<const std::string_view> ignores = {};
  bool smooth = false;              ///< --motion's default
  bool gradients = false;           ///< holds those that --grad-values asks for
  bool stepped = false;             ///< its reader goes from step to step, though it plays too
  int fps = 25;                     ///< --fps's default
  base::Duration shortest{0};       ///< pictures that stand for less are left out, the last one aside
  double scale = 1;                 ///< pixels a scene unit
  std::span<const Option> options;  ///< what may follow the colon
  /// Throws Error{usage} for options that contradict one another or the picture; null where none can.
  void (*check)(const job::Output&, const job::Show&) = nullptr;
  /// Of an output with its options; null where nothing can be given up.
  Savings (*savings)(const job::Output&) = nullptr;
  Memory (*memory)(const job::Output&) = nullptr;  ///< of an output with its options; null for a Memory as it is
  /// Exactly one of these is set.
  std::unique_ptr<RasterExporter> (*make_raster)(const Subject&, const paint::Raster&) = nullptr;
  void (*write_document)(const Subject&, base::ByteSink&) = nullptr;
};

/// Whether pictures are in the file, and not words or numbers alone.
[[nodiscard]] bool draws(const job::Output& output);

/// Whether every step has a picture of its own in it, whatever the tempo: stills, pages, players that step.
[[nodiscard]] bool shows_every_step(const job::Output& output);

/// The names of job options that change nothing in such a file: those that the format has no use for, times in a still,
/// a frame rate where nothing glides.
[[nodiscard]] std::vector<std::string_view> idle_options(const job::Output& output, const job::Show& show);

/// Of its own options.
[[nodiscard]] std::vector<std::string_view> option_names(const Format& format);

[[nodiscard]] std::span<const Format> formats();
[[nodiscard]] const Format* format_named(std::string_view name);
/// By a path's ending; null when unknown.
[[nodiscard]] const Format* format_of(std::string_view path);

}  // namespace convreel::output
