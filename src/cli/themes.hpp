// The themes of one command, each read once: a sweep has one for thousands of cases.
#pragma once

#include <map>
#include <string>

#include "job/job_spec.hpp"
#include "theme/theme.hpp"

namespace convreel::cli {

struct KnownTheme {
  theme::Theme theme;
  job::JobSpec defaults;         ///< its [show]
  bool figures_checked = false;  ///< a font here has what pictures are made of
};

class Themes {
 public:
  /// Throws base::Error when it cannot be read. Stays as long as this does.
  KnownTheme& of(const job::Show& show);

 private:
  std::map<std::string, KnownTheme> known_;
};

}  // namespace convreel::cli
