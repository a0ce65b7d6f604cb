#include "batch/frame_pump.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"

namespace convreel::batch {
namespace {

/// A square that walks over the canvas, leaving a settled trail behind.
class WalkingReel final : public views::Reel {
 public:
  explicit WalkingReel(std::int64_t shots) : shots_(shots) {
    auto trail = std::make_shared<scene::Items>();
    for (std::int64_t i = 0; i < shots; ++i) trail->push_back(square("trail" + std::to_string(i), i));
    trail_ = std::move(trail);
  }
  [[nodiscard]] scene::Size canvas() const override { return {100, 60}; }
  [[nodiscard]] std::int64_t size() const override { return shots_; }
  [[nodiscard]] views::Shot shot(std::int64_t index) const override {
    views::Shot shot;
    shot.scene.canvas = canvas();
    shot.scene.settled = {trail_, static_cast<std::size_t>(index)};
    shot.scene.live = {square("walker", index)};
    shot.start = base::Duration(index * 1000);
    shot.duration = base::Duration(1000);
    shot.begins = index % 3 == 0 ? story::Begins::step : story::Begins::nothing;
    return shot;
  }
  [[nodiscard]] story::Moment moment(std::int64_t) const override { return {}; }
  [[nodiscard]] base::Duration length() const override { return base::Duration(shots_ * 1000); }
  [[nodiscard]] std::vector<std::int64_t> stills() const override { return {shots_ - 1}; }
  [[nodiscard]] const std::string& title() const override { return title_; }
  [[nodiscard]] std::string alt_text() const override { return {}; }
  [[nodiscard]] std::string transcript() const override { return {}; }
  [[nodiscard]] std::vector<views::ViewMeaning> meanings() const override { return {}; }

 private:
  static scene::Item square(std::string id, std::int64_t i) {
    scene::Item item;
    item.id = std::move(id);
    item.role = scene::Role::input;
    item.box = {static_cast<double>(i * 7 % 90), static_cast<double>(i * 5 % 50), 9, 9};
    return item;
  }

  std::int64_t shots_;
  std::shared_ptr<const scene::Items> trail_;
  std::string title_;
};

struct Seen {
  base::Image image;
  std::vector<base::PixelRect> damage;
  base::Duration start{};
  story::Begins begins = story::Begins::nothing;
  bool operator==(const Seen&) const = default;
};

class Counter final : public base::Progress {
 public:
  void start(std::string_view, std::int64_t) override {}
  void advance(std::int64_t by) override { count += by; }
  void finish() override {}
  std::atomic<std::int64_t> count = 0;
};

struct Pumped {
  std::vector<Seen> frames;
  std::int64_t progress = 0;
};

Pumped pumped(const views::Reel& reel, int threads) {
  const theme::Theme theme = theme::load("light");
  const paint::Raster raster = paint::raster_for(reel.canvas(), 1);
  Counter counter;
  const base::Cancel cancel;
  Pumped result;
  pump({reel, theme, raster, threads, counter, cancel}, [&](const output::Frame& frame) {
    result.frames.push_back({base::Image(frame.image), *frame.damage, frame.start, frame.begins});
  });
  result.progress = counter.count;
  return result;
}

TEST(FramePump, ManyThreadsGiveTheFramesAndDamageOfOne) {
  const WalkingReel reel(200);
  const Pumped one = pumped(reel, 1);
  ASSERT_EQ(one.frames.size(), 200u);
  EXPECT_NE(one.frames[3], one.frames[4]) << "the comparison must be able to fail";
  for (const int threads : {2, 3, 8}) {
    const Pumped many = pumped(reel, threads);
    ASSERT_EQ(many.frames.size(), one.frames.size());
    for (std::size_t i = 0; i < one.frames.size(); ++i)
      ASSERT_EQ(many.frames[i], one.frames[i]) << "frame " << i << " with " << threads << " threads";
    EXPECT_EQ(many.progress, 200);
  }
}

TEST(FramePump, StopsWhenAsked) {
  const WalkingReel reel(200);
  const theme::Theme theme = theme::load("light");
  const paint::Raster raster = paint::raster_for(reel.canvas(), 1);
  for (const int threads : {1, 2}) {
    base::Cancel cancel;
    base::NoProgress progress;
    int taken = 0;
    EXPECT_THROW(pump({reel, theme, raster, threads, progress, cancel},
                      [&](const output::Frame&) {
                        if (++taken == 5) cancel.request();
                      }),
                 base::Error);
    EXPECT_LT(taken, 200);
  }
}

TEST(FramePump, AFailingExporterIsHeard) {
  const WalkingReel reel(200);
  const theme::Theme theme = theme::load("light");
  const paint::Raster raster = paint::raster_for(reel.canvas(), 1);
  const base::Cancel cancel;
  base::NoProgress progress;
  for (const int threads : {1, 2})
    EXPECT_THROW(pump({reel, theme, raster, threads, progress, cancel},
                      [](const output::Frame&) { throw base::Error(base::ErrorKind::run_time, "no"); }),
                 base::Error);
}

TEST(ChunkSize, PaintsAheadOnlyWhereItPays) {
  EXPECT_EQ(chunk_size(1000, 1, 1000), 0);
  EXPECT_EQ(chunk_size(kShortReel - 1, 8, 1000), 0);
  EXPECT_EQ(chunk_size(1000, 2, kAheadBytes), 0);
  EXPECT_GT(chunk_size(1000, 2, 2'000'000), 1);
  for (const int threads : {2, 4, 16, 64})
    for (const std::size_t bytes : {1000u, 2'000'000u, 8'000'000u})
      EXPECT_LE(static_cast<std::size_t>(chunk_size(1000, threads, bytes)) * (bytes / kChangedShare) * (threads + 1),
                kAheadBytes);
}

}  // namespace
}  // namespace convreel::batch
