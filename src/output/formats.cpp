#include "output/formats.hpp"

#include <algorithm>
#include <iterator>

#include "base/text.hpp"
#include "job/values.hpp"
#include "output/apng/apng.hpp"
#include "output/gif/gif.hpp"
#include "output/html/html.hpp"
#include "output/jpg/jpg.hpp"
#include "output/json/json.hpp"
#include "output/option_codecs.hpp"
#include "output/pdf/pdf.hpp"
#include "output/png/png.hpp"
#include "output/pptx/pptx.hpp"
#include "output/svg/svg.hpp"
#include "output/text/text.hpp"
#include "output/video/video.hpp"
#include "output/webp/webp.hpp"

namespace convreel::output {

namespace {

using O = job::OutputOptions;

constexpr View kChromas[] = {"420", "444"}, kCodecs[] = {"vp9", "av1"}, kMedia[] = {"mp4", "gif"};
constexpr View kPresets[] = {"medium", "ultrafast", "superfast", "veryfast", "faster",
                             "fast",   "slow",      "slower",    "veryslow"};
constexpr View kKeyframesAt[] = {"chapters", "steps"};
constexpr View kSlides[] = {"animation", "steps"}, kStarts[] = {"auto", "click"}, kNoYes[] = {"false", "true"};
constexpr View kSchemes[] = {"auto", "fixed"}, kTexts[] = {"words", "outlines"}, kPages[] = {"steps", "frames", "grid"};

constexpr auto kScaleText = [](double scale) { return base::exact(scale); };
constexpr auto kColourText = [](std::uint32_t colour) { return fmt::format("#{:06X}", colour & 0xFFFFFF); };
constexpr auto kGridText = [](job::Grid grid) { return fmt::format("{}x{}", grid.rows, grid.columns); };

// clang-format off
// Options of several formats.
constexpr Option kFps{"fps", "pictures a second while something glides", whole<&O::fps, 1, 240>(), "`--fps`, else 25"};
constexpr Option kScale{"scale", "pixels a scene unit, or a factor on `--size`", option_codec<&O::scale, read_scale, kScaleText, [] { return "0.1..16"; }>(), "1, video 2; with `--size` 1"};
constexpr Option kStill{"still", "which picture it shows", option_codec<&O::still, read_still, job::print_still, [] { return "first|last|N"; }>()};
constexpr Option kX264Crf{"crf", "x264's quantiser: higher is smaller and worse", whole<&O::crf, 0, 51>(), "25"};
constexpr Option kChroma{"chroma", "420: colour has half the resolution of light; 444: all of it", choice<&O::chroma, kChromas>()};
constexpr Option kKeyframes{"keyframes", "where seeking lands: at chapters and every ten seconds, or at every step", choice<&O::keyframes, kKeyframesAt>()};
constexpr Option kScheme{"scheme", "auto: the light theme is dark where the reader's system is", choice<&O::scheme, kSchemes>()};

constexpr Option kGifOptions[] = {
    kFps, kScale,
    {"matte", "colour below half-transparent edges", option_codec<&O::matte, read_colour, kColourText, [] { return "#RRGGBB"; }>(), "the theme's background"},
    {"colors", "colours of the palette, at most", whole<&O::colors, 2, 256>()}};
constexpr Option kMp4Options[] = {
    kFps, kScale, kX264Crf,
    {"preset", "how hard x264 tries", choice<&O::preset, kPresets>()},
    kChroma, kKeyframes};
constexpr Option kWebmOptions[] = {
    kFps, kScale,
    {"crf", "VP9's and AV1's quality: higher is smaller and worse", whole<&O::crf, 0, 63>(), "26; AV1 35"},
    {"codec", "what the video is coded with", choice<&O::codec, kCodecs>()},
    kChroma, kKeyframes};
constexpr Option kWebpOptions[] = {
    kFps, kScale,
    {"effort", "how hard libwebp tries", whole<&O::effort, 0, 9>()}};
constexpr Option kApngOptions[] = {kFps, kScale};
constexpr Option kPptxOptions[] = {
    kFps, kScale, kX264Crf, kKeyframes,
    {"media", "the animation as a video or as a GIF", choice<&O::media, kMedia>()},
    {"slides", "one with the animation, or one a step", choice<&O::slides, kSlides>()},
    {"start", "the video plays when its slide is shown, or at a click", choice<&O::start, kStarts>()}};
constexpr Option kPngOptions[] = {
    kScale,
    {"strip", "so many key frames on a sheet that fits a page", whole<&O::strip, 1, kMostPictures>(), "one picture"},
    {"grid", "key frames in rows and columns", option_codec<&O::grid, read_grid, kGridText, [] { return "RxC"; }>(), "one picture"},
    kStill};
constexpr Option kJpgOptions[] = {
    {"quality", "100 is the best and largest", whole<&O::quality, 1, 100>()},
    kScale, kStill};
constexpr Option kSvgOptions[] = {
    {"animated", "the whole story, playing by itself", choice<&O::animated, kNoYes>()},
    kFps, kScheme, kStill,
    {"text", "words can be selected; outlines look the same everywhere", choice<&O::text, kTexts>()}};
constexpr Option kPdfOptions[] = {
    {"columns", "pictures beside one another on a sheet", whole<&O::columns, 1, 20>()},
    kFps,
    {"pages", "one a step, one a frame, or sheets of many", choice<&O::pages, kPages>()},
    {"rows", "pictures below one another on a sheet", whole<&O::rows, 1, 20>()}};
constexpr Option kHtmlOptions[] = {kFps, kScheme};
// clang-format on

constexpr std::string_view kPlayersLoop[] = {"loop"};  // the player's button, not the file, says how often
constexpr std::string_view kNoPixels[] = {"aa-levels"};
constexpr std::string_view kPaper[] = {"size", "aa-levels"};
constexpr std::string_view kCaptions[] = {"theme",  "set", "size", "cell",        "title",     "numbers",
                                          "motion", "fps", "loop", "transparent", "aa-levels", "credit"};
constexpr std::string_view kNothingShown[] = {"view",        "theme",     "set",        "layout",   "size",     "cell",
                                              "title",       "numbers",   "arithmetic", "chapters", "hold-end", "steps",
                                              "transparent", "aa-levels", "credit",     "pace"};
/// But for the first and the last: a transcript has the view's conclusion, and which steps are shown together.
constexpr auto kToldAlone = std::span(kNothingShown).subspan<1, std::size(kNothingShown) - 2>();

template <Clock kClock>
Clock always(const job::Output&) {
  return kClock;
}

Clock pptx_clock(const job::Output& output) {
  if (output.options.slides == job::Slides::steps) return Clock::none;
  return output.options.media == job::SlideMedia::gif ? Clock::times : Clock::steady;
}

Clock svg_clock(const job::Output& output) { return output.options.animated ? Clock::times : Clock::none; }

Clock pdf_clock(const job::Output& output) {
  return output.options.pages == job::Pages::frames ? Clock::pictures : Clock::none;
}

// Each saves about a quarter. A lower frame rate saves nothing: pictures that differ little cost little.
constexpr int kX264Crfs[] = {29, 33, 37};
constexpr int kVp9Crfs[] = {34, 41, 48};
constexpr int kAv1Crfs[] = {43, 50, 57};

Savings exact_animation(const job::Output&) { return {.edges = true, .rate = true}; }
Savings exact_still(const job::Output&) { return {.edges = true}; }
Savings pixels_only(const job::Output&) { return {}; }
Savings mp4_savings(const job::Output&) { return {.crf = kX264Crfs}; }
Savings webm_savings(const job::Output& output) {
  return {.crf = output.options.codec == job::VideoCodec::av1 ? std::span<const int>(kAv1Crfs) : kVp9Crfs};
}
Savings pptx_savings(const job::Output& output) {
  if (output.options.slides == job::Slides::steps) return exact_still(output);
  return output.options.media == job::SlideMedia::gif ? exact_animation(output) : mp4_savings(output);
}

// Measured (docs/trust.md). What its coders compare with is most of a video's memory; encode::media() lets so many work
// at once. AV1's one coder takes more for a second thread.
constexpr std::uint64_t kMega = 1'000'000;
template <int kPixel>
Memory pixels_memory(const job::Output&) {
  return {.pixel = kPixel};
}
Memory mp4_memory(const job::Output&) { return {.libraries = 84 * kMega, .pixel = 20, .coder = 45, .coders = 4}; }
Memory webm_memory(const job::Output& output) {
  constexpr std::uint64_t kLibraries = 98 * kMega;
  if (output.options.codec == job::VideoCodec::av1)
    return {.libraries = kLibraries, .pixel = 140, .coder = 50, .coders = 2};
  return {.libraries = kLibraries, .pixel = 20, .coder = 80, .coders = 2};
}
Memory pptx_memory(const job::Output& output) {
  if (output.options.slides == job::Slides::steps) return {};
  return output.options.media == job::SlideMedia::gif ? pixels_memory<25>(output) : mp4_memory(output);
}

constexpr Format kFormats[] = {
    {.name = "gif",
     .ending = ".gif",
     .summary = "animated GIF: plays everywhere, one exact palette",
     .encoder = {},
     .animated = true,
     .lossless = true,
     .alpha = true,
     .clock = &always<Clock::times>,
     .shortest = std::chrono::milliseconds(20),
     .options = kGifOptions,
     .savings = &exact_animation,
     .memory = &pixels_memory<25>,
     .make_raster = &make_gif},
    {.name = "mp4",
     .ending = ".mp4",
     .summary = "H.264 video for slides and the web",
     .encoder = "libx264",
     .animated = true,
     .clock = &always<Clock::steady>,
     .ignores = kPlayersLoop,
     .smooth = true,
     .scale = 2,  // colour has half the resolution of light: drawn at twice the size it stays sharp
     .options = kMp4Options,
     .savings = &mp4_savings,
     .memory = &mp4_memory,
     .make_raster = &make_mp4},
    {.name = "webm",
     .ending = ".webm",
     .summary = "VP9 (or AV1) video for the web, transparent when asked",
     .encoder = "libvpx-vp9",
     .animated = true,
     .alpha = true,
     .clock = &always<Clock::steady>,
     .ignores = kPlayersLoop,
     .smooth = true,
     .scale = 2,
     .options = kWebmOptions,
     .check = &check_webm,
     .savings = &webm_savings,
     .memory = &webm_memory,
     .make_raster = &make_webm},
    {.name = "webp",
     .ending = ".webp",
     .summary = "lossless animated WebP: the smallest exact picture for pages",
     .encoder = {},
     .animated = true,
     .lossless = true,
     .alpha = true,
     .clock = &always<Clock::times>,
     .options = kWebpOptions,
     .savings = &exact_animation,
     .memory = &pixels_memory<45>,
     .make_raster = &make_webp},
    {.name = "apng",
     .ending = ".apng",
     .summary = "animated PNG: exact, with full alpha",
     .encoder = {},
     .animated = true,
     .lossless = true,
     .alpha = true,
     .clock = &always<Clock::times>,
     .options = kApngOptions,
     .savings = &exact_animation,
     .memory = &pixels_memory<22>,
     .make_raster = &make_apng},
    {.name = "pptx",
     .ending = ".pptx",
     .summary = "a slide with the animation in it, or a slide a step",
     .encoder = "libx264",
     .without_encoder = ":slides=steps or :media=gif",
     .archived = true,
     .animated = true,
     .clock = &pptx_clock,
     .smooth = true,
     .scale = 2,
     .options = kPptxOptions,
     .check = &check_pptx,
     .savings = &pptx_savings,
     .memory = &pptx_memory,
     .make_raster = &make_pptx},
    {.name = "png",
     .ending = ".png",
     .summary = "a still: the finished result, --still, or key frames side by side",
     .encoder = {},
     .lossless = true,
     .alpha = true,
     .clock = &always<Clock::none>,
     .options = kPngOptions,
     .check = &check_png,
     .savings = &exact_still,
     .make_raster = &make_png},
    {.name = "jpg",
     .ending = ".jpg",
     .summary = "a still for what takes no PNG: nearly exact, never transparent",
     .encoder = {},
     .clock = &always<Clock::none>,
     .options = kJpgOptions,
     .savings = &pixels_only,
     .memory = &pixels_memory<16>,
     .make_raster = &make_jpg},
    {.name = "svg",
     .ending = ".svg",
     .summary = "a vector still, or the story with :animated; light and dark in one file",
     .encoder = {},
     .vector = true,
     .lossless = true,
     .alpha = true,
     .clock = &svg_clock,
     .ignores = kNoPixels,
     .options = kSvgOptions,
     .write_document = &write_svg},
    {.name = "pdf",
     .ending = ".pdf",
     .summary = "vector pages for papers and Beamer: one a step, every frame, or a sheet of many",
     .encoder = {},
     .vector = true,
     .lossless = true,
     .clock = &pdf_clock,
     .ignores = kPaper,
     .options = kPdfOptions,
     .check = &check_pdf,
     .write_document = &write_pdf},
    {.name = "html",
     .ending = ".html",
     .summary = "one page with a player: step, scrub, hover; works offline",
     .encoder = {},
     .animated = true,
     .vector = true,
     .lossless = true,
     .alpha = true,
     .clock = &always<Clock::times>,
     .ignores = kNoPixels,
     .stepped = true,
     .options = kHtmlOptions,
     .write_document = &write_html},
    {.name = "json",
     .ending = ".json",
     .summary = "the trace: every product of every step",
     .encoder = {},
     .clock = &always<Clock::none>,
     .ignores = kNothingShown,
     .gradients = true,
     .options = {},
     .write_document = &write_json},
    {.name = "txt",
     .ending = ".txt",
     .summary = "alt text and transcript, step by step",
     .encoder = {},
     .clock = &always<Clock::none>,
     .ignores = kToldAlone,
     .options = {},
     .write_document = &write_txt},
    {.name = "vtt",
     .ending = ".vtt",
     .summary = "WebVTT captions, a cue a step, for the video",
     .encoder = {},
     .clock = &always<Clock::times>,
     .ignores = kCaptions,
     .options = {},
     .write_document = &write_vtt},
};

}  // namespace

std::vector<std::string_view> option_names(const Format& format) {
  std::vector<std::string_view> names;
  for (const Option& option : format.options) names.push_back(option.name);
  return names;
}

std::span<const Format> formats() { return kFormats; }

const Format* format_named(std::string_view name) {
  const auto* found =
      std::find_if(std::begin(kFormats), std::end(kFormats), [&](const Format& f) { return f.name == name; });
  return found == std::end(kFormats) ? nullptr : found;
}

std::uint64_t Memory::bytes(double pixels, int threads) const {
  return libraries + static_cast<std::uint64_t>(pixels * (pixel + coder * std::clamp(threads, 1, std::max(1, coders))));
}

bool draws(const job::Output& output) {
  const Format* format = format_named(output.format);
  return format->make_raster || format->vector;
}

bool shows_every_step(const job::Output& output) {
  const Format& format = *format_named(output.format);
  const Clock clock = format.clock(output);
  return draws(output) && (format.stepped || clock == Clock::none || clock == Clock::pictures);
}

const Format* format_of(std::string_view path) {
  const std::string text = base::lower(path);
  const auto* found =
      std::find_if(std::begin(kFormats), std::end(kFormats), [&](const Format& f) { return text.ends_with(f.ending); });
  return found == std::end(kFormats) ? nullptr : found;
}

}  // namespace convreel::output
