#include "output/gif/runs.hpp"

#include <algorithm>

#include "output/pixels/pixels.hpp"

namespace convreel::output {

namespace {

using encode::GifRun;

void append(std::vector<GifRun>& runs, std::size_t length, std::uint8_t colour, bool clear) {
  if (!runs.empty() && runs.back().colour == colour && runs.back().clear == clear)
    runs.back().length += static_cast<std::uint32_t>(length);
  else
    runs.push_back({static_cast<std::uint32_t>(length), colour, clear});
}

/// The runs of a row, unchanged pixels apart from changed ones.
void append_row(std::vector<GifRun>& runs, const std::uint8_t* wanted, const std::uint8_t* shown, std::size_t width,
                const Places& places) {
  for (std::size_t x = 0; x < width;) {
    const std::uint8_t colour = wanted[x];
    const bool same = shown[x] == colour;
    std::size_t end = end_of_run(wanted, colour, x + 1, width);
    if (same)
      end = first_difference(wanted, shown, x + 1, end);
    else
      end = static_cast<std::size_t>(std::find(shown + x + 1, shown + end, colour) - shown);
    append(runs, end - x, places[colour], same);
    x = end;
  }
}

int largest_place(const std::vector<GifRun>& runs) {
  int largest = 0;
  for (const GifRun& run : runs)
    if (!run.clear) largest = std::max<int>(largest, run.colour);
  return largest;
}

int first_unused(const std::vector<GifRun>& runs, std::size_t table) {
  std::array<bool, 256> used{};
  for (const GifRun& run : runs)
    if (!run.clear) used[run.colour] = true;
  const auto end = used.begin() + static_cast<std::ptrdiff_t>(table);
  const auto found = std::find(used.begin(), end, false);
  return found == end ? -1 : static_cast<int>(found - used.begin());
}

}  // namespace

GifPart whole_part(const IndexPlane& wanted, const base::PixelRect& rect, const Places& places) {
  GifPart part;
  const auto width = static_cast<std::size_t>(rect.width);
  for (int y = rect.y; y < rect.y + rect.height; ++y) {
    const std::uint8_t* row = wanted.row(rect.x, y);
    for (std::size_t x = 0; x < width;) {
      const std::size_t end = end_of_run(row, row[x], x + 1, width);
      append(part.runs, end - x, places[row[x]], false);
      x = end;
    }
  }
  part.code_size = encode::gif_code_size(largest_place(part.runs));
  return part;
}

GifPart changed_part(const IndexPlane& wanted, const IndexPlane& shown, const base::PixelRect& rect,
                     const Places& places, int transparent, std::size_t table) {
  GifPart part;
  for (int y = rect.y; y < rect.y + rect.height; ++y)
    append_row(part.runs, wanted.row(rect.x, y), shown.row(rect.x, y), static_cast<std::size_t>(rect.width), places);
  part.transparent = transparent >= 0 ? transparent : first_unused(part.runs, table);
  if (part.transparent < 0) return whole_part(wanted, rect, places);
  // Unchanged pixels do not make the codes wider: a colour beyond is left transparent.
  part.code_size = encode::gif_code_size(std::max(largest_place(part.runs), part.transparent));
  for (GifRun& run : part.runs)
    if (run.clear && run.colour >> part.code_size != 0) run.colour = static_cast<std::uint8_t>(part.transparent);
  return part;
}

}  // namespace convreel::output
