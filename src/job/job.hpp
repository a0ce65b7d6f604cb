// What will happen, every default decided and every impossibility already refused. Only a Job travels on.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "job/output.hpp"
#include "job/show.hpp"
#include "numerics/trace.hpp"

namespace convreel::job {

/// Another layer shown beside the job's own, in step with it.
struct Beside {
  numerics::Trace trace;
  Show show;
  std::string subtitle;
};

struct Job {
  std::string name;  ///< for templates and titles: "transposed-s2p1" of preset:article/transposed-s2p1, else the kind
  numerics::Trace trace;
  Show show;
  std::vector<Output> outputs;
  std::string subtitle = {};        ///< above the job's own layer when others stand beside it
  std::vector<Beside> beside = {};  ///< compare's second and further layers
};

}  // namespace convreel::job
