// Which pictures of a reel a still format shows, and the names of numbered files.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "spec/show.hpp"
#include "views/reel.hpp"

namespace convreel::batch {

/// The shot that `choice` ("first", "last" or a step counted from 1) names. Steps are those of the whole layer, so that
/// --steps 3..7 with --still 3 shows the first one kept. Throws Error{usage} with the steps that there are.
[[nodiscard]] std::int64_t still_shot(const views::Reel& reel, const spec::Show& show, std::string_view choice);

/// The shots that become numbered files: one a beat, or every picture when the window glides.
[[nodiscard]] std::vector<std::int64_t> numbered_shots(const views::Reel& reel, bool smooth);

/// True when the path holds {n} or {n:03}.
[[nodiscard]] bool is_numbered(std::string_view path);
/// The path with {n} (or {n:03}, zero-filled to that width) replaced by `number`.
[[nodiscard]] std::string numbered_path(std::string_view path, std::int64_t number);

}  // namespace convreel::batch
