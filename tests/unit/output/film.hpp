// A job with its reel, as an exporter is handed it: small layers with numbers that can be checked by eye.
#pragma once

#include <memory>
#include <string>

#include "output/exporter.hpp"
#include "paint/painter.hpp"
#include "support/outputs.hpp"
#include "views/catalogue.hpp"
#include "views/reel/reel.hpp"

namespace convreel::test {

inline numerics::Trace filled(const numerics::Layer& layer) {
  numerics::Map input(layer.in_channels, layer.input);
  for (std::size_t v = 0; v < input.values.size(); ++v) input.values[v] = static_cast<double>((v * 7 + 3) % 10);
  numerics::Kernel kernel;
  if (layer.row().weights) {
    kernel = layer.transposed() ? numerics::Kernel(layer.in_channels, layer.out_channels / layer.groups, layer.kernel)
                                : numerics::Kernel(layer.out_channels, layer.in_channels / layer.groups, layer.kernel);
    for (std::size_t v = 0; v < kernel.values.size(); ++v) kernel.values[v] = static_cast<double>(v % 5) - 2;
  }
  return {layer, input, kernel, {}};
}

/// 5x5 input, 3x3 kernel, stride 2, padding 1: nine outputs.
inline numerics::Layer strided_conv() {
  numerics::Layer layer;
  layer.stride = {1, 2, 2};
  layer.padding = {{{0, 0}, {1, 1}, {1, 1}}};
  return layer;
}

/// 3x3 input, 3x3 kernel, stride 2, padding 1: zeros inserted, 25 outputs.
inline numerics::Layer strided_transposed() {
  numerics::Layer layer = strided_conv();
  layer.kind = numerics::LayerKind::conv_transpose;
  layer.input = {1, 3, 3};
  return layer;
}

/// The strided convolution, and what reads its nine outputs.
inline job::Chain stacked() {
  const numerics::Trace first = filled(strided_conv());
  numerics::Layer second;
  second.input = {1, 3, 3};
  second.kernel = {1, 2, 2};
  numerics::Kernel kernel(1, 1, second.kernel);
  for (std::size_t v = 0; v < kernel.values.size(); ++v) kernel.values[v] = static_cast<double>(v);
  return job::Chain({numerics::Stage(first), numerics::Stage(numerics::Trace(second, first.output(), kernel, {}))});
}

struct Film {
  explicit Film(const numerics::Layer& layer, job::Show show = {}, story::Pace pace = {})
      : Film(job::Chain(filled(layer)), std::move(show), pace) {}

  explicit Film(job::Chain chain, job::Show show = {}, story::Pace pace = {})
      : theme(theme::load(*show.theme, show.theme_overrides)),
        ruler(paint::make_ruler(theme)),
        job{"test", std::move(chain), std::move(show), {}} {
    if (job.show.views.empty()) job.show.views = {std::string(views::default_view(job.chain))};
    reel = views::make_reel({views::panel_of(job.chain, job.show)}, job.show, pace, *ruler);
  }

  /// The file that `write` makes with these options.
  [[nodiscard]] std::string written(void (*write)(const output::Subject&, base::ByteSink&), const std::string& format,
                                    const Options& options = {}) const {
    const job::Output output = test::output("out." + format, format, options);
    base::MemorySink sink;
    write({job, *reel, theme, output, "test"}, sink);
    return {sink.bytes().begin(), sink.bytes().end()};
  }

  theme::Theme theme;
  std::unique_ptr<scene::Ruler> ruler;
  job::Job job;
  std::unique_ptr<views::Reel> reel;
};

}  // namespace convreel::test
