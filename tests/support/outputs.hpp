// Outputs as they are written after -o, for tests below the command line.
#pragma once

#include <map>
#include <string>

#include "output/formats.hpp"

namespace convreel::test {

using Options = std::map<std::string, std::string>;

inline job::Output output(const std::string& path, const std::string& format, const Options& options = {}) {
  job::Output made{path, format, {}};
  for (const auto& [name, text] : options) output::read_option(made, name, text);
  const output::Format& row = *output::format_named(format);
  if (row.check) row.check(made, {});
  return made;
}

}  // namespace convreel::test
