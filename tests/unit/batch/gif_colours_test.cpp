// A GIF's palette holds every colour of whatever we draw: as it is painted, or with the coarser edges that the run then
// chooses.
#include <gtest/gtest.h>

#include <memory>

#include "base/error.hpp"
#include "batch/run_job.hpp"
#include "encode/media.hpp"
#include "job/resolve.hpp"
#include "job/sources.hpp"
#include "output/pixels/pixels.hpp"
#include "paint/painter.hpp"
#include "support/outputs.hpp"
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
  Pictures(job::Job job, int levels)
      : job_(std::move(job)),
        theme_(theme::load(*job_.show.theme, job_.show.theme_overrides)),
        ruler_(paint::make_ruler(theme_)),
        reel_(views::make_reel({{&job_.chain.only(), &job_.show, {}}}, job_.show, {}, *ruler_)),
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

  job::Job job_;
  theme::Theme theme_;
  std::unique_ptr<scene::Ruler> ruler_;
  std::unique_ptr<views::Reel> reel_;
  paint::Painter painter_;
};

/// How many colours some twelve pictures have, the first and the last among them.
std::size_t colours_of(Pictures& pictures) {
  output::ColourTable colours;
  const std::int64_t last = pictures.size() - 1;
  for (int n = 0; n <= 12; ++n) {
    const base::ImageView& image = pictures.at(last * n / 12);
    for (const base::PixelRect& box : pictures.damage())
      for (int y = box.y; y < box.y + box.height; ++y) {
        const std::uint32_t* row = image.row(y);
        for (int x = box.x; x < box.x + box.width; ++x)
          if (x == box.x || row[x] != row[x - 1]) (void)colours.number(row[x]);
      }
  }
  return colours.size();
}

/// None where the view cannot show that layer, or not at that size.
std::unique_ptr<Pictures> shown(const std::string& layer, const std::string& view, const std::string& theme,
                                std::int64_t size) {
  const job::Job job = job_for(layer, view, theme, size);
  if (views::view_named(view).refuses(job.chain.only().layer())) return nullptr;
  try {
    return std::make_unique<Pictures>(job, kFirstCoarser);
  } catch (const base::Error&) {
    return nullptr;
  }
}

TEST(GifColours, EveryViewInEveryThemeFitsThePaletteAtTheLatestWithCoarserEdges) {
  const std::string layers[] = {"Conv2d(1, 1, kernel_size=3, padding=1)",
                                "ConvTranspose2d(1, 1, kernel_size=3, stride=2, padding=1)", "MaxPool2d(2)"};
  const int every = 4 / test::rounds(4);
  int seen = 0, n = 0;
  for (const std::string& theme : theme::names())
    for (const views::Row& view : views::catalogue())
      for (const std::string& layer : layers)
        for (const std::int64_t size : {5, 24}) {
          if (n++ % every != 0) continue;
          const auto pictures = shown(layer, std::string(view.name), theme, size);
          if (!pictures) continue;
          ++seen;
          EXPECT_LE(colours_of(*pictures), kPalette) << theme << " " << view.name << " " << layer << size;
        }
  EXPECT_GT(seen, 100 / every);
}

TEST(GifColours, ARunPaintsAgainUntilTheFileIsExact) {
  const test::TemporaryFolder folder;
  job::Job job = job_for("MaxPool2d(2)", "iso", "light", 32);
  const std::string path = (folder.path() / "a.gif").string();
  job.show.steps = job::StepRange{1, 60};
  job.outputs = {{path, "gif", {}}};
  Pictures fine(job, job::kAaLevels);
  ASSERT_GT(colours_of(fine), kPalette) << "the case no longer needs what is tested";
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
  job.outputs = {test::output((folder.path() / "a.gif").string(), "gif", {{"colors", "64"}})};
  base::NoProgress progress;
  base::Cancel cancel;
  EXPECT_EQ(batch::run_job(job, {}, progress, cancel).files.at(0).note, "");
}

}  // namespace
}  // namespace convreel
