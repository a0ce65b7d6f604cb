// `--input-values -`: numbers or a picture that come through a pipe. They are read once, before anything else, so that
// every job, sweep and fingerprint sees what they are.
#pragma once

#include <filesystem>

#include "job/job_spec.hpp"

namespace convreel::cli {

/// Puts what stdin holds in the place of "-": typed numbers for text, a temporary file, which goes with this, for a
/// .npy or a picture.
class StdinValues {
 public:
  /// Throws Error{usage} when two options want stdin or a terminal is behind it, Error{impossible} when too much comes.
  StdinValues(job::JobSpec& flags, const base::Limits& limits);
  ~StdinValues();
  StdinValues(const StdinValues&) = delete;
  StdinValues& operator=(const StdinValues&) = delete;

 private:
  std::filesystem::path file_;
};

}  // namespace convreel::cli
