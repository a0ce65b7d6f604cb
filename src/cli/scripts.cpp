#include "cli/scripts.hpp"

#include <algorithm>
#include <array>

namespace convreel::cli {
namespace {

constexpr std::string_view kCjk = "fonts-noto-cjk", kNoto = "fonts-noto-core";
constexpr std::array kScripts{Script{"Latin", "é", "fonts-dejavu-core"},
                              Script{"Greek", "λ", "fonts-dejavu-core"},
                              Script{"Cyrillic", "ж", "fonts-dejavu-core"},
                              Script{"Hebrew", "ש", kNoto},
                              Script{"Arabic", "ع", kNoto},
                              Script{"Devanagari", "क", kNoto},
                              Script{"Thai", "ก", kNoto},
                              Script{"Chinese", "卷", kCjk},
                              Script{"Japanese", "み", kCjk},
                              Script{"Korean", "합", kCjk}};

/// Code points from `first` to `last`, after Unicode's blocks.
struct Block {
  char32_t first, last;
  std::string_view package;
};
constexpr std::array kUnicodeBlocks{
    Block{0x00A0, 0x052F, "fonts-dejavu-core"},
    Block{0x0530, 0x10FF, kNoto},
    Block{0x1100, 0x11FF, kCjk},
    Block{0x1200, 0x1FFF, kNoto},
    Block{0x2E80, 0xA4CF, kCjk},
    Block{0xA4D0, 0xA95F, kNoto},
    Block{0xA960, 0xA97F, kCjk},
    Block{0xA980, 0xABFF, kNoto},
    Block{0xAC00, 0xD7FF, kCjk},
    Block{0xF900, 0xFAFF, kCjk},
    Block{0xFB00, 0xFDFF, kNoto},
    Block{0xFE30, 0xFE4F, kCjk},
    Block{0xFE70, 0xFEFF, kNoto},
    Block{0xFF00, 0xFFEF, kCjk},
    Block{0x10000, 0x1CFFF, kNoto},
    Block{0x1F300, 0x1FAFF, "fonts-noto-color-emoji"},
    Block{0x20000, 0x323AF, kCjk},
};

/// The first code point of well-formed UTF-8.
char32_t code_point(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const std::size_t length = text.empty() ? 0 : byte(0) < 0x80 ? 1 : byte(0) < 0xE0 ? 2 : byte(0) < 0xF0 ? 3 : 4;
  if (length == 0 || text.size() < length) return 0;
  char32_t code = length == 1 ? byte(0) : byte(0) & (0x7F >> length);
  for (std::size_t i = 1; i < length; ++i) code = code << 6 | (byte(i) & 0x3F);
  return code;
}

}  // namespace

std::span<const Script> scripts() { return kScripts; }

std::vector<std::string_view> packages_for(const std::vector<std::string>& characters) {
  std::vector<std::string_view> packages;
  for (const std::string& character : characters) {
    const char32_t code = code_point(character);
    const auto block =
        std::ranges::find_if(kUnicodeBlocks, [&](const Block& b) { return code >= b.first && code <= b.last; });
    if (block != kUnicodeBlocks.end() && std::ranges::find(packages, block->package) == packages.end())
      packages.push_back(block->package);
  }
  return packages;
}

}  // namespace convreel::cli
