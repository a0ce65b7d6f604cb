// Some channels and a window of a model's layers: small enough to look at, with the same weights. Private to this room.
#pragma once

#include <string>
#include <vector>

#include "job/job_spec.hpp"
#include "model/network.hpp"
#include "model/run.hpp"
#include "numerics/stage.hpp"

namespace convreel::model {

/// The units over `input`, of which spec.crop and spec.channels leave a part. `run` knows the maps before them, `note`
/// gets what the sums leave out.
[[nodiscard]] std::vector<numerics::Stage> cut(const Network& network, const std::vector<const Unit*>& units,
                                               numerics::SharedMap input, Run& run, const job::JobSpec& spec,
                                               std::string& note);

}  // namespace convreel::model
