// What will happen, every default decided and every impossibility already refused. Only a Job travels on.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "numerics/trace.hpp"
#include "spec/show.hpp"

namespace convreel::spec {

struct Job {
  std::string name;  ///< for templates and titles: "transposed-s2p1" of preset:article/transposed-s2p1, else the kind
  numerics::Trace trace;
  Show show;
  std::vector<Output> outputs;
};

}  // namespace convreel::spec
