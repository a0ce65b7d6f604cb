// All results of a sweep in one picture: the posters in rows, each with the parameters that are varied.
#pragma once

#include <filesystem>

#include "batch/manifest.hpp"
#include "theme/theme.hpp"

namespace convreel::batch {

/// Thumbnails shrink as there are more of them, so that the sheet stays below 16 million pixels. Reads the posters that
/// the manifest names in `folder`. Throws Error{run_time} when there are none.
void write_contact_sheet(const Manifest& manifest, const std::filesystem::path& folder, const theme::Theme& theme,
                         const std::filesystem::path& target, const base::Limits& limits);

}  // namespace convreel::batch
