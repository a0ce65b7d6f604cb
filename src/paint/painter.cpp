#include "paint/painter.hpp"

#include <algorithm>
#include <optional>

#include "paint/damage.hpp"
#include "paint/item_painter.hpp"
#include "paint/raster_plane.hpp"

namespace convreel::paint {

using base::PixelRect;
using scene::Item;
using scene::Scene;
using scene::Stratum;

namespace {

/// True when `next` begins with everything that `kept` shows.
bool extends(const Stratum& kept, const Stratum& next) {
  if (next.count < kept.count) return false;
  return kept.items == next.items || std::equal(kept.begin(), kept.end(), next.begin());
}

}  // namespace

/// Two pictures: `still_` holds backdrop and settled items, `shown_` that and the live items on top. Both are painted
/// in paint order without any clipping, and between them whole pixels are copied, so nothing depends on the way here.
class Painter::Work {
 public:
  Work(const theme::Theme& theme, const Raster& raster)
      : theme_(theme),
        plane_(theme_, raster.transparent, raster.aa_levels),
        items_(theme_, Snap(raster.scale, raster.offset_x, raster.offset_y), plane_),
        still_(raster.width, raster.height),
        shown_(0, 0) {}

  const base::ImageView& paint(const Scene& scene) {
    damage_.clear();
    const bool extended = kept_ && extends(kept_->backdrop, scene.backdrop) &&
                          kept_->backdrop.count == scene.backdrop.count && extends(kept_->settled, scene.settled);
    extended ? extend(scene) : start(scene);
    kept_ = Kept{scene.backdrop, scene.settled};
    paint_live(scene);
    damage_ = extended ? merged(std::move(damage_)) : std::vector<PixelRect>{shown_.all()};
    return view_;
  }

  void forget() {
    kept_.reset();
    live_.clear();
  }

  [[nodiscard]] const std::vector<PixelRect>& damage() const { return damage_; }

 private:
  struct Kept {
    Stratum backdrop, settled;
  };

  void start(const Scene& scene) {
    plane_.draw_on(still_);
    plane_.clear(still_.all());
    for (const Item& item : scene.backdrop) items_.paint(item);
    for (const Item& item : scene.settled) items_.paint(item);
    shown_ = still_;
    view_ = shown_.view();
    static_cast<void>(plane_.take_touched());
  }

  void extend(const Scene& scene) {
    plane_.draw_on(still_);
    damage_ = live_;
    for (const Item* item = scene.settled.begin() + kept_->settled.count; item != scene.settled.end(); ++item) {
      items_.paint(*item);
      note(damage_);
    }
    for (const PixelRect& box : damage_) shown_.copy(still_, box);
  }

  void paint_live(const Scene& scene) {
    live_.clear();
    plane_.draw_on(shown_);
    for (const Item& item : scene.live) {
      items_.paint(item);
      note(live_);
    }
    damage_.insert(damage_.end(), live_.begin(), live_.end());
  }

  void note(std::vector<PixelRect>& boxes) {
    const PixelRect touched = plane_.take_touched();
    if (!touched.empty()) boxes.push_back(touched);
  }

  theme::Theme theme_;
  RasterPlane plane_;
  ItemPainter items_;
  Pixels still_, shown_;  // shown_ has a size after the first start()
  base::ImageView view_;
  std::optional<Kept> kept_;
  std::vector<PixelRect> live_, damage_;
};

Painter::Painter(const theme::Theme& theme, const Raster& raster) : work_(std::make_unique<Work>(theme, raster)) {}
Painter::~Painter() = default;

const base::ImageView& Painter::paint(const Scene& scene) { return work_->paint(scene); }
const std::vector<PixelRect>& Painter::damage() const { return work_->damage(); }
void Painter::forget() { work_->forget(); }

}  // namespace convreel::paint
