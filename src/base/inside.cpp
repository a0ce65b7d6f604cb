#include "base/inside.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

#include "base/error.hpp"
#include "base/text.hpp"

namespace convreel::base {

namespace {

namespace fs = std::filesystem;

constexpr int kMostLinks = 40;  // as the kernel's own

bool ends_inside(const fs::path& path) {
  std::error_code failed;
  const fs::path here = fs::canonical(".", failed);
  if (failed) return false;
  const auto target = end_of_links(fs::weakly_canonical(here / path, failed));
  if (failed || !target) return false;
  const fs::path end = fs::weakly_canonical(*target, failed);
  return !failed && std::mismatch(here.begin(), here.end(), end.begin(), end.end()).first == here.end();
}

}  // namespace

std::optional<fs::path> end_of_links(const fs::path& target) {
  std::error_code ignored;
  fs::path path = target;
  for (int links = 0; fs::is_symlink(path, ignored); ++links) {
    if (links == kMostLinks) return std::nullopt;
    const fs::path next = fs::read_symlink(path, ignored);
    path = next.is_absolute() ? next : path.parent_path() / next;
  }
  return path;
}

void hold_inside(const fs::path& path, const Limits& limits) {
  if (!limits.safe() || path == "-") return;
  if (path.is_relative() && std::ranges::find(path, "..") == path.end() && ends_inside(path)) return;
  throw Error(ErrorKind::usage,
              fmt::format("{} leads out of this folder, which --safe keeps to", mended(path.string())),
              "name a file in this folder or below it");
}

}  // namespace convreel::base
