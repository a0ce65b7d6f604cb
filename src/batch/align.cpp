#include "batch/align.hpp"

#include <algorithm>
#include <cmath>

#include "paint/painter.hpp"
#include "theme/theme.hpp"
#include "views/reel/reel.hpp"

namespace convreel::batch {

std::optional<int> cell_size(const job::Job& job) {
  const theme::Theme theme = theme::load(*job.show.theme, job.show.theme_overrides);
  const auto ruler = paint::make_ruler(theme);
  const auto reel = views::make_reel({views::panel_of(job.chain, job.show)}, job.show, {}, *ruler);
  std::optional<int> least;
  const scene::Scene scene = reel->shot(reel->stills().back()).scene;
  for (const scene::Item* item : scene::visible(scene)) {
    if (item->form != scene::Form::cell || item->role == scene::Role::kernel) continue;
    const int side = static_cast<int>(std::lround(std::min(item->box.width, item->box.height)));
    least = std::min(least.value_or(side), side);
  }
  return least ? std::optional(std::clamp(*least, 4, 512)) : std::nullopt;
}

}  // namespace convreel::batch
