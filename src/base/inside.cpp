#include "base/inside.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

#include "base/error.hpp"
#include "base/text.hpp"

namespace convreel::base {

namespace {

namespace fs = std::filesystem;

/// Where links end, as far as the path exists.
bool ends_inside(const fs::path& path) {
  std::error_code failed;
  const fs::path here = fs::canonical(".", failed);
  const fs::path end = failed ? fs::path() : fs::weakly_canonical(here / path, failed);
  return !failed && std::mismatch(here.begin(), here.end(), end.begin(), end.end()).first == here.end();
}

}  // namespace

void hold_inside(const fs::path& path, const Limits& limits) {
  if (!limits.safe() || path == "-") return;
  if (path.is_relative() && std::ranges::find(path, "..") == path.end() && ends_inside(path)) return;
  throw Error(ErrorKind::usage,
              fmt::format("{} leads out of this folder, which --safe keeps to", mended(path.string())),
              "name a file in this folder or below it");
}

}  // namespace convreel::base
