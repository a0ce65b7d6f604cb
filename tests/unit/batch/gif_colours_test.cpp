// A GIF's palette holds every colour of whatever we draw: as it is painted, or with the coarser edges that the run then
// chooses.
#include <gtest/gtest.h>

#include <optional>
#include <unordered_set>

#include "base/error.hpp"
#include "batch/run_job.hpp"
#include "encode/media.hpp"
#include "job/resolve.hpp"
#include "job/sources.hpp"
#include "paint/painter.hpp"
#include "support/pictures.hpp"
#include "support/support.hpp"
#include "views/catalogue.hpp"
#include "views/reel/reel.hpp"

namespace convreel {
namespace {

constexpr int kFirstCoarser = 11;
constexpr std::size_t kPalette = 256;

job::Job job_for(const std::string& layer, const std::string& view, const std::string& theme, std::int64_t size) {
  job::JobSpec written = job::from_layer_string(layer);
  written.input_size = job::Sizes{size};
  written.show.views = std::vector<std::string>{view};
  written.show.theme = theme;
  written.show.chapters = job::Chapters::none;
  return job::resolve(written, {});
}

/// A job's pictures, one after the other, painted with so many steps of coverage.
class Pictures {
 public:
  Pictures(const job::Job& job, int levels)
      : theme_(theme::load(*job.show.theme, job.show.theme_overrides)),
        ruler_(paint::make_ruler(theme_)),
        reel_(views::make_reel({{&job.trace, &job.show, {}}}, job.show, {}, *ruler_)),
        painter_(theme_, raster(levels)) {}

  [[nodiscard]] std::int64_t size() const { return reel_->size(); }
  const base::ImageView& at(std::int64_t shot) { return painter_.paint(reel_->shot(shot).scene); }
  [[nodiscard]] const std::vector<base::PixelRect>& damage() const { return painter_.damage(); }

 private:
  [[nodiscard]] paint::Raster raster(int levels) const {
    paint::Raster raster = paint::raster_for(reel_->canvas(), 1);
    raster.aa_levels = levels;
    return raster;
  }

  theme::Theme theme_;
  std::unique_ptr<scene::Ruler> ruler_;
  std::unique_ptr<views::Reel> reel_;
  paint::Painter painter_;
};

/// The colours of some twelve pictures, the first and the last among them.
std::size_t colours_of(const job::Job& job, int levels) {
  Pictures pictures(job, levels);
  std::unordered_set<std::uint32_t> colours;
  const std::int64_t last = pictures.size() - 1;
  for (int n = 0; n <= 12; ++n) {
    const base::ImageView& image = pictures.at(last * n / 12);
    for (const base::PixelRect& box : pictures.damage())
      for (int y = box.y; y < box.y + box.height; ++y)
        colours.insert(image.row(y) + box.x, image.row(y) + box.x + box.width);
  }
  return colours.size();
}

/// No job where the view cannot show that layer, or not at that size.
std::optional<job::Job> shown(const std::string& layer, const std::string& view, const std::string& theme,
                              std::int64_t size) {
  const job::Job job = job_for(layer, view, theme, size);
  if (views::view_named(view).refuses(job.trace.layer())) return std::nullopt;
  try {
    (void)Pictures(job, kFirstCoarser);
  } catch (const base::Error&) {
    return std::nullopt;
  }
  return job;
}

TEST(GifColours, EveryViewInEveryThemeFitsThePaletteAtTheLatestWithCoarserEdges) {
  const std::string layers[] = {"Conv2d(1, 1, kernel_size=3, padding=1)",
                                "ConvTranspose2d(1, 1, kernel_size=3, stride=2, padding=1)", "MaxPool2d(2)"};
  int seen = 0;
  for (const std::string& theme : theme::names())
    for (const views::Row& view : views::catalogue())
      for (const std::string& layer : layers)
        for (const std::int64_t size : {5, 24}) {
          const auto job = shown(layer, std::string(view.name), theme, size);
          if (!job) continue;
          ++seen;
          EXPECT_LE(colours_of(*job, kFirstCoarser), kPalette) << theme << " " << view.name << " " << layer << size;
        }
  EXPECT_GT(seen, 100);
}

TEST(GifColours, ARunPaintsAgainUntilTheFileIsExact) {
  const test::TemporaryFolder folder;
  job::Job job = job_for("MaxPool2d(2)", "iso", "light", 32);
  const std::string path = (folder.path() / "a.gif").string();
  job.show.steps = job::StepRange{1, 60};
  job.outputs = {{path, "gif", {}}};
  ASSERT_GT(colours_of(job, job::kAaLevels), kPalette) << "the case no longer needs what is tested";
  base::NoProgress progress;
  base::Cancel cancel;
  const auto written = batch::run_job(job, {}, progress, cancel).files;
  EXPECT_NE(written.at(0).note.find("--aa-levels 11"), std::string::npos) << written.at(0).note;
  const auto decoded = encode::media().decode_video(test::read_bytes(path), "a.gif", std::int64_t{1} << 22);
  Pictures coarse(job, kFirstCoarser);
  ASSERT_EQ(static_cast<std::int64_t>(decoded.size()), coarse.size());
  for (std::size_t n = 0; n < decoded.size(); ++n)
    EXPECT_TRUE(test::difference(decoded[n].image.view(), coarse.at(static_cast<std::int64_t>(n))).none()) << n;
}

TEST(GifColours, ChosenStepsAreKept) {
  const test::TemporaryFolder folder;
  job::Job job = job_for("MaxPool2d(2)", "iso", "light", 32);
  job.show.aa_levels = job::kAaLevels;
  job.show.steps = job::StepRange{1, 12};
  job.outputs = {{(folder.path() / "a.gif").string(), "gif", {{"colors", "64"}}}};
  base::NoProgress progress;
  base::Cancel cancel;
  EXPECT_EQ(batch::run_job(job, {}, progress, cancel).files.at(0).note, "");
}

}  // namespace
}  // namespace convreel
