// The values of a model's maps, as far as its layers are of our kinds.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/limits.hpp"
#include "model/network.hpp"
#include "numerics/stage.hpp"

namespace convreel::model {

class Run {
 public:
  /// `input` is the model's. Both outlive the run.
  Run(const Network& network, numerics::SharedMap input, const base::Limits& limits);

  /// The values of an edge; null where a node before it has only its shape told, which `stopped_by` then names.
  [[nodiscard]] numerics::SharedMap values(std::size_t edge);
  /// Where an unpooling's values come from; null likewise.
  [[nodiscard]] std::optional<std::vector<std::int64_t>> sources(const Unit& unpooling);
  [[nodiscard]] const std::string& stopped_by() const { return stopped_by_; }

 private:
  /// Units that the edge depends on, marked, and their shape-only one named.
  bool reach(std::size_t edge, std::vector<char>& needed);
  /// The edges whose values a unit's are made from.
  [[nodiscard]] std::vector<std::size_t> needed_by(const Unit& unit) const;
  [[nodiscard]] numerics::SharedMap made(const Unit& unit) const;
  [[nodiscard]] std::vector<std::int64_t> found_by(std::size_t pool) const;

  const Network& network_;
  std::map<std::size_t, numerics::SharedMap> maps_;
  base::Limits limits_;
  std::string stopped_by_;
};

/// Of a layer, before memory is taken for what it gives.
void hold_cost(const std::string& name, std::int64_t values, std::int64_t products, const base::Limits& limits);

/// The unit's layer with its weights, over that map. The unit does a layer or a mapping.
[[nodiscard]] numerics::Stage stage_of(const Network& network, const Unit& unit, numerics::SharedMap input);
/// The window layer's weights as the file has them.
[[nodiscard]] numerics::Kernel kernel_of(const Network& network, const Unit& unit);
[[nodiscard]] std::vector<double> bias_of(const Network& network, const Unit& unit);

}  // namespace convreel::model
