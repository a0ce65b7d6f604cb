#include <algorithm>
#include <mutex>

#include "paint/lru.hpp"
#include "paint/painter.hpp"
#include "paint/shaper.hpp"

namespace convreel::paint {

namespace {

constexpr std::size_t kBudget = 4 << 20;
constexpr double kLeastRoom = 1e-3;  // a word's limit of 0 is none

struct Width {
  double share = 0;  // of the font size
  std::size_t text_bytes = 0;
  [[nodiscard]] std::size_t bytes() const { return 160 + text_bytes; }
};

class FontRuler final : public scene::Ruler {
 public:
  explicit FontRuler(const theme::Theme& theme) : shaper_(theme.fonts), widths_(kBudget) {}

  using scene::Ruler::width;
  double width(std::string_view text, double font, scene::Weight weight, bool heading) const override {
    const Word word{std::string(text), weight, heading, 1, 0};
    const std::scoped_lock lock(mutex_);
    const auto measure = [&] { return Width{shaper_.advance(word), text.size()}; };
    return widths_.get(word, measure).share * font;
  }

  std::string shortened(const std::string& text, double font, scene::Weight weight, bool heading,
                        double room) const override {
    if (width(text, font, weight, heading) <= room) return text;
    return shaper_.shaped({text, weight, heading, font, std::max(room, kLeastRoom)}).text();
  }

 private:
  Shaper shaper_;
  mutable std::mutex mutex_;
  mutable Lru<Word, Width, WordHash> widths_;
};

}  // namespace

std::unique_ptr<scene::Ruler> make_ruler(const theme::Theme& theme) { return std::make_unique<FontRuler>(theme); }

}  // namespace convreel::paint
