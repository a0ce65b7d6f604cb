// One file to write, with what was said after its colon: read, within its bounds, and with its default where nothing
// was.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "job/choice.hpp"

namespace convreel::job {

enum class VideoCodec { vp9, av1 };
enum class Keyframes { chapters, steps };
enum class SlideMedia { mp4, gif };
enum class SlideStart { automatic, click };
enum class Slides { animation, steps };
enum class Pages { steps, frames, grid };
enum class Scheme { automatic, fixed };
enum class SvgText {
  words,    ///< can be selected, searched and read out
  outlines  ///< the same everywhere, whatever fonts are there
};

/// A still's step, counted from 1, or one of these.
inline constexpr std::int64_t kFirstStill = 0, kLastStill = std::numeric_limits<std::int64_t>::max();

struct Grid {
  int rows = 1, columns = 1;
  bool operator==(const Grid&) const = default;
};

/// One member an option; a format's table in output/formats.cpp has a row for each that it takes.
struct OutputOptions {
  std::optional<std::int64_t> max_bytes;
  std::optional<double> scale;  ///< pixels a scene unit, or a factor on --size; empty: the format's own
  std::optional<int> fps;       ///< empty: the job's, else the format's own
  std::optional<int> crf;       ///< a video's rate factor; empty: its codec's own
  Choice<std::int64_t> still = kLastStill;
  std::optional<std::uint32_t> matte;  ///< 0xFFRRGGBB below a GIF's half-seen pixels; empty: the theme's background
  Choice<int> colors = 256;
  Choice<int> effort = 3;
  Choice<int> quality = 92;  ///< a JPEG's
  Choice<std::string_view> preset = std::string_view("medium"), chroma = std::string_view("420");
  Choice<Keyframes> keyframes = Keyframes::chapters;
  Choice<VideoCodec> codec = VideoCodec::vp9;
  Choice<SlideMedia> media = SlideMedia::mp4;
  Choice<Slides> slides = Slides::animation;
  Choice<SlideStart> start = SlideStart::automatic;
  std::optional<int> strip;  ///< key frames on a page
  std::optional<Grid> grid;  ///< and in rows and columns
  Choice<bool> animated = false;
  Choice<Scheme> scheme = Scheme::automatic;
  Choice<SvgText> text = SvgText::words;
  Choice<Pages> pages = Pages::steps;
  Choice<int> columns = 3, rows = 4;
  bool operator==(const OutputOptions&) const = default;
};

struct Output {
  std::string path;    ///< "-" for stdout
  std::string format;  ///< a name of the format table
  OutputOptions options;
  bool operator==(const Output&) const = default;
};

}  // namespace convreel::job
