#include "base/inside.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

#include "base/error.hpp"
#include "base/text.hpp"

namespace convreel::base {

namespace {

namespace fs = std::filesystem;

constexpr int kMostLinksFollowed = 40;  // as the kernel's own

/// Where links end, as far as the path exists. A last link to nothing is followed too: a file would be made there.
bool ends_inside(const fs::path& path) {
  std::error_code failed, absent;
  const fs::path here = fs::canonical(".", failed);
  fs::path end = failed ? fs::path() : fs::weakly_canonical(here / path, failed);
  for (int links = 0; !failed && fs::is_symlink(fs::symlink_status(end, absent)); ++links) {
    if (links == kMostLinksFollowed) return false;
    end = fs::weakly_canonical(end.parent_path() / fs::read_symlink(end, failed), failed);
  }
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
