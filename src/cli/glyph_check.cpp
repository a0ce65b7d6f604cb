#include "cli/glyph_check.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/error.hpp"
#include "cli/scripts.hpp"
#include "paint/painter.hpp"

namespace convreel::cli {
namespace {

constexpr std::string_view kFigures = "0123456789+−·=.";
constexpr std::size_t kMostNamed = 8;

void check_figures(const theme::Theme& theme) {
  const auto figures = paint::missing_characters(theme, kFigures, false);
  if (!figures.empty())
    throw base::Error(base::ErrorKind::missing, fmt::format("no font on this machine has {}", fmt::join(figures, " ")),
                      "install one, such as Debian's fonts-dejavu-core; convreel doctor lists what themes get");
}

void note_missing(const std::string& title, const theme::Theme& theme, Console& console) {
  auto missing = paint::missing_characters(theme, title, true);
  if (missing.empty()) return;
  const std::vector<std::string_view> packages = packages_for(missing);
  const std::size_t count = missing.size();
  if (count > kMostNamed) missing.resize(kMostNamed);
  const std::string remedy =
      packages.empty() ? "" : fmt::format("; install one, such as Debian's {}", fmt::join(packages, " and "));
  console.note(fmt::format("--title: no font on this machine has {}{}: boxes stand in their place{}",
                           fmt::join(missing, " "), count > kMostNamed ? " ..." : "", remedy));
}

}  // namespace

void check_glyphs(const job::Job& job, KnownTheme& known, Console& console) {
  if (!known.figures_checked) check_figures(known.theme);
  known.figures_checked = true;
  if (job.show.title) note_missing(*job.show.title, known.theme, console);
}

}  // namespace convreel::cli
