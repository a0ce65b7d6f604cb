// A reel that is made when it is first asked for: a format that needs only the numbers (the trace) pays for no fonts
// and no layout, and is not refused for a layer that is too large to draw. Safe from several threads.
#pragma once

#include <functional>
#include <memory>
#include <mutex>

#include "views/reel/reel.hpp"

namespace convreel::batch {

class LazyReel final : public views::Reel {
 public:
  explicit LazyReel(std::function<std::unique_ptr<views::Reel>()> make) : make_(std::move(make)) {}

  [[nodiscard]] bool made() const { return reel_ != nullptr; }
  [[nodiscard]] scene::Size canvas() const override { return reel().canvas(); }
  [[nodiscard]] std::int64_t size() const override { return reel().size(); }
  [[nodiscard]] views::Shot shot(std::int64_t index) const override { return reel().shot(index); }
  [[nodiscard]] story::Moment moment(std::int64_t index) const override { return reel().moment(index); }
  [[nodiscard]] base::Duration length() const override { return reel().length(); }
  [[nodiscard]] std::vector<std::int64_t> stills() const override { return reel().stills(); }
  [[nodiscard]] std::vector<views::ViewMeaning> meanings() const override { return reel().meanings(); }
  [[nodiscard]] const std::string& title() const override { return reel().title(); }
  [[nodiscard]] std::string alt_text() const override { return reel().alt_text(); }
  [[nodiscard]] std::string transcript() const override { return reel().transcript(); }

 private:
  const views::Reel& reel() const {
    std::call_once(once_, [this] { reel_ = make_(); });
    return *reel_;
  }

  std::function<std::unique_ptr<views::Reel>()> make_;
  mutable std::once_flag once_;
  mutable std::unique_ptr<views::Reel> reel_;
};

}  // namespace convreel::batch
