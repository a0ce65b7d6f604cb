// What `explain --as` prints: a layer as programs.
#pragma once

#include <string>
#include <string_view>

#include "job/resolve.hpp"

namespace convreel::cli {

/// The programs of "pytorch,onnx" under headings (one alone without), or as a JSON object. A framework that cannot say
/// the layer is told with its reason, as long as another can. Throws Error{usage} for an unknown framework,
/// Error{impossible} when none of them can.
[[nodiscard]] std::string code_text(const job::Chain& chain, std::string_view frameworks, bool json);

}  // namespace convreel::cli
