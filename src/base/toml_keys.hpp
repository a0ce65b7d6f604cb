// A look at TOML before it is parsed: toml++ goes one call deeper for every segment of a dotted key, without an end.
#pragma once

#include <cstddef>
#include <string_view>

namespace convreel::base {

/// Segments beyond this are refused; convreel's own keys have three.
inline constexpr std::size_t kMostKeySegments = 16;

/// The line (from 1) of the first key with more segments; 0 when there is none.
[[nodiscard]] std::size_t line_of_deep_key(std::string_view toml);
/// Throws Error{impossible} at such a key's line; `label` is what messages call the text.
void refuse_deep_keys(std::string_view toml, std::string_view label);

}  // namespace convreel::base
