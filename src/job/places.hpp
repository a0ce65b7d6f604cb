// THE table of places for --for: which files a place wants, and what to paste there. One row a place.
#pragma once

#include <string_view>

namespace convreel::job {

struct Place {
  std::string_view name;
  std::string_view files;  ///< what follows the name given after -o, parted by spaces: ".mp4:scale=2"
  /// A template, filled in cli/place.cpp: {stem} is the files' path without its ending, {url} the same for links,
  /// {sides} a picture's width and height; {title} and {alt} are plain, those with html_, latex_ and markdown_ escaped.
  std::string_view words;
  bool latex = false;  ///< LaTeX reads the files' names
};

inline constexpr Place kPlaces[] = {
    {"powerpoint", ".pptx .mp4 .png:scale=2",
     "{stem}.pptx is one slide: it plays when it is shown, again and again, and pauses at a click. Take it over with "
     "Home > New Slide > Reuse Slides.\n"
     "Or Insert > Video > This Device: {stem}.mp4; Playback: Start Automatically, Loop until Stopped. Poster Frame: "
     "{stem}.png.\n"
     "Alt text: {alt}\n"},
    {"keynote", ".mp4 .png:scale=2",
     "Drag {stem}.mp4 onto the slide. Format > Movie: Repeat: Loop, and leave \"Start movie on click\" off; the "
     "description is below. For a handout, use {stem}.png.\n"
     "Alt text: {alt}\n"},
    {"google-slides", ".gif .png:scale=2",
     "Insert > Image > Upload from computer: {stem}.gif (it plays by itself). Right-click > Alt text: the line below. "
     "For a handout, use {stem}.png.\n"
     "Alt text: {alt}\n"},
    {"impress", ".pptx:media=gif .gif .png:scale=2",
     "{stem}.pptx is one slide with the GIF on it: open it, or Slide > Insert Slide from File.\n"
     "Or Insert > Image: {stem}.gif. Right-click > Alt Text: the line below. For a handout, use {stem}.png.\n"
     "Alt text: {alt}\n"},
    {"beamer", ".pdf:pages=steps",
     R"(% Preamble
\usepackage{{graphicx}}
\usepackage{{pgffor}}   % for the overlays
\usepackage{{animate}}  % for the animation

% One overlay a step: in every viewer
\begin{{frame}}{{{latex_title}}}
  \centering
  \foreach \n in {{1,...,{stills}}}{{%
    \includegraphics<\n>[page=\n,width=\linewidth,height=0.8\textheight,keepaspectratio,alt={{{latex_alt}}}]{{{stem}.pdf}}}}
\end{{frame}}

% It plays by itself: in viewers with JavaScript (Acrobat, Foxit, PDF-XChange)
% {latex_alt}
\begin{{frame}}{{{latex_title}}}
  \centering
  \animategraphics[autoplay,loop,controls={{play,step}},poster=last,width=0.85\linewidth]{{{steps_a_second:.4g}}}{{{stem}}}{{}}{{}}
\end{{frame}}
)",
     true},
    {"revealjs", ".mp4 .html .png",
     R"(<!-- It plays when its slide is shown; without data-autoplay, at a click. -->
<section aria-label="{html_title}">
  <video data-autoplay loop muted playsinline controls data-src="{url}.mp4" poster="{url}.png" {sides} aria-label="{html_alt}"></video>
</section>

<!-- A press of the arrow key is a step. -->
<section aria-label="{html_title}">
  <iframe class="convreel" data-src="{url}.html?autoplay=0&amp;controls=0" {sides} style="border: 0" title="{html_alt}"></iframe>
{fragments}</section>

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
)"},
    {"github", ".gif .png",
     R"html(<picture>
  <source media="(prefers-reduced-motion: reduce)" srcset="{url}.png">
  <img src="{url}.gif" {sides} alt="{html_alt}">
</picture>

<!-- or, without the still for readers who want no motion: -->
![{markdown_alt}]({url}.gif)
)html"},
    {"blog", ".webp .png .mp4 .vtt",
     R"html(<figure>
<picture>
  <source media="(prefers-reduced-motion: reduce)" srcset="{url}.png">
  <img src="{url}.webp" {sides} alt="{html_alt}">
</picture>
  <figcaption>{html_title}</figcaption>
</figure>

<!-- or, with controls and captions: -->
<video controls loop muted playsinline preload="none" poster="{url}.png" {sides} aria-label="{html_alt}">
  <source src="{url}.mp4" type="video/mp4">
  <track kind="captions" src="{url}.vtt" srclang="en" label="Steps" default>
</video>
)html"},
};

}  // namespace convreel::job
