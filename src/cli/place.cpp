#include "cli/place.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/outputs.hpp"
#include "cli/place_text.hpp"
#include "job/places.hpp"
#include "live/http.hpp"
#include "output/formats.hpp"

namespace convreel::cli {
namespace {

using base::Error;
using base::ErrorKind;
using job::kPlaces;
using job::Place;

/// A misspelt ending is not part of a name.
bool is_stem(const std::string& text) {
  if (text == "-" || output::format_of(text.substr(0, text.find(':')))) return false;
  const std::size_t dot = text.rfind('.'), slash = text.rfind('/');
  if (dot == text.npos || (slash != text.npos && dot < slash)) return true;
  std::vector<std::string_view> endings;
  for (const output::Format& format : output::formats()) endings.push_back(format.ending);
  return !base::nearest(std::string_view(text).substr(dot), endings);
}

void check_stem(const Place& place, const std::string& stem) {
  if (stem.ends_with('/'))
    throw Error(ErrorKind::usage, fmt::format("{}: this is a folder", stem),
                fmt::format("name the files: {}conv", stem));
  if (place.latex && stem.find_first_of("%#{}\\~^&$") != stem.npos && stem.find("{name}") == stem.npos)
    throw Error(ErrorKind::usage, fmt::format("{}: LaTeX cannot read a file of that name", stem),
                "use letters, digits, - and _");
}

/// A press of the arrow key for every beat after the first.
std::string fragments(std::size_t beats) {
  std::string text;
  for (std::size_t beat = 2; beat <= beats; ++beat)
    text += fmt::format("  <span class=\"fragment\" data-beat=\"{}\"></span>\n", beat);
  return text;
}

std::string filled(const Place& place, const std::string& stem, const batch::Picture& picture, double steps_a_second) {
  return fmt::format(fmt::runtime(place.words), fmt::arg("stem", stem), fmt::arg("url", live::percent_encoded(stem)),
                     fmt::arg("alt", picture.alt), fmt::arg("html_alt", base::xml_escaped(picture.alt)),
                     fmt::arg("html_title", base::xml_escaped(picture.title)),
                     fmt::arg("latex_alt", latex_text(picture.alt)), fmt::arg("latex_title", latex_text(picture.title)),
                     fmt::arg("markdown_alt", markdown_text(picture.alt)), fmt::arg("stills", picture.stills),
                     fmt::arg("fragments", fragments(picture.stills)), fmt::arg("steps_a_second", steps_a_second),
                     fmt::arg("sides", fmt::format(R"(width="{}" height="{}")", picture.width, picture.height)));
}

}  // namespace

std::vector<std::string> placed_outputs(const job::JobSpec& spec) {
  const std::vector<std::string>& outputs = spec.outputs;
  if (!spec.place || outputs.empty()) return outputs;
  const Place& place = kPlaces[*spec.place];
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
    for (const std::string_view ending : base::split(place.files, ' ')) all.push_back(text + std::string(ending));
  }
  return all;
}

std::string snippets(const job::JobSpec& spec, const job::Job& job, const batch::Picture& picture) {
  std::string text;
  for (const std::string& name : spec.outputs) {
    if (!is_stem(name)) continue;
    if (!text.empty()) text += '\n';
    text += filled(kPlaces[*spec.place], name_filled(name, job.name), picture,
                   1e6 / static_cast<double>(job.show.step->count()));
  }
  return text;
}

}  // namespace convreel::cli
