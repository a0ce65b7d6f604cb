// A ZIP archive in memory, by libzip. Same parts, same bytes: no time is stored.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/byte_sink.hpp"

namespace convreel::output {

struct ZipPart {
  std::string name;
  std::vector<std::uint8_t> bytes;
  bool packed = true;  ///< false for what is compressed already: pictures, video

  ZipPart(std::string part_name, std::string_view text) : name(std::move(part_name)), bytes(text.begin(), text.end()) {}
  ZipPart(std::string part_name, std::vector<std::uint8_t> content, bool pack)
      : name(std::move(part_name)), bytes(std::move(content)), packed(pack) {}
};

/// Writes the parts in their order. Throws Error{run_time} with libzip's reason.
void write_zip(const std::vector<ZipPart>& parts, base::ByteSink& sink);

}  // namespace convreel::output
