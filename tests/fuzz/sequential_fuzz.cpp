// Layers one after the other, as PyTorch prints a Sequential, made with numbers that teach.
#include "fuzz.hpp"
#include "job/resolve.hpp"
#include "job/stack.hpp"

namespace convreel::fuzz {

CONVREEL_FUZZ(sequential) {
  job::JobSpec spec;
  spec.limits = small_limits();
  static_cast<void>(job::looks_like_stack(text_of(bytes)));
  spec.stack = job::stack_layers(text_of(bytes));
  const job::Job job = job::resolve(spec, {});
  const std::vector<numerics::Stage>& stages = job.chain.stages;
  for (std::size_t n = 1; n < stages.size(); ++n)
    hold(&stages[n].input() == &stages[n - 1].output(), "a layer reads what the one before gives");
}

}  // namespace convreel::fuzz
