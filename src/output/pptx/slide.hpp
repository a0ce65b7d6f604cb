// One slide of a presentation in PresentationML (ECMA-376): a picture or a video that fills it, its alt text, and a
// title that is read out but stands above the slide's edge, as the picture has its own.
#pragma once

#include <string>

#include "base/duration.hpp"

namespace convreel::output {

/// Slides are 16:9, in English Metric Units (914400 an inch).
inline constexpr std::int64_t kSlideWidth = 12192000, kSlideHeight = 6858000;

/// How a video on a slide is played.
struct SlideVideo {
  std::string file;  ///< "media1.mp4", in ppt/media
  base::Duration length{};
  int plays = 0;       ///< 0: until the slide is left
  bool click = false;  ///< starts at a click instead of with the slide
};

struct Slide {
  std::string title, alt;
  std::string picture;        ///< "image1.png", in ppt/media: the picture, or the video's poster
  int width = 0, height = 0;  ///< the picture's pixels: its shape is kept
  std::string background;     ///< "FFFFFF"
  SlideVideo video;           ///< no file: a picture alone
};

[[nodiscard]] std::string slide_xml(const Slide& slide);
/// The slide's relations to its layout and its media.
[[nodiscard]] std::string slide_relations_xml(const Slide& slide);

}  // namespace convreel::output
