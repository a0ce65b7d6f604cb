#include "paint/damage.hpp"

#include <cstdint>

namespace convreel::paint {

namespace {

using base::PixelRect;

constexpr std::size_t kMost = 8;
constexpr std::int64_t kCheapWaste = 4096;  // pixels; an encoder pays about as much for one more rectangle

/// Pixels that joining covers without need.
std::int64_t waste(const PixelRect& a, const PixelRect& b) {
  return base::united(a, b).area() - a.area() - b.area() + base::intersected(a, b).area();
}

/// The index of the box that `box` joins at the least waste.
std::size_t nearest(const std::vector<PixelRect>& boxes, const PixelRect& box) {
  std::size_t best = 0;
  for (std::size_t i = 1; i < boxes.size(); ++i)
    if (waste(boxes[i], box) < waste(boxes[best], box)) best = i;
  return best;
}

std::vector<PixelRect> pass(const std::vector<PixelRect>& boxes) {
  std::vector<PixelRect> few;
  for (const PixelRect& box : boxes) {
    const std::size_t i = few.empty() ? 0 : nearest(few, box);
    if (!few.empty() && (few.size() >= kMost || waste(few[i], box) <= kCheapWaste))
      few[i] = base::united(few[i], box);
    else
      few.push_back(box);
  }
  return few;
}

}  // namespace

std::vector<PixelRect> merged(std::vector<PixelRect> boxes) {
  std::size_t before = boxes.size() + 1;
  while (boxes.size() < before) {
    before = boxes.size();
    boxes = pass(boxes);
  }
  return boxes;
}

}  // namespace convreel::paint
