// One picture: a canvas and items in paint order, in three strata so that a painter can keep what did not change.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

#include "scene/item.hpp"

namespace convreel::scene {

using Items = std::vector<Item>;

/// The first `count` items of a shared list. Two frames that share the list differ only by the items between their
/// counts, which is how a painter knows what to add.
struct Stratum {
  std::shared_ptr<const Items> items;
  std::size_t count = 0;

  bool operator==(const Stratum& other) const;
  [[nodiscard]] const Item* begin() const { return items ? items->data() : nullptr; }
  [[nodiscard]] const Item* end() const { return items ? items->data() + count : nullptr; }
};

/// Paint order: backdrop (fixed for a chapter), settled (grows by what each step leaves behind; only forms that cover
/// their slot, so that a later item replaces an earlier one of the same id), live (this frame's own).
struct Scene {
  Size canvas;
  Stratum backdrop;
  Stratum settled;
  Items live;

  bool operator==(const Scene&) const = default;
};

/// All items in paint order, replaced ones left out: what a reader sees. For SVG, tests and text dumps.
[[nodiscard]] std::vector<const Item*> visible(const Scene& scene);
/// The last item with that id, or null.
[[nodiscard]] const Item* find(const Scene& scene, std::string_view id);

}  // namespace convreel::scene
