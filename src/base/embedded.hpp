// The generated list behind base/assets.hpp; nobody else includes this.
#pragma once

#include <span>
#include <string_view>

namespace convreel::base {

struct EmbeddedFile {
  std::string_view path, text;
};
[[nodiscard]] std::span<const EmbeddedFile> embedded_files();

}  // namespace convreel::base
