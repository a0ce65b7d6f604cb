#include "support/clips.hpp"

#include <algorithm>
#include <random>

#include "support/pictures.hpp"

namespace convreel::test {

std::vector<base::Image> walking_window(int width, int height, int count) {
  constexpr int kCells = 5;
  const int cell = height / (kCells + 1);
  base::Image board = flat(width, height, 0xFFFFFFFF);
  for (int y = 0; y < kCells; ++y)
    for (int x = 0; x < kCells; ++x) {
      const base::PixelRect box{cell / 2 + x * cell, cell / 2 + y * cell, cell - 2, cell - 2};
      fill(board, box, 0xFFCFE4F7);
      fill(board, {box.x + cell / 3, box.y + cell / 3, (x + y) % 4 + 2, cell / 4}, 0xFF0B4F8A);
    }
  std::vector<base::Image> pictures;
  for (int n = 0; n < count; ++n) {
    fill(board, {width - 2 * cell + n % 2 * cell, n / 2 % kCells * cell, cell - 3, cell - 3}, 0xFF12835A);
    base::Image picture = board;
    fill(picture, {cell / 2 + n % 3 * cell, cell / 2 + n / 3 % 3 * cell, 2 * cell, 3}, 0xFFD9480F);
    pictures.push_back(std::move(picture));
  }
  return pictures;
}

std::vector<base::Image> random_clip(std::uint32_t seed, int width, int height, int count, int colours,
                                     bool transparent) {
  std::mt19937 random(seed);  // its numbers are the standard's; distributions are not
  const auto below = [&](int limit) { return static_cast<int>(random() % static_cast<unsigned>(limit)); };
  std::vector<std::uint32_t> palette;
  for (int n = 0; n < colours; ++n) palette.push_back(0xFF000000u | random());
  if (transparent) palette.push_back(0);
  base::Image picture = flat(width, height, transparent ? 0 : palette[0]);
  std::vector<base::Image> pictures;
  for (int n = 0; n < count; ++n) {
    for (int rects = below(4); rects > 0; --rects) {
      const int x = below(width), y = below(height);
      fill(picture, {x, y, 1 + below(width - x), 1 + below(height - y)}, palette[random() % palette.size()]);
    }
    pictures.push_back(picture);
  }
  return pictures;
}

}  // namespace convreel::test
