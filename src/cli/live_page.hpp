// What --watch shows: a sweep's gallery, or the pictures of a render.
#pragma once

#include <string>
#include <vector>

#include "batch/manifest.hpp"
#include "batch/run_job.hpp"
#include "live/page.hpp"

namespace convreel::cli {

/// The files of one job.
struct Shown {
  std::string title, alt;
  std::vector<batch::Written> files;
};

[[nodiscard]] live::Page page_of(const std::vector<Shown>& jobs);

/// The gallery of `manifest`, whose files lie in `folder` or beside it.
[[nodiscard]] live::Page page_of(const batch::Manifest& manifest, const std::filesystem::path& folder);

}  // namespace convreel::cli
