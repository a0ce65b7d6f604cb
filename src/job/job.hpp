// What will happen, every default decided and every impossibility already refused. Only a Job travels on.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/limits.hpp"
#include "job/output.hpp"
#include "job/show.hpp"
#include "numerics/stage.hpp"

namespace convreel::job {

/// Layers one after the other, each reading what the one before gives.
struct Chain {
  std::vector<numerics::Stage> stages;
  bool stack = false;                        ///< written as a stack, of one layer too: who cannot show one refuses it
  std::optional<numerics::Map> grad_output;  ///< dL/dy of the only layer, where gradients are asked for

  Chain(numerics::Trace one) { stages.emplace_back(std::move(one)); }  // NOLINT: a trace is a chain of one
  explicit Chain(std::vector<numerics::Stage> several) : stages(std::move(several)), stack(true) {}

  /// The only layer of what is no stack.
  [[nodiscard]] const numerics::Trace& only() const { return *stages.front().trace(); }
};

/// Another chain shown beside the job's own, in step with it.
struct Beside {
  Chain chain;
  Show show;
  std::string subtitle;
};

struct Job {
  std::string name;  ///< for templates and titles: "transposed-s2p1" of preset:article/transposed-s2p1, else the kind
  Chain chain;
  Show show;
  std::vector<Output> outputs;
  std::string subtitle = {};        ///< above the job's own chain when others stand beside it
  std::vector<Beside> beside = {};  ///< compare's second and further layers
  base::Limits limits = {};
};

}  // namespace convreel::job
