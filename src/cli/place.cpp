#include "cli/place.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/outputs.hpp"
#include "cli/place_snippets.hpp"
#include "output/formats.hpp"

namespace convreel::cli {
namespace {

using base::Error;
using base::ErrorKind;
using Words = std::string_view;

constexpr std::array<Words, 3> kPowerpoint{".pptx", ".mp4", ".png:scale=2"};
constexpr std::array<Words, 2> kKeynote{".mp4", ".png:scale=2"};
constexpr std::array<Words, 2> kGoogleSlides{".gif", ".png:scale=2"};
constexpr std::array<Words, 3> kImpress{".pptx:media=gif", ".gif", ".png:scale=2"};
constexpr std::array<Words, 1> kBeamer{".pdf:pages=steps"};
constexpr std::array<Words, 3> kRevealjs{".mp4", ".html", ".png"};
constexpr std::array<Words, 2> kGithub{".gif", ".png"};
constexpr std::array<Words, 4> kBlog{".webp", ".png", ".mp4", ".vtt"};

constexpr std::array kPlaces{
    Place{"powerpoint", kPowerpoint, powerpoint_snippet},
    Place{"keynote", kKeynote, keynote_snippet},
    Place{"google-slides", kGoogleSlides, google_slides_snippet},
    Place{"impress", kImpress, impress_snippet},
    Place{"beamer", kBeamer, beamer_snippet},
    Place{"revealjs", kRevealjs, revealjs_snippet},
    Place{"github", kGithub, github_snippet},
    Place{"blog", kBlog, blog_snippet},
};

const Place& place_of(const job::JobSpec& spec) {
  return *std::ranges::find(kPlaces, Words(*spec.place), &Place::name);  // the option's row takes no other
}

/// A misspelt ending is not part of a name.
bool is_stem(const std::string& text) {
  if (text == "-" || output::format_of(text.substr(0, text.find(':')))) return false;
  const std::size_t dot = text.rfind('.'), slash = text.rfind('/');
  if (dot == text.npos || (slash != text.npos && dot < slash)) return true;
  std::vector<Words> endings;
  for (const output::Format& format : output::formats()) endings.push_back(format.ending);
  return !base::nearest(Words(text).substr(dot), endings);
}

void check_stem(const Place& place, const std::string& stem) {
  if (stem.ends_with('/'))
    throw Error(ErrorKind::usage, fmt::format("{}: this is a folder", stem),
                fmt::format("name the files: {}conv", stem));
  if (place.snippet == beamer_snippet && stem.find_first_of("%#{}\\~^&$") != stem.npos &&
      stem.find("{name}") == stem.npos)
    throw Error(ErrorKind::usage, fmt::format("{}: LaTeX cannot read a file of that name", stem),
                "use letters, digits, - and _");
}

}  // namespace

std::span<const Place> places() { return kPlaces; }

std::vector<std::string> placed_outputs(const job::JobSpec& spec) {
  std::vector<std::string> outputs = spec.outputs.value_or(std::vector<std::string>{});
  if (!spec.place || outputs.empty()) return outputs;
  const Place& place = place_of(spec);
  if (std::ranges::none_of(outputs, is_stem))
    throw Error(ErrorKind::usage,
                fmt::format("--for {} names the files itself: no output is a name without an ending", place.name),
                "add -o talk/conv");
  std::vector<std::string> all;
  for (const std::string& text : outputs) {
    if (!is_stem(text)) {
      all.push_back(text);
      continue;
    }
    check_stem(place, text);
    for (const Words ending : place.files) all.push_back(text + std::string(ending));
  }
  return all;
}

std::string snippets(const job::JobSpec& spec, const job::Job& job, const batch::Picture& picture) {
  Placed facts{picture, "", 1e6 / static_cast<double>(job.show.step.count())};
  std::string text;
  for (const std::string& name : *spec.outputs) {
    if (!is_stem(name)) continue;
    facts.stem = name_filled(name, job.name);
    if (!text.empty()) text += '\n';
    text += place_of(spec).snippet(facts);
  }
  return text;
}

}  // namespace convreel::cli
