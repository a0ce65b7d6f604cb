// A sweep's page: one HTML file that shows every case of a manifest, to filter, sort and play. Nothing is fetched but
// the files that lie beside it.
#pragma once

#include <filesystem>
#include <string>

#include "batch/manifest.hpp"

namespace convreel::batch {

[[nodiscard]] std::string gallery_html(const Manifest& manifest);
/// index.html in `folder`; appears whole or not at all. Throws Error{run_time}.
void write_gallery(const Manifest& manifest, const std::filesystem::path& folder, const base::Limits& limits);

}  // namespace convreel::batch
