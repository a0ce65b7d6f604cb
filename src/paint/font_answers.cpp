#include <fontconfig/fontconfig.h>

#include <algorithm>

#include "base/text.hpp"
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

bool generic(std::string_view family) { return family == "sans-serif" || family == "serif" || family == "monospace"; }

void add_answers(std::vector<FontAnswer>& answers, const std::string& families) {
  for (const std::string_view part : base::split(families, ',')) {
    const std::string wanted(base::trim(part));
    const auto same = [&](const FontAnswer& answer) { return answer.wanted == wanted; };
    if (wanted.empty() || std::any_of(answers.begin(), answers.end(), same)) continue;
    const std::string given = given_for(wanted);
    answers.push_back(
        {wanted, given, !given.empty() && (generic(wanted) || base::lower(given) == base::lower(wanted))});
  }
}

}  // namespace

std::vector<FontAnswer> font_answers(const theme::Theme& theme) {
  std::vector<FontAnswer> answers;
  add_answers(answers, theme.fonts.sans);
  add_answers(answers, theme.fonts.heading);
  return answers;
}

}  // namespace convreel::paint
