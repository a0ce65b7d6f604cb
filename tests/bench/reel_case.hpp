// One layer, resolved and laid out, as every benchmark uses it.
#pragma once

#include <memory>
#include <string>

#include "job/resolve.hpp"
#include "job/sources.hpp"
#include "paint/painter.hpp"
#include "theme/theme.hpp"
#include "views/reel/reel.hpp"

namespace convreel::bench {

/// A convolution over cells x cells with padding 1, so that its output is as large, without chapters.
struct ReelCase {
  explicit ReelCase(std::int64_t cells)
      : job(job::resolve(spec_for(cells), {})),
        look(theme::load(*job.show.theme, job.show.theme_overrides)),
        ruler(paint::make_ruler(look)),
        reel(views::make_reel({{&job.chain.only(), &job.show, {}}}, job.show, {}, *ruler)),
        raster(paint::raster_for(reel->canvas(), 1)) {}

  static job::JobSpec spec_for(std::int64_t cells) {
    job::JobSpec layer = job::from_layer_string("Conv2d(1, 1, kernel_size=3, padding=1)");
    layer.input_size = job::Sizes{cells};
    layer.show.chapters = job::Chapters::none;
    layer.show.views = std::vector<std::string>{"slide"};
    return layer;
  }

  job::Job job;
  theme::Theme look;
  std::unique_ptr<scene::Ruler> ruler;
  std::unique_ptr<views::Reel> reel;
  paint::Raster raster;
};

}  // namespace convreel::bench
