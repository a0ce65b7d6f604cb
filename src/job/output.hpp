// One file to write.
#pragma once

#include <map>
#include <string>

namespace convreel::job {

/// `format` is a name of the format table; `options` are what stood after the colon.
struct Output {
  std::string path;  ///< "-" for stdout
  std::string format;
  std::map<std::string, std::string> options;
  bool operator==(const Output&) const = default;
};

}  // namespace convreel::job
