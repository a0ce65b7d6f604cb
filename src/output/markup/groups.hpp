// The pieces of an SVG file: a still's groups, a moving picture's groups with their keyframes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "output/markup/cast.hpp"
#include "views/reel/reel.hpp"

namespace convreel::output {

/// The ids of a document's elements: an item's own, with a number behind it where one item has several.
class ElementIds {
 public:
  /// ` id="scope-name"`, unique.
  [[nodiscard]] std::string attribute(std::string_view scope, std::string_view item_id);

 private:
  std::unordered_map<std::string, int> seen_;
};

/// Every visible item as a group.
[[nodiscard]] std::string still_groups(const scene::Scene& scene, std::string_view scope, Markup& markup);

/// A cast as groups that CSS moves. Without animations (reduced motion, a program that knows none) the last shot
/// stands.
struct MovingGroups {
  std::string groups, keyframes;
};
[[nodiscard]] MovingGroups moving_groups(const Cast& cast, const views::Reel& reel, std::int64_t rest,
                                         std::string_view scope);

/// How the keyframes run: for readers who did not ask for less motion. `loop` 0: forever.
[[nodiscard]] std::string motion_rules(std::string_view scope, const std::string& keyframes, base::Duration length,
                                       int loop);

}  // namespace convreel::output
