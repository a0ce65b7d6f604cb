// A part of a model as a job's chain: one layer, or several that follow one another, with the model's own weights.
#pragma once

#include <string_view>

#include "job/job.hpp"
#include "job/resolve.hpp"
#include "model/network.hpp"

namespace convreel::model {

/// The numbers of a table's rows: units that are spatial, in order.
[[nodiscard]] std::vector<std::size_t> listed_units(const Network& network);
/// A unit by its name or by its row, counted from 1. Throws Error{usage} with a near name.
[[nodiscard]] std::size_t unit_named(const Network& network, std::string_view text);

/// The size that the options ask for, or a file of values brings; empty to keep the declared one.
[[nodiscard]] std::optional<numerics::Cell> asked_size(const job::JobSpec& spec, const InputShape& shape);

/// spec.model's part that spec.model_part names, as job::Tools asks for it. Throws Error{impossible} for layers that
/// are no chain.
[[nodiscard]] job::ModelPart part_of(const job::JobSpec& spec, const job::Tools& tools);

}  // namespace convreel::model
