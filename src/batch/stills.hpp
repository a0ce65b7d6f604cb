// Which pictures of a reel become numbered files, and their names.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "views/reel/reel.hpp"

namespace convreel::batch {

/// The shots that become numbered files: one a beat, or every picture when the window glides or results are held
/// back.
[[nodiscard]] std::vector<std::int64_t> numbered_shots(const views::Reel& reel, bool every_picture);

/// The first {n} or {n:03} of a path.
struct Slot {
  std::size_t start = 0, end = 0;
  int width = 0;
};
[[nodiscard]] std::optional<Slot> number_slot(std::string_view path);
/// True when the path holds one.
[[nodiscard]] bool is_numbered(std::string_view path);
/// The path with {n} (or {n:03}, zero-filled to that width) replaced by `number`.
[[nodiscard]] std::string numbered_path(std::string_view path, std::int64_t number);

}  // namespace convreel::batch
