#include "output/formats.hpp"

#include <algorithm>
#include <iterator>

#include "base/text.hpp"
#include "output/apng/apng.hpp"
#include "output/gif/gif.hpp"
#include "output/html/html.hpp"
#include "output/json/json.hpp"
#include "output/pdf/pdf.hpp"
#include "output/png/png.hpp"
#include "output/pptx/pptx.hpp"
#include "output/svg/svg.hpp"
#include "output/text/text.hpp"
#include "output/video/video.hpp"
#include "output/webp/webp.hpp"

namespace convreel::output {

namespace {

constexpr std::string_view kGifOptions[] = {"fps", "scale", "matte", "colors"};
constexpr std::string_view kMp4Options[] = {"fps", "scale", "crf", "preset", "chroma"};
constexpr std::string_view kWebmOptions[] = {"fps", "scale", "crf", "codec", "chroma"};
constexpr std::string_view kWebpOptions[] = {"fps", "scale", "effort"};
constexpr std::string_view kApngOptions[] = {"fps", "scale"};
constexpr std::string_view kPptxOptions[] = {"fps", "scale", "crf", "media", "slides", "start"};
constexpr std::string_view kPngOptions[] = {"scale", "strip", "grid"};
constexpr std::string_view kSvgOptions[] = {"animated", "fps", "scheme", "still", "text"};
constexpr std::string_view kPdfOptions[] = {"columns", "fps", "pages", "rows"};
constexpr std::string_view kHtmlOptions[] = {"fps", "scheme"};

constexpr std::string_view kPlayersLoop[] = {"loop"};  // the player's button, not the file, says how often
constexpr std::string_view kNoPixels[] = {"aa-levels"};
constexpr std::string_view kPages[] = {"size", "aa-levels"};
constexpr std::string_view kCaptions[] = {"theme",  "set", "size", "cell",        "title",    "numbers",
                                          "motion", "fps", "loop", "transparent", "aa-levels"};
constexpr std::string_view kNothingShown[] = {"view",     "theme", "set",         "layout",     "size",
                                              "cell",     "title", "numbers",     "arithmetic", "chapters",
                                              "hold-end", "steps", "transparent", "aa-levels"};

template <Clock kClock>
Clock always(const job::Output&) {
  return kClock;
}

bool says(const job::Output& output, const char* key, std::string_view value) {
  const auto found = output.options.find(key);
  return found != output.options.end() && found->second == value;
}

Clock pptx_clock(const job::Output& output) {
  if (says(output, "slides", "steps")) return Clock::none;
  return says(output, "media", "gif") ? Clock::times : Clock::steady;
}

Clock svg_clock(const job::Output& output) { return says(output, "animated", "true") ? Clock::times : Clock::none; }

Clock pdf_clock(const job::Output& output) { return says(output, "pages", "frames") ? Clock::pictures : Clock::none; }

// Each saves about a quarter. A lower frame rate saves nothing: pictures that differ little cost little.
constexpr int kX264Crfs[] = {35, 39, 43};
constexpr int kVp9Crfs[] = {42, 48, 54};
constexpr int kAv1Crfs[] = {38, 46, 54};

Savings exact_animation(const job::Output&) { return {.edges = true, .rate = true}; }
Savings exact_still(const job::Output&) { return {.edges = true}; }
Savings mp4_savings(const job::Output&) { return {.crf = kX264Crfs}; }
Savings webm_savings(const job::Output& output) {
  return {.crf = says(output, "codec", "av1") ? std::span<const int>(kAv1Crfs) : kVp9Crfs};
}
Savings pptx_savings(const job::Output& output) {
  if (says(output, "slides", "steps")) return exact_still(output);
  return says(output, "media", "gif") ? exact_animation(output) : mp4_savings(output);
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
     .savings = &webm_savings,
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
     .savings = &pptx_savings,
     .make_raster = &make_pptx},
    {.name = "png",
     .ending = ".png",
     .summary = "a still: the finished result, --still, or key frames side by side",
     .encoder = {},
     .lossless = true,
     .alpha = true,
     .clock = &always<Clock::none>,
     .options = kPngOptions,
     .savings = &exact_still,
     .make_raster = &make_png},
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
     .ignores = kPages,
     .options = kPdfOptions,
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
     .options = kHtmlOptions,
     .write_document = &write_html},
    {.name = "json",
     .ending = ".json",
     .summary = "the trace: every product of every step",
     .encoder = {},
     .clock = &always<Clock::none>,
     .ignores = kNothingShown,
     .options = {},
     .write_document = &write_json},
    {.name = "txt",
     .ending = ".txt",
     .summary = "alt text and transcript, step by step",
     .encoder = {},
     .clock = &always<Clock::none>,
     .ignores = kNothingShown,
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

std::span<const Format> formats() { return kFormats; }

const Format* format_named(std::string_view name) {
  const auto* found =
      std::find_if(std::begin(kFormats), std::end(kFormats), [&](const Format& f) { return f.name == name; });
  return found == std::end(kFormats) ? nullptr : found;
}

const Format* format_of(std::string_view path) {
  const std::string text = base::lower(path);
  const auto* found =
      std::find_if(std::begin(kFormats), std::end(kFormats), [&](const Format& f) { return text.ends_with(f.ending); });
  return found == std::end(kFormats) ? nullptr : found;
}

}  // namespace convreel::output
