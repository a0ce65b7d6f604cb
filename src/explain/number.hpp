// Numbers as people read them: a real minus sign, never "-0", "NaN", "∞".
//
// A number that its decimals would round is written as a fraction where it is one ("1/9", "3/16"), and one that they
// would make 0 as a power of ten ("2e−5"), so that nothing but zero reads as 0.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace convreel::explain {

struct NumberStyle {
  int decimals = 2;           ///< at most
  bool fractions = true;      ///< between -1 and 1
  double plain_limit = 1e12;  ///< from here on powers of ten say more than digits
  int power_decimals = 2;     ///< at most, before the "e"
  double noise = 1e-12;       ///< what adding doubles leaves where nothing should be; read as 0

  bool operator==(const NumberStyle&) const = default;
};

/// In transcripts and what is printed.
inline constexpr NumberStyle kTranscriptNumbers{.decimals = 4};

/// One style for the numbers of a grid: fractions if that makes all of them exact, else as many decimals as they need,
/// at most 2. None is filled up with zeros at the end ("1000.00" beside "0.14"): the widest number sets the size of
/// all, and a sum would have to say it so too.
[[nodiscard]] NumberStyle grid_numbers(const std::vector<double>& values);
/// No picture has room for the numbers of a larger grid: its style is that of so many.
inline constexpr std::size_t kMostNumbered = std::size_t{1} << 20;

[[nodiscard]] std::string number(double value, const NumberStyle& style = {});
/// The same behind an operator: in parentheses when negative.
[[nodiscard]] std::string operand(double value, const NumberStyle& style = {});
/// True when number() shows all of the value, so that "=" may stand before it.
[[nodiscard]] bool shown_exactly(double value, const NumberStyle& style = {});

}  // namespace convreel::explain
