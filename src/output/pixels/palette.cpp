#include "output/pixels/palette.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>
#include <unordered_set>

namespace convreel::output {

namespace {

struct Counted {
  std::uint32_t colour = 0;
  std::uint64_t pixels = 0;
};

int channel(std::uint32_t colour, int axis) { return static_cast<int>(colour >> (axis * 8) & 255); }

/// A group of colours of the median cut: a range of the shared list.
struct Box {
  std::span<Counted> colours;
  int axis = 0;    ///< the widest channel
  int spread = 0;  ///< its width
  std::uint64_t pixels = 0;

  explicit Box(std::span<Counted> range) : colours(range) {
    for (const Counted& entry : range) pixels += entry.pixels;
    for (int candidate = 0; candidate < 3; ++candidate) {
      const auto [low, high] = std::minmax_element(range.begin(), range.end(), [&](const Counted& a, const Counted& b) {
        return channel(a.colour, candidate) < channel(b.colour, candidate);
      });
      const int width = channel(high->colour, candidate) - channel(low->colour, candidate);
      if (width > spread) {
        axis = candidate;
        spread = width;
      }
    }
  }
  /// What splitting it would gain, roughly: many pixels, far apart.
  [[nodiscard]] double urgency() const { return static_cast<double>(pixels) * spread * spread; }

  /// Cuts at the pixel median; both halves hold at least one colour.
  [[nodiscard]] std::array<Box, 2> cut() const {
    std::sort(colours.begin(), colours.end(), [&](const Counted& a, const Counted& b) {
      return std::pair(channel(a.colour, axis), a.colour) < std::pair(channel(b.colour, axis), b.colour);
    });
    std::uint64_t below = 0;
    std::size_t at = 0;
    while (at + 1 < colours.size() && below + colours[at].pixels <= pixels / 2) below += colours[at++].pixels;
    at = std::max<std::size_t>(at, 1);
    return {Box(colours.first(at)), Box(colours.subspan(at))};
  }
  [[nodiscard]] std::uint32_t mean() const {
    std::uint32_t colour = 0xFF000000u;
    for (int of = 0; of < 3; ++of) {
      std::uint64_t sum = 0;
      for (const Counted& entry : colours) sum += static_cast<std::uint64_t>(channel(entry.colour, of)) * entry.pixels;
      colour |= static_cast<std::uint32_t>((sum + pixels / 2) / pixels) << (of * 8);
    }
    return colour;
  }
};

std::vector<std::uint32_t> median_cut(std::vector<Counted> colours, std::size_t most) {
  std::vector<Box> boxes;
  if (!colours.empty() && most > 0) boxes.emplace_back(colours);
  while (!boxes.empty() && boxes.size() < most) {
    const auto worst = std::max_element(boxes.begin(), boxes.end(),
                                        [](const Box& a, const Box& b) { return a.urgency() < b.urgency(); });
    if (worst->spread == 0) break;
    const auto [low, high] = worst->cut();
    *worst = low;
    boxes.push_back(high);
  }
  std::vector<std::uint32_t> means;
  for (const Box& box : boxes) means.push_back(box.mean());
  return means;
}

std::vector<Counted> by_frequency(const ColourTable& table) {
  std::vector<Counted> colours;
  for (std::size_t n = 0; n < table.size(); ++n)
    if (table.colours()[n] >> 24 != 0) colours.push_back({table.colours()[n], table.counts()[n]});
  std::stable_sort(colours.begin(), colours.end(),
                   [](const Counted& a, const Counted& b) { return a.pixels > b.pixels; });
  return colours;
}

/// Colours that are kept exactly: the wanted ones that occur, then the most frequent until half of the room is taken.
/// Moves them to the front; returns how many.
std::size_t keep_exact(std::vector<Counted>& colours, std::span<const std::uint32_t> wanted, std::size_t most) {
  const std::unordered_set<std::uint32_t> flat(wanted.begin(), wanted.end());
  const auto rest = std::stable_partition(colours.begin(), colours.end(),
                                          [&](const Counted& entry) { return flat.contains(entry.colour); });
  const auto kept = static_cast<std::size_t>(rest - colours.begin());
  return std::min(std::max(kept, most / 2), most);
}

int distance(std::uint32_t a, std::uint32_t b) {
  int sum = 0;
  for (int of = 0; of < 3; ++of) sum += (channel(a, of) - channel(b, of)) * (channel(a, of) - channel(b, of));
  return sum;
}

}  // namespace

std::vector<std::uint32_t> choose_palette(const ColourTable& table, std::span<const std::uint32_t> wanted,
                                          std::size_t most) {
  std::vector<std::uint32_t> palette;
  for (const std::uint32_t colour : table.colours())
    if (colour >> 24 != 0) palette.push_back(colour);
  if (palette.size() <= most) return palette;
  std::vector<Counted> colours = by_frequency(table);
  const std::size_t exact = keep_exact(colours, wanted, most);
  palette.clear();
  for (std::size_t n = 0; n < exact; ++n) palette.push_back(colours[n].colour);
  const std::vector<std::uint32_t> means =
      median_cut({colours.begin() + static_cast<std::ptrdiff_t>(exact), colours.end()}, most - exact);
  for (const std::uint32_t colour : means)
    if (std::find(palette.begin(), palette.end(), colour) == palette.end()) palette.push_back(colour);
  return palette;
}

Matcher::Matcher(std::vector<std::uint32_t> palette, int transparent)
    : palette_(std::move(palette)), transparent_(transparent) {
  // The first of equal colours answers for itself; all answers below are remembered.
  for (std::size_t n = 0; n < palette_.size(); ++n)
    if (known_.number(palette_[n]) == answers_.size()) answers_.push_back(static_cast<std::uint8_t>(n));
}

std::uint8_t Matcher::operator()(std::uint32_t colour) {
  if (colour >> 24 == 0 && transparent_ >= 0) return static_cast<std::uint8_t>(transparent_);
  const std::uint32_t number = known_.number(colour);
  if (number == answers_.size()) answers_.push_back(nearest(colour));
  return answers_[number];
}

std::uint8_t Matcher::nearest(std::uint32_t colour) const {
  int best = std::numeric_limits<int>::max();
  std::size_t found = 0;
  for (std::size_t n = 0; n < palette_.size(); ++n)
    if (const int far = distance(palette_[n], colour); far < best) {
      best = far;
      found = n;
    }
  return static_cast<std::uint8_t>(found);
}

}  // namespace convreel::output
