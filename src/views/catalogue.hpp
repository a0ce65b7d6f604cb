// THE table of views.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "job/job.hpp"
#include "views/view.hpp"

namespace convreel::views {

struct Row {
  std::string_view name;
  std::string_view summary;
  /// Why this view is not made for that kind of layer, in a sentence; empty when it is. Depth aside.
  std::optional<std::string> (*unsuited)(const numerics::Layer&);
  std::unique_ptr<View> (*make)(const Context&);
  /// Of a view of stacks; null for a view of one layer.
  std::unique_ptr<View> (*make_of_stack)(const StackContext&) = nullptr;
  bool depth = false;      ///< shows the slices of a 3-D layer
  bool gradients = false;  ///< shows the backward pass: what else tells of the layer then tells of that too
  /// Why a view of stacks cannot show this one; null when it shows any.
  std::optional<std::string> (*unsuited_stack)(const std::vector<numerics::Stage>&) = nullptr;

  /// Why this view cannot show that layer, in a sentence; empty when it can.
  [[nodiscard]] std::optional<std::string> refuses(const numerics::Layer& layer) const;
};

template <typename V>
std::unique_ptr<View> made(const Context& context) {
  return std::make_unique<V>(context);
}

template <typename V>
std::unique_ptr<View> made_of_stack(const StackContext& context) {
  return std::make_unique<V>(context);
}

[[nodiscard]] std::span<const Row> catalogue();
/// Throws Error{usage} with a near name when there is none.
[[nodiscard]] const Row& view_named(std::string_view name);
/// The view that a layer is shown with when nobody asks: the first that takes it.
[[nodiscard]] std::string_view default_view(const numerics::Layer& layer);

/// The same of a job's chain: a stack has views of its own.
[[nodiscard]] std::string_view default_view(const job::Chain& chain);
/// Why a view cannot show a chain, in a sentence; empty when it can.
[[nodiscard]] std::optional<std::string> refusal(const Row& row, const job::Chain& chain);

}  // namespace convreel::views
