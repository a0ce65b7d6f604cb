#include "cli/place_text.hpp"

#include <array>
#include <utility>

namespace convreel::cli {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

// What prints as written in OT1, which is LaTeX's own, and in T1.
constexpr std::array kLatex{
    Pair{"\\", "\\textbackslash{}"},
    Pair{"{", "\\{"},
    Pair{"}", "\\}"},
    Pair{"%", "\\%"},
    Pair{"#", "\\#"},
    Pair{"&", "\\&"},
    Pair{"$", "\\$"},
    Pair{"_", "\\_"},
    Pair{"^", "\\textasciicircum{}"},
    Pair{"~", "\\textasciitilde{}"},
    Pair{"<", "\\textless{}"},
    Pair{">", "\\textgreater{}"},
    Pair{"|", "\\textbar{}"},
    Pair{"\"", "{\\ttfamily\\char34}"},
    Pair{"--", "-{}-{}"},
    Pair{"\n", " "},
    Pair{"×", "x"},
    Pair{"−", "-"},
    Pair{"·", "*"},
    Pair{"→", "-\\textgreater{}"},
    Pair{"′", "'"},
    Pair{"–", "--"},
    Pair{"≈", "about "},
    Pair{"∞", "infinity"},
};

constexpr std::array kMarkdown{
    Pair{"\\", "\\\\"}, Pair{"[", "\\["}, Pair{"]", "\\]"}, Pair{"*", "\\*"},   Pair{"_", "\\_"},     Pair{"<", "&lt;"},
    Pair{"`", "\\`"},   Pair{"~", "\\~"}, Pair{"|", "\\|"}, Pair{"&", "&amp;"}, Pair{"://", ":\\//"}, Pair{"\n", " "},
};

template <std::size_t N>
std::string replaced(std::string_view text, const std::array<Pair, N>& pairs) {
  std::string result;
  while (!text.empty()) {
    Pair hit{text.substr(0, 1), text.substr(0, 1)};
    for (const Pair& pair : pairs)
      if (text.starts_with(pair.first)) hit = pair;
    result += hit.second;
    text.remove_prefix(hit.first.size());
  }
  return result;
}

}  // namespace

std::string latex_text(std::string_view text) { return replaced(text, kLatex); }
std::string markdown_text(std::string_view text) { return replaced(text, kMarkdown); }

}  // namespace convreel::cli
