// A model's layers as a table, as CSV, as JSON.
#pragma once

#include <string>

#include "model/network.hpp"

namespace convreel::cli {

/// A row for every spatial layer, and below it what has its shape told only.
[[nodiscard]] std::string model_table(const model::Network& network, const model::Graph& graph);
/// A heading and a line a layer.
[[nodiscard]] std::string model_csv(const model::Network& network);
[[nodiscard]] std::string model_json(const model::Network& network, const model::Graph& graph);

}  // namespace convreel::cli
