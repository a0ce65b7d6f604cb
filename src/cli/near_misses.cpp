#include "cli/near_misses.hpp"

#include <fmt/format.h>

#include <vector>

#include "base/text.hpp"

namespace convreel::cli {
namespace {

struct NearMiss {
  std::string_view word, meant;
};

constexpr NearMiss kNearMisses[] = {
    {"pool", "max-pool2d or avg-pool2d"},
    {"pool1d", "max-pool1d or avg-pool1d"},
    {"pool2d", "max-pool2d or avg-pool2d"},
    {"pool3d", "max-pool3d or avg-pool3d"},
    {"pooling", "max-pool2d or avg-pool2d"},
    {"unpool", "stack 'MaxPool2d(2)' 'MaxUnpool2d(2)'"},
    {"upconv", "transpose"},
    {"convolution", "conv2d"},
    {"animate", "render"},
    {"draw", "render"},
    {"presets", "list presets"},
    {"views", "list views"},
    {"themes", "list themes"},
    {"formats", "list formats"},
    {"--input", "--input-size or --input-values"},
    {"--image", "--input-values"},
    {"--weight", "--kernel-values"},
    {"--weights", "--kernel-values"},
    {"--filter", "--kernel-values, or --out-channels for how many"},
    {"--delay", "--step"},
    {"--duration", "--step"},
    {"--width", "--size 960x600"},
    {"--height", "--size 960x600"},
    {"--dark", "--theme dark"},
    {"--preset", "render preset:NAME"},
};

/// "--kernel-size" as far as "--kernel".
std::string_view beginning(std::string_view name) { return name.substr(0, name.find('-', 2)); }

/// "--padding" for "--pad": the shortest that goes on from the word.
std::optional<std::string> continued(std::string_view word, std::span<const std::string_view> known) {
  constexpr std::size_t kLeastLetters = 3;
  std::optional<std::string> best;
  if (word.size() < kLeastLetters) return best;
  for (const std::string_view name : known)
    if (name.starts_with(word) && (!best || name.size() < best->size())) best = name;
  return best;
}

}  // namespace

std::optional<std::string> meant(std::string_view word, std::span<const std::string_view> known) {
  for (const NearMiss& miss : kNearMisses)
    if (base::lower(word) == miss.word) return fmt::format("did you mean {}?", miss.meant);
  if (const auto near = base::nearest(word, known)) return fmt::format("did you mean {}?", *near);
  if (const auto whole = continued(word, known)) return fmt::format("did you mean {}?", *whole);
  std::vector<std::string_view> beginnings;
  for (const std::string_view name : known) beginnings.push_back(beginning(name));
  const auto near = base::nearest(word, beginnings);
  if (!near || !word.starts_with("--")) return std::nullopt;
  for (const std::string_view name : known)
    if (beginning(name) == *near) return fmt::format("did you mean {}?", name);
  return std::nullopt;
}

}  // namespace convreel::cli
