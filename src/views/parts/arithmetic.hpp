// The sentence that joins window and output: y[1,1] = 1·1 + 2·0 + ... = −2, in the roles of its parts.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "explain/notation.hpp"
#include "numerics/trace.hpp"
#include "scene/item.hpp"
#include "scene/ruler.hpp"
#include "views/view.hpp"

namespace convreel::views {

/// "y[1,1]"; the channel comes first when there are several, 1-D layers have one index.
[[nodiscard]] std::string place_name(std::string_view letter, const numerics::Place& place, int dims, bool channels);

struct Sentence {
  std::vector<scene::Span> head;                        ///< "y[1,1] ="
  std::vector<std::vector<scene::Span>> terms;          ///< joined by " + " or ", "
  std::vector<scene::Span> tail;                        ///< "= −2"
  std::vector<std::vector<numerics::Place>> read = {};  ///< cells of the map whose products each term sums up
  std::string_view joint = " + ";
};

/// How many of a window's products are with a zero that was inserted or padded in, for the note behind the sum.
struct ZeroNote {
  std::int64_t zeros = 0, products = 0;
};

/// Its numbers are written as their cells write them. `revealed` false: the result is a question mark. With several
/// input channels the terms are the channels' partial sums.
[[nodiscard]] Sentence sentence_of(const numerics::Trace& trace, const explain::Notation& notation,
                                   const numerics::Step& step, bool revealed, const ZeroNote& note = {});

/// Where every term of a sentence stands in the picture; a bias stands nowhere.
using Sources = std::vector<scene::Rect>;
/// Around the cells that it reads, each of which stands at `slot(place)`.
[[nodiscard]] Sources sources_of(const Sentence& sentence,
                                 const std::function<scene::Rect(const numerics::Place&)>& slot);

/// Writes a sentence into the body's line, whose parts are its terms.
void write_sentence(Body& body, const Sentence& sentence, const Sources& sources, const scene::Ruler& ruler);

/// No wider than `room` where there are parts in the middle that may give way to an ellipsis.
[[nodiscard]] Line shortened(const Line& line, double font, double room, const scene::Ruler& ruler);
/// A sentence as one line, shortened where need be.
[[nodiscard]] Line fitted_line(const Sentence& sentence, double font, double room, const scene::Ruler& ruler);
[[nodiscard]] std::vector<scene::Span> fitted(const Sentence& sentence, double font, double room,
                                              const scene::Ruler& ruler);

/// The sentence of a step in the line that the page keeps for it.
[[nodiscard]] std::vector<scene::Span> arithmetic_of(const Context& context, const numerics::Step& step, bool revealed);

/// The partial sum of every input channel that the step reads, in order; a transposed layer's too.
struct Partial {
  std::int64_t channel = 0;
  double sum = 0;
  std::int64_t slice = 0;     ///< of the input, where a sum is told slice by slice
  std::int64_t channels = 1;  ///< more than one for the rest of many channels, which are told together
};
[[nodiscard]] std::vector<Partial> partial_sums(const numerics::Layer& layer, const numerics::Step& step);

}  // namespace convreel::views
