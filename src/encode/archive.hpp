// A ZIP archive in memory, by libzip: a module that is opened at first use, for libzip brings OpenSSL with it, whose
// loading was a twentieth of every start. Same parts, same bytes: no time is stored.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/byte_sink.hpp"

namespace convreel::encode {

struct ZipPart {
  std::string name;
  std::vector<std::uint8_t> bytes;
  bool packed = true;  ///< false for what is compressed already: pictures, video

  ZipPart(std::string part_name, std::string_view text) : name(std::move(part_name)), bytes(text.begin(), text.end()) {}
  ZipPart(std::string part_name, std::vector<std::uint8_t> content, bool pack)
      : name(std::move(part_name)), bytes(std::move(content)), packed(pack) {}
};

/// The module's face.
class Archiver {
 public:
  virtual ~Archiver() = default;
  /// Writes the parts in their order. Throws Error{run_time} with libzip's reason.
  virtual void write(const std::vector<ZipPart>& parts, base::ByteSink& sink) = 0;
  /// libzip's, "1.7.3".
  [[nodiscard]] virtual std::string version() = 0;
};

inline constexpr int kArchiverRevision = 1;
inline constexpr const char* kOpenArchiverSymbol = "convreel_open_archiver";

/// Opens the module once; later calls return the same. Throws Error{missing} when it cannot be opened.
[[nodiscard]] Archiver& archiver();

}  // namespace convreel::encode
