// File names of a sweep: 'out/{layer}_s{stride}.gif' with a case's parameters put in.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace convreel::batch {

/// The text for a placeholder's name; empty when there is none.
using Lookup = std::function<std::optional<std::string>(std::string_view name)>;

/// Every {name} replaced by what `lookup` says, made safe for a file name; {name:03} pads with zeros on the left. {n}
/// and {n:03} stay: they number frames. Throws Error{usage} for a placeholder that is unknown, with a near name.
[[nodiscard]] std::string filled(std::string_view pattern, const Lookup& lookup);

/// Only letters, digits and . , = + - _ stay; others become '-', as does an empty text and every dot of one that is
/// nothing but dots, so that no value leaves its folder.
[[nodiscard]] std::string file_safe(std::string_view text);

/// The folder before the first placeholder: "out" of "out/{layer}/s{stride}.gif"; "." for none.
[[nodiscard]] std::string fixed_folder(std::string_view pattern);

}  // namespace convreel::batch
