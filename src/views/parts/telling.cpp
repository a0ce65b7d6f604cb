#include "views/parts/telling.hpp"

#include <algorithm>
#include <utility>

#include "views/parts/grid.hpp"
#include "views/parts/marks.hpp"

namespace convreel::views {

Telling::Telling(double told, std::size_t parts) : there(std::min(static_cast<std::size_t>(told), parts)) {
  if (there < parts && static_cast<double>(there) < told)
    part = there, share = told - static_cast<double>(there);
  else if (there > 0)
    part = there - 1;
}

Item told_frame(Rect box) { return frame("told", box, Role::winner, 3); }

Item flying(std::string id, std::vector<Span> words, double font, scene::Point from, scene::Point to, double share,
            const scene::Ruler& ruler) {
  constexpr double kPad = 7, kHeight = 28;
  Item item;
  item.id = std::move(id);
  item.form = Form::panel;
  item.role = Role::background;
  item.font = font;
  const double width = ruler.width(words, font) + 2 * kPad;
  const auto about = [&](scene::Point centre) {
    return Rect{centre.x - width / 2, centre.y - kHeight / 2, width, kHeight};
  };
  item.box = between(about(from), about(to), share);
  item.text = std::move(words);
  return item;
}

}  // namespace convreel::views
