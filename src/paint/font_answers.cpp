#include <fontconfig/fontconfig.h>

#include <memory>

#include "base/text.hpp"
#include "paint/open_fonts.hpp"
#include "paint/painter.hpp"

namespace convreel::paint {

namespace {

struct Free {
  void operator()(FcPattern* pattern) const { FcPatternDestroy(pattern); }
};
using Pattern = std::unique_ptr<FcPattern, Free>;

/// The family that fontconfig gives for one name; the whole list of its names matters, so `wanted` itself when it is
/// there.
std::string given_for(const std::string& wanted) {
  const Pattern pattern(FcPatternCreate());
  FcPatternAddString(pattern.get(), FC_FAMILY, reinterpret_cast<const FcChar8*>(wanted.c_str()));
  FcConfigSubstitute(nullptr, pattern.get(), FcMatchPattern);
  FcDefaultSubstitute(pattern.get());
  FcResult result = FcResultNoMatch;
  const Pattern match(FcFontMatch(nullptr, pattern.get(), &result));
  std::string first;
  FcChar8* family = nullptr;
  for (int i = 0; match && FcPatternGetString(match.get(), FC_FAMILY, i, &family) == FcResultMatch; ++i) {
    const std::string name(reinterpret_cast<const char*>(family));
    if (base::lower(name) == base::lower(wanted)) return name;
    if (first.empty()) first = name;
  }
  return first;
}

/// The names that fontconfig answers with whatever is installed.
bool generic(std::string_view family) { return family == "sans-serif" || family == "serif" || family == "monospace"; }

/// The first family of the list that is installed, or what fontconfig gives where none is.
FontAnswer answer_for(std::string use, const std::string& families) {
  FontAnswer answer{std::move(use), "", ""};
  for (const std::string_view part : base::split(families, ',')) {
    const std::string family(base::trim(part));
    if (family.empty()) continue;
    if (answer.wanted.empty()) answer.wanted = family;
    answer.given = given_for(family);
    if (generic(family) || base::lower(answer.given) == base::lower(family)) break;
  }
  return answer;
}

}  // namespace

bool FontAnswer::exact() const { return generic(wanted) || base::lower(given) == base::lower(wanted); }

std::vector<FontAnswer> font_answers(const theme::Theme& theme) {
  open_fonts();
  return {answer_for("text", theme.fonts.sans), answer_for("heading", theme.fonts.heading)};
}

}  // namespace convreel::paint
