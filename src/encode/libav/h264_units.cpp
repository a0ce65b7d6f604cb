#include "encode/libav/h264_units.hpp"

namespace convreel::encode::libav {

std::vector<std::span<const std::uint8_t>> nal_units(std::span<const std::uint8_t> stream) {
  std::vector<std::span<const std::uint8_t>> units;
  std::size_t begin = 0;
  bool inside = false;
  const auto close = [&](std::size_t end) {
    while (end > begin && stream[end - 1] == 0) --end;  // zeros before a start code belong to it
    if (inside && end > begin) units.push_back(stream.subspan(begin, end - begin));
  };
  for (std::size_t n = 0; n + 3 <= stream.size(); ++n) {
    if (stream[n] != 0 || stream[n + 1] != 0 || stream[n + 2] != 1) continue;
    close(n);
    begin = n + 3;
    inside = true;
    n += 2;
  }
  close(stream.size());
  return units;
}

Bytes unescaped(std::span<const std::uint8_t> nal) {
  Bytes bytes;
  bytes.reserve(nal.size());
  int zeros = 0;
  for (const std::uint8_t byte : nal) {
    const bool escape = zeros >= 2 && byte == 3;
    if (!escape) bytes.push_back(byte);
    zeros = byte == 0 ? zeros + 1 : 0;
  }
  return bytes;
}

void append_nal(Bytes& stream, std::span<const std::uint8_t> nal) {
  stream.insert(stream.end(), {0, 0, 0, 1});
  int zeros = 0;
  for (const std::uint8_t byte : nal) {
    if (zeros >= 2 && byte <= 3) {
      stream.push_back(3);
      zeros = 0;
    }
    stream.push_back(byte);
    zeros = byte == 0 ? zeros + 1 : 0;
  }
}

}  // namespace convreel::encode::libav
