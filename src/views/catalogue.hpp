// THE table of views.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "views/view.hpp"

namespace convreel::views {

struct Row {
  std::string_view name;
  std::string_view summary;
  /// Why this view cannot show that layer, in a sentence; empty when it can.
  std::optional<std::string> (*refuses)(const numerics::Layer&);
  std::unique_ptr<View> (*make)(const Context&);
};

template <typename V>
std::unique_ptr<View> made(const Context& context) {
  return std::make_unique<V>(context);
}

[[nodiscard]] std::span<const Row> catalogue();
/// Throws Error{usage} with a near name when there is none.
[[nodiscard]] const Row& view_named(std::string_view name);
/// The view that a layer is shown with when nobody asks: the first that takes it.
[[nodiscard]] std::string_view default_view(const numerics::Layer& layer);

}  // namespace convreel::views
