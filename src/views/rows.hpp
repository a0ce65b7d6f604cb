// Every view's row, defined beside the view; the catalogue puts them in order. And what the page fixes for all views.
#pragma once

#include "views/catalogue.hpp"

namespace convreel::views {

inline constexpr double kArithmeticFont = 18;
inline constexpr double kArithmeticRoom = 880;  ///< scene units, the page's width without its margins

extern const Row kSlideRow;
extern const Row kZeroInsertionRow;
extern const Row kMatrixRow;
extern const Row kIm2colRow;
extern const Row kIsoRow;
extern const Row kStampRow;
extern const Row kOverlapRow;
extern const Row kRoundtripRow;
extern const Row kBackwardRow;

}  // namespace convreel::views
