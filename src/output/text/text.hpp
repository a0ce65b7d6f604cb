// The story as words: alt text and transcript, and captions for the video.
#pragma once

#include "output/exporter.hpp"

namespace convreel::output {

void write_txt(const Subject& subject, base::ByteSink& sink);
void write_vtt(const Subject& subject, base::ByteSink& sink);

}  // namespace convreel::output
