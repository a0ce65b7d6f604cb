// What every input cell of a transposed layer leaves behind, in order: its products on the sheets of the output
// channels it feeds, and the sums there afterwards. The sums begin with the bias.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "explain/notation.hpp"
#include "numerics/stamp.hpp"
#include "views/words.hpp"

namespace convreel::views {

struct Landed {
  numerics::Place sheet;                 ///< output channel and cell of its sheet
  std::optional<numerics::Cell> output;  ///< the same cell of the output; empty when the crop removes it
  double w = 0, product = 0, sum = 0;
  std::optional<double> before;  ///< the sum before; empty when nothing was there
};

class RunningSums {
 public:
  /// All landings are kept, so there is a limit to them; a sentence when `layer` has none or too many.
  [[nodiscard]] static std::optional<std::string> refuses(const numerics::Layer& layer);

  /// `trace` outlives this; its layer is one that refuses() takes.
  explicit RunningSums(const numerics::Trace& trace);

  [[nodiscard]] const numerics::Cell& sheet() const { return stamps_.sheet(); }
  [[nodiscard]] const numerics::Cell& visible() const { return stamps_.visible(); }
  /// Input cells of all channels, row-major; each is one stamp on every output channel that it feeds.
  [[nodiscard]] std::int64_t count() const { return static_cast<std::int64_t>(ends_.size()) - 1; }
  [[nodiscard]] numerics::Place input(std::int64_t stamp) const;
  [[nodiscard]] std::span<const Landed> landings(std::int64_t stamp) const;
  [[nodiscard]] const std::vector<Landed>& all() const { return landings_; }
  /// Landings of the first `stamps` stamps.
  [[nodiscard]] std::size_t landed(std::int64_t stamps) const { return ends_[static_cast<std::size_t>(stamps)]; }
  /// What an untouched cell of that output channel holds: the bias, or nothing.
  [[nodiscard]] std::optional<double> start(std::int64_t output_channel) const;

 private:
  const numerics::Trace& trace_;
  numerics::Stamps stamps_;
  std::vector<Landed> landings_;
  std::vector<std::size_t> ends_{0};
};

/// A product on its way onto a sheet: "5·2 = 10 lands on 6: 16".
[[nodiscard]] std::vector<scene::Span> landing_sentence(const explain::Notation& notation, double x,
                                                        const Landed& landed);

/// "rows 2–4, columns 2–4": where a stamp lies, with its spacing when the layer is dilated. 1-D: "cells 2–4".
[[nodiscard]] std::string landing_range(const numerics::Layer& layer, const numerics::Cell& input);

}  // namespace convreel::views
