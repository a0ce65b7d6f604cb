// The page's words for a layer: title and parameter chips.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "job/show.hpp"
#include "numerics/stage.hpp"
#include "story/storyboard.hpp"
#include "views/words.hpp"

namespace convreel::views {

/// The title nobody wrote: the layer's name, or the article's own heading in its layout.
[[nodiscard]] std::string default_title(const numerics::Layer& layer, job::Layout layout);

/// The title nobody wrote of layers side by side: what all are, or what each is where they differ.
[[nodiscard]] std::string comparison_title(const std::vector<const numerics::Layer*>& layers, job::Layout layout);

/// What stands in the place of the sums of steps that are gone through together, counted from 1.
[[nodiscard]] std::vector<Span> sweep_sentence(std::int64_t first, std::int64_t last);

/// Which steps of a chapter an animation shows together; empty for none.
[[nodiscard]] std::string sweeps_note(const story::Chapter& chapter);

/// Name and value of every parameter worth a chip: those always asked for, the others where they are not the default.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> chips(const numerics::Layer& layer);
/// What it reads, what it gives, and how much of the one a cell of the other sees.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> chips(const std::vector<numerics::Stage>& stack);

}  // namespace convreel::views
