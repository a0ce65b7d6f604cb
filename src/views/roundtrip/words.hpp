// What the roundtrip view says of each of its moments, and its two verdicts.
#pragma once

#include <vector>

#include "scene/ruler.hpp"
#include "views/parts/parts.hpp"
#include "views/roundtrip/leg.hpp"

namespace convreel::views {

/// `back`: the second layer, which turns y into x′; else the first, which turns x into y. Of a leg that stamps.
[[nodiscard]] std::vector<scene::Span> stamping_sentence(const Leg& leg, const explain::Notation& notation, bool back,
                                                         std::int64_t beat);
/// Of one that gathers.
[[nodiscard]] Sentence gathering_sentence(const Leg& leg, const explain::Notation& notation, bool back,
                                          const numerics::Step& step, bool revealed);
/// How the three numbers of a comparison are written.
struct Comparands {
  explain::NumberStyle input, restored, error;
};

/// "x′[2,2] − x[2,2] = 288 − 7 = 281"
[[nodiscard]] Sentence comparison_sentence(const numerics::Trace& there, const numerics::Trace& back,
                                           const Comparands& styles, const numerics::Place& at, bool revealed);
[[nodiscard]] Verdict shape_judged(const numerics::Trace& there, const numerics::Trace& back);
[[nodiscard]] Verdict values_judged(const numerics::Map& error);

/// "5×5: the shape came back; the values did not"
[[nodiscard]] std::vector<scene::Span> trip_conclusion(const numerics::Trace& back, const numerics::Map& error);

}  // namespace convreel::views
