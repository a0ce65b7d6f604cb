// What a file says of who may use it, where its format has a place for that.
#pragma once

#include <string>

#include "output/exporter.hpp"

namespace convreel::output {

/// Empty with --no-credit.
[[nodiscard]] inline std::string credit(const Subject& subject) {
  return subject.job.show.credit ? "CC0-1.0: this file is yours. Made with convreel." : "";
}

}  // namespace convreel::output
