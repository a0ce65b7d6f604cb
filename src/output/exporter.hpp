// How a reel becomes bytes. Raster exporters are handed painted frames (several share one painting); document exporters
// pull scenes from the reel themselves.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/byte_sink.hpp"
#include "base/cancel.hpp"
#include "base/duration.hpp"
#include "base/image.hpp"
#include "job/job.hpp"
#include "paint/painter.hpp"
#include "story/storyboard.hpp"
#include "theme/theme.hpp"
#include "views/reel/reel.hpp"

namespace convreel::output {

/// All that an exporter may ask about what it exports. References outlive the exporter.
struct Subject {
  const job::Job& job;
  const views::Reel& reel;
  const theme::Theme& theme;
  const job::Output& output;  ///< options after the colon
  std::string version;        ///< the tool's
  int threads = 1;            ///< to encode with; never changes a byte
  story::Pace pace = {};      ///< that the reel was made with
};

struct Frame {
  base::ImageView image;
  const std::vector<base::PixelRect>* damage = nullptr;  ///< against the frame before
  base::Duration start{}, duration{};
  story::Begins begins = story::Begins::nothing;
};

/// Takes every frame of the reel, in order, then finish(). What it wrote before it is destroyed early is worth nothing.
class RasterExporter {
 public:
  virtual ~RasterExporter() = default;
  /// True: all frames are shown once to survey() before the first add(), so that a palette can be chosen.
  [[nodiscard]] virtual bool wants_survey() const { return false; }
  virtual void survey(const Frame&) {}
  /// Asked once the survey is over. True: it kept all it needs, add() may be left out (and does nothing).
  [[nodiscard]] virtual bool satisfied() const { return false; }
  /// Asked once the survey is over. True: pictures with fewer colours would be shown exactly.
  [[nodiscard]] virtual bool too_many_colours() const { return false; }
  /// Comes before the first add() with the sink that finish() gets, so that a long file need not wait in memory.
  virtual void begin(base::ByteSink&) {}
  /// True: add() leaves its work to threads of its own, so that pictures painted ahead would only wait.
  [[nodiscard]] virtual bool works_aside() const { return false; }
  virtual void add(const Frame& frame) = 0;
  virtual void finish(base::ByteSink& sink) = 0;
};

}  // namespace convreel::output
