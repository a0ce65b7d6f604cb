// A contact sheet: key frames of a reel side by side as one scene, each with a caption. For print, and for readers who
// want no motion.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "output/exporter.hpp"
#include "scene/scene.hpp"

namespace convreel::output {

/// At most `count` of the reel's stills, evenly spread, the last always among them and, from two on, the first.
/// `count` is at least 1.
[[nodiscard]] std::vector<std::int64_t> key_shots(const views::Reel& reel, std::int64_t count);

/// What stands under a key frame: "insert zeros", "step 4", "result". Steps are counted as --steps counts them.
[[nodiscard]] std::string shot_caption(const views::Reel& reel, const job::Show& show, std::int64_t shot);

/// Rows of `columns` pictures under one title and over one formula, or as many columns as make the sheet a page lying
/// on its side. Every item of a picture has its number before its id.
[[nodiscard]] scene::Scene contact_sheet(const views::Reel& reel, const job::Show& show,
                                         const std::vector<std::int64_t>& shots, std::optional<std::int64_t> columns);

}  // namespace convreel::output
