// One layer, resolved and laid out, as every benchmark uses it.
#pragma once

#include <memory>
#include <string>

#include "paint/painter.hpp"
#include "spec/resolve.hpp"
#include "spec/sources.hpp"
#include "theme/theme.hpp"
#include "views/reel.hpp"

namespace convreel::bench {

/// A convolution over cells x cells with padding 1, so that its output is as large, without chapters.
struct ReelCase {
  explicit ReelCase(std::int64_t cells)
      : job(spec::resolve(spec_for(cells), {})),
        look(theme::load(job.show.theme, job.show.theme_overrides)),
        ruler(paint::make_ruler(look)),
        reel(views::make_reel({{&job.trace, &job.show, {}}}, job.show, {}, *ruler)),
        raster(paint::raster_for(reel->canvas(), 1)) {}

  static spec::JobSpec spec_for(std::int64_t cells) {
    spec::JobSpec layer = spec::from_layer_string("Conv2d(1, 1, kernel_size=3, padding=1)");
    layer.input_size = spec::Sizes{cells};
    layer.chapters = spec::Chapters::none;
    layer.views = std::vector<std::string>{"slide"};
    return layer;
  }

  spec::Job job;
  theme::Theme look;
  std::unique_ptr<scene::Ruler> ruler;
  std::unique_ptr<views::Reel> reel;
  paint::Raster raster;
};

}  // namespace convreel::bench
