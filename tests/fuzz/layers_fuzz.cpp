// Random layers and stacks, all the way: written as PyTorch prints them, decided, counted, told, laid out, painted
// small and written as SVG. The oracles are the formulas that do not share a line with the tool.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "fuzz.hpp"
#include "job/resolve.hpp"
#include "job/stack.hpp"
#include "numerics/matrix.hpp"
#include "numerics/stamp.hpp"
#include "output/svg/svg.hpp"
#include "support/formulas.hpp"
#include "support/outputs.hpp"
#include "support/scenes.hpp"
#include "views/catalogue.hpp"
#include "views/reel/reel.hpp"

namespace convreel::fuzz {

namespace {

/// Small numbers out of bytes, the least ones behind their end.
class Draws {
 public:
  explicit Draws(Bytes bytes) : bytes_(bytes) {}
  std::int64_t whole(std::int64_t least, std::int64_t most) {
    const std::int64_t byte = bytes_.empty() ? 0 : bytes_.front();
    bytes_ = bytes_.subspan(std::min<std::size_t>(1, bytes_.size()));
    return least + byte % (most - least + 1);
  }
  bool coin() { return whole(0, 1) == 1; }
  template <std::size_t n>
  std::string_view one_of(const std::string_view (&words)[n]) {
    return words[static_cast<std::size_t>(whole(0, n - 1))];
  }
  std::string tuple(int dims, std::int64_t least, std::int64_t most) {
    std::vector<std::int64_t> numbers;
    for (int a = 0; a < dims; ++a) numbers.push_back(whole(least, most));
    return fmt::format("({}{})", fmt::join(numbers, ", "), dims == 1 ? "," : "");
  }

 private:
  Bytes bytes_;
};

std::string sides(Draws& draws, int dims) {
  std::vector<std::int64_t> numbers;
  for (int side = 0; side < 2 * dims; ++side) numbers.push_back(draws.whole(0, 3));
  return fmt::format(" --padding {}", fmt::join(numbers, ","));
}

std::string mixing_layer(Draws& draws, int dims, std::int64_t& channels) {
  const bool transposed = draws.coin();
  const std::int64_t groups = channels % 2 == 0 ? draws.whole(1, 2) : 1, out = groups * draws.whole(1, 2);
  std::string line =
      fmt::format("Conv{}{}d({}, {}, kernel_size={}, stride={}, dilation={}, groups={}, bias={}",
                  transposed ? "Transpose" : "", dims, channels, out, draws.tuple(dims, 1, 3), draws.tuple(dims, 1, 3),
                  draws.tuple(dims, 1, 2), groups, draws.coin() ? "True" : "False");
  channels = out;
  if (transposed) line += fmt::format(", output_padding={}", draws.tuple(dims, 0, 1));
  const std::string_view mode = draws.one_of({"zeros", "zeros", "reflect", "replicate", "circular"});
  if (!transposed) line += fmt::format(", padding_mode='{}'", mode);
  if (draws.coin()) return line + ")" + sides(draws, dims) + (draws.coin() ? " --flip-kernel" : "");
  return line + fmt::format(", padding={})", draws.tuple(dims, 0, 2));
}

std::string pooling_layer(Draws& draws, int dims) {
  const bool mean = draws.coin();
  std::string line = fmt::format("{}Pool{}d(kernel_size={}, stride={}, padding={}", mean ? "Avg" : "Max", dims,
                                 draws.tuple(dims, 1, 3), draws.tuple(dims, 1, 3), draws.tuple(dims, 0, 1));
  if (draws.coin()) line += ", ceil_mode=True";
  if (mean && draws.coin()) line += ", count_include_pad=False";
  if (mean && draws.coin()) line += ", divisor_override=3";
  if (!mean) line += fmt::format(", dilation={}", draws.tuple(dims, 1, 2));
  return line + ")";
}

std::string mapping_layer(Draws& draws, int dims) {
  const std::string_view name = draws.one_of({"ReLU()", "LeakyReLU(0.5)", "Tanh()", "Upsample(scale_factor=2)",
                                              "Dropout()", "AdaptiveAvgPool{}d(2)", "AdaptiveMaxPool{}d(2)",
                                              "ZeroPad{}d(1)", "PixelUnshuffle(2)", "Flatten()", "Sigmoid()"});
  return fmt::format(fmt::runtime(name), dims);
}

std::string any_stack_layer(Draws& draws, int dims, std::int64_t& channels, bool alone) {
  switch (draws.whole(0, alone ? 2 : 3)) {
    case 2:
      return pooling_layer(draws, dims);
    case 3:
      return mapping_layer(draws, dims);
    default:
      return mixing_layer(draws, dims, channels);
  }
}

job::JobSpec any_spec(Draws& draws) {
  const int layers = static_cast<int>(draws.whole(1, 3)), dims = static_cast<int>(draws.whole(1, 3));
  std::int64_t channels = draws.whole(1, 2);
  const std::int64_t given = channels;
  job::Sizes size;
  for (int a = 0; a < dims; ++a) size.push_back(draws.whole(1, 5));
  std::vector<std::string> lines;
  for (int n = 0; n < layers; ++n) lines.push_back(any_stack_layer(draws, dims, channels, layers == 1));
  job::JobSpec spec;
  if (layers == 1)
    spec = std::get<job::JobSpec>(job::read_stack_layer(lines.front()).layer);
  else
    spec.stack = lines;
  spec.limits = small_limits();
  spec.input_size = size;
  spec.in_channels = given;
  spec.input_values = draws.one_of({"ramp", "random:1", "checker", "impulse", "random:2"});
  return spec;
}

/// Windows over padding alone have a maximum of minus infinity, of which a later layer may make what is no number.
bool close(double x, double y) {
  return x == y || (std::isnan(x) && std::isnan(y)) || std::abs(x - y) <= 1e-9 * (1 + std::abs(x));
}

bool alike(const numerics::Map& a, const numerics::Map& b) {
  return a.channels == b.channels && a.size == b.size && std::ranges::equal(a.values, b.values, close);
}

void hold_identities(const numerics::Trace& trace) {
  if (!trace.layer().row().weights) return;
  if (!trace.layer().transposed()) {
    hold(alike(trace.output(), test::gathered(trace)), "a convolution gathers over a padded copy");
  } else {
    hold(alike(trace.output(), test::scattered(trace)), "a transposed convolution scatters");
    hold(alike(trace.output(), test::zero_inserted(trace)), "it is a convolution over the input with zeros in it");
    const numerics::Stamps stamps(trace);
    const numerics::Map last = stamps.cropped(stamps.sums_after(stamps.count(), 0), 0);
    for (std::size_t n = 0; n < last.values.size(); ++n)
      hold(close(last.values[n], trace.output().values[n]), "stamps add up to the output");
  }
  if (!numerics::Matrix::refuses(trace.layer()))
    hold(alike(trace.output(), test::through_matrix(trace)), "the output is the matrix times the input");
}

void hold_steps(const numerics::Stage& stage) {
  for (std::int64_t n = 0; stage.has_values() && n < stage.step_count();
       n += std::max<std::int64_t>(1, stage.step_count() / 5)) {
    hold(close(stage.step(n).sum, stage.output().values[static_cast<std::size_t>(n)]),
         "a step gives the output's number");
  }
}

void hold_numbers(const job::Chain& chain) {
  for (std::size_t n = 0; n < chain.stages.size(); ++n) {
    const numerics::Stage& stage = chain.stages[n];
    if (n > 0) hold(alike(stage.input(), chain.stages[n - 1].output()), "a layer reads what the one before gives");
    if (stage.trace()) hold_identities(*stage.trace());
    hold_steps(stage);
  }
}

job::Show any_show(Draws& draws, const job::Chain& chain) {
  std::vector<std::string_view> possible;
  for (const views::Row& row : views::catalogue())
    if (!views::refusal(row, chain)) possible.push_back(row.name);
  hold(!possible.empty(), "every layer has a view");
  job::Show show;
  show.views = {std::string(possible[static_cast<std::size_t>(draws.whole(0, 255)) % possible.size()])};
  show.layout = static_cast<job::Layout>(draws.whole(0, 3));
  show.numbers = !draws.coin();
  return show;
}

void hold_scene(const views::Reel& reel, std::int64_t at, const scene::Ruler& ruler, paint::Painter& painter) {
  const scene::Scene scene = reel.shot(at).scene;
  hold(scene == reel.shot(at).scene, "a shot is a function of its number");
  const auto faults = test::layout_faults(scene, ruler);
  hold(faults.empty(), "words stay in their boxes, apart from each other: " + (faults.empty() ? "" : faults.front()));
  const base::Image kept(painter.paint(scene));
  painter.forget();
  hold(base::Image(painter.paint(scene)) == kept, "what is kept is what is painted anew");
}

}  // namespace

CONVREEL_FUZZ(layers) {
  Draws draws(bytes);
  job::Job job = job::resolve(any_spec(draws), {});
  hold_numbers(job.chain);
  job.show = any_show(draws, job.chain);
  static const theme::Theme theme = theme::load("light");
  static const std::unique_ptr<scene::Ruler> ruler = paint::make_ruler(theme);
  const auto reel = views::make_reel({views::panel_of(job.chain, job.show)}, job.show, {draws.coin(), 5}, *ruler);
  paint::Painter painter(theme, paint::raster_for(reel->canvas(), 0.2));
  for (const std::int64_t at : {std::int64_t{0}, reel->size() / 2, reel->size() - 1})
    hold_scene(*reel, at, *ruler, painter);
  base::MemorySink svg;
  output::write_svg({job, *reel, theme, test::output("a.svg", "svg"), "fuzz"}, svg);
  hold(text_of(svg.bytes()).ends_with("</svg>\n"), "an SVG is whole");
}

}  // namespace convreel::fuzz
