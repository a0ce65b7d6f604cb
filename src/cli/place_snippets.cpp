#include "cli/place_snippets.hpp"

#include <fmt/format.h>

#include "base/text.hpp"

namespace convreel::cli {
namespace {

using base::xml_escaped;

std::string link(const Placed& placed, std::string_view ending) {
  return xml_escaped(url_of(placed.stem + std::string(ending)));
}

std::string sides(const Placed& placed) {
  return fmt::format(R"(width="{}" height="{}")", placed.width, placed.height);
}

std::string picture(const Placed& placed, std::string_view moving) {
  return fmt::format(R"html(<picture>
  <source media="(prefers-reduced-motion: reduce)" srcset="{}">
  <img src="{}" {} alt="{}">
</picture>
)html",
                     link(placed, ".png"), link(placed, moving), sides(placed), xml_escaped(placed.alt));
}

/// What to click in a slide program: `{0}` is the files' name; the alt text stands below.
std::string clicks(std::string_view words, const Placed& placed) {
  return fmt::format(fmt::runtime(words), placed.stem) + fmt::format("Alt text: {}\n", placed.alt);
}

}  // namespace

std::string powerpoint_snippet(const Placed& placed) {
  return clicks(
      "{0}.pptx is one slide: it plays when it is shown, again and again, and pauses at a click. Take it over with "
      "Home > "
      "New Slide > Reuse Slides.\n"
      "Or Insert > Video > This Device: {0}.mp4; Playback: Start Automatically, Loop until Stopped. Poster Frame: "
      "{0}.png.\n",
      placed);
}

std::string keynote_snippet(const Placed& placed) {
  return clicks(
      "Drag {0}.mp4 onto the slide. Format > Movie: Repeat: Loop, and leave \"Start movie on click\" off; the "
      "description "
      "is below. For a handout, use {0}.png.\n",
      placed);
}

std::string google_slides_snippet(const Placed& placed) {
  return clicks(
      "Insert > Image > Upload from computer: {0}.gif (it plays by itself). Right-click > Alt text: the line below. "
      "For a "
      "handout, use {0}.png.\n",
      placed);
}

std::string impress_snippet(const Placed& placed) {
  return clicks(
      "{0}.pptx is one slide with the GIF on it: open it, or Slide > Insert Slide from File.\n"
      "Or Insert > Image: {0}.gif. Right-click > Alt Text: the line below. For a handout, use {0}.png.\n",
      placed);
}

std::string beamer_snippet(const Placed& placed) {
  return fmt::format(
      R"(% Preamble
\usepackage{{graphicx}}
\usepackage{{pgffor}}   % for the overlays
\usepackage{{animate}}  % for the animation

% One overlay a step: in every viewer
\begin{{frame}}{{{0}}}
  \centering
  \foreach \n in {{1,...,{1}}}{{%
    \includegraphics<\n>[page=\n,width=\linewidth,height=0.8\textheight,keepaspectratio,alt={{{2}}}]{{{3}.pdf}}}}
\end{{frame}}

% It plays by itself: in viewers with JavaScript (Acrobat, Foxit, PDF-XChange)
% {2}
\begin{{frame}}{{{0}}}
  \centering
  \animategraphics[autoplay,loop,controls={{play,step}},poster=last,width=0.85\linewidth]{{{4:.4g}}}{{{3}}}{{}}{{}}
\end{{frame}}
)",
      latex_text(placed.title), placed.stills, latex_text(placed.alt), placed.stem, placed.steps_a_second);
}

std::string revealjs_snippet(const Placed& placed) {
  std::string fragments;
  for (std::size_t beat = 2; beat <= placed.stills; ++beat)
    fragments += fmt::format("  <span class=\"fragment\" data-beat=\"{}\"></span>\n", beat);
  const std::string title = xml_escaped(placed.title), alt = xml_escaped(placed.alt);
  return fmt::format(R"(<!-- It plays when its slide is shown; without data-autoplay, at a click. -->
<section aria-label="{0}">
  <video data-autoplay loop muted playsinline controls data-src="{1}" poster="{2}" {3} aria-label="{4}"></video>
</section>

<!-- A press of the arrow key is a step. -->
<section aria-label="{0}">
  <iframe class="convreel" data-src="{5}?autoplay=0&amp;controls=0" {3} style="border: 0" title="{4}"></iframe>
{6}</section>

<!-- Once a page, after Reveal.initialize(). -->
<script>
  (function () {{
    function show(event, back) {{
      var beat = Number(event.fragment.dataset.beat);
      var frame = event.fragment.closest('section').querySelector('iframe.convreel');
      if (beat && frame) frame.contentWindow.postMessage({{convreel: 'beat', to: beat - back}}, '*');
    }}
    Reveal.on('fragmentshown', function (event) {{ show(event, 0); }});
    Reveal.on('fragmenthidden', function (event) {{ show(event, 1); }});
  }})();
</script>
)",
                     title, link(placed, ".mp4"), link(placed, ".png"), sides(placed), alt, link(placed, ".html"),
                     fragments);
}

std::string github_snippet(const Placed& placed) {
  return fmt::format("{}\n<!-- or, without the still for readers who want no motion: -->\n![{}]({})\n",
                     picture(placed, ".gif"), markdown_text(placed.alt), url_of(placed.stem + ".gif"));
}

std::string blog_snippet(const Placed& placed) {
  return fmt::format(R"(<figure>
{0}  <figcaption>{1}</figcaption>
</figure>

<!-- or, with controls and captions: -->
<video controls loop muted playsinline preload="none" poster="{2}" {3} aria-label="{4}">
  <source src="{5}" type="video/mp4">
  <track kind="captions" src="{6}" srclang="en" label="Steps" default>
</video>
)",
                     picture(placed, ".webp"), xml_escaped(placed.title), link(placed, ".png"), sides(placed),
                     xml_escaped(placed.alt), link(placed, ".mp4"), link(placed, ".vtt"));
}

}  // namespace convreel::cli
