// A job file, with everything decided that it says.
#include "fuzz.hpp"
#include "job/resolve.hpp"
#include "job/sources.hpp"

namespace convreel::fuzz {

CONVREEL_FUZZ(toml) {
  static_cast<void>(job::toml_summary(text_of(bytes), "fuzz.toml"));
  job::JobSpec spec = job::from_toml(text_of(bytes), "fuzz.toml", "folder");
  spec.limits = small_limits();
  spec.model.reset();  // fuzz_onnx reads models
  static_cast<void>(job::resolve(spec, {}));
}

}  // namespace convreel::fuzz
