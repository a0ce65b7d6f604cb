#include "batch/contact_sheet.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/atomic_file.hpp"
#include "base/error.hpp"
#include "encode/media.hpp"
#include "output/png/png.hpp"
#include "paint/painter.hpp"
#include "scene/scene.hpp"
#include "words/sentences.hpp"

namespace convreel::batch {

namespace {

constexpr double kMaxPixels = 16e6;
constexpr int kGap = 16, kLabel = 24, kWidest = 320, kNarrowest = 64;
constexpr double kFont = 13;

/// Where the thumbnails go: columns so that the sheet is about three wide to two high.
struct Sheet {
  int columns = 1, rows = 1, width = kWidest, height = kWidest;

  [[nodiscard]] int left(std::size_t i) const { return kGap + static_cast<int>(i) % columns * (width + kGap); }
  [[nodiscard]] int top(std::size_t i) const { return kGap + static_cast<int>(i) / columns * (height + kLabel + kGap); }
  [[nodiscard]] int full_width() const { return columns * (width + kGap) + kGap; }
  [[nodiscard]] int full_height() const { return rows * (height + kLabel + kGap) + kGap; }
};

Sheet sheet_for(std::size_t count, double aspect) {
  Sheet sheet;
  sheet.columns = std::max(1, static_cast<int>(std::ceil(std::sqrt(static_cast<double>(count) * 1.5 / aspect))));
  sheet.columns = std::min(sheet.columns, static_cast<int>(count));
  sheet.rows = (static_cast<int>(count) + sheet.columns - 1) / sheet.columns;
  const double room = kMaxPixels / static_cast<double>(sheet.columns) / sheet.rows;
  sheet.width = std::clamp(static_cast<int>(std::sqrt(room * aspect)) - kGap - kLabel, kNarrowest, kWidest);
  sheet.height = std::max(1, static_cast<int>(std::lround(sheet.width / aspect)));
  return sheet;
}

std::string label_of(const CaseRecord& record, const std::vector<std::string>& axes) {
  std::string text = std::to_string(record.index) + ".";
  for (const std::string& axis : axes)
    for (const auto& [key, value] : record.parameters)
      if (key == axis) text += fmt::format(" {} {}", key, value);
  return text;
}

/// Cut with an ellipsis where it is wider than its thumbnail.
std::string fitted(std::string text, double room, const scene::Ruler& ruler) {
  const auto width = [&](const std::string& words) { return ruler.width(words, kFont, scene::Weight::regular, false); };
  if (width(text) <= room) return text;
  std::vector<std::size_t> begins;  // of characters
  for (std::size_t i = 0; i < text.size(); ++i)
    if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) begins.push_back(i);
  const auto wide = std::ranges::partition_point(
      begins, [&](std::size_t begin) { return width(text.substr(0, begin) + "…") <= room; });
  return text.substr(0, wide == begins.begin() ? 0 : *std::prev(wide)) + "…";
}

scene::Item label(std::string id, std::string text, const scene::Rect& box) {
  scene::Item item;
  item.id = std::move(id);
  item.form = scene::Form::text;
  item.role = scene::Role::ink;
  item.align = scene::Align::left;
  item.box = box;
  item.font = kFont;
  item.text = {{std::move(text), scene::Role::ink, scene::Weight::regular}};
  return item;
}

base::Image poster(const FileRecord& file, const std::filesystem::path& folder) {
  const std::vector<std::uint8_t> bytes = base::read_file(path_of(file, folder), base::Limit::data_file);
  return encode::media().decode_image(bytes, file.path, base::Limits{}[base::Limit::picture]);
}

/// As large as fits, in the middle, nearer neighbours averaged by libswscale.
void place(const base::Image& picture, base::Image& onto, int left, int top, const Sheet& sheet) {
  const double scale = std::min(double(sheet.width) / picture.width, double(sheet.height) / picture.height);
  const int width = std::clamp(static_cast<int>(std::lround(picture.width * scale)), 1, sheet.width);
  const int height = std::clamp(static_cast<int>(std::lround(picture.height * scale)), 1, sheet.height);
  const base::Image small = encode::media().resize(picture.view(), width, height);
  left += (sheet.width - width) / 2;
  top += (sheet.height - height) / 2;
  for (int y = 0; y < height; ++y)
    std::copy_n(small.view().row(y), width, onto.pixels.begin() + std::ptrdiff_t{top + y} * onto.width + left);
}

std::vector<const CaseRecord*> pictured(const Manifest& manifest) {
  std::vector<const CaseRecord*> records;
  for (const CaseRecord& record : manifest.cases)
    if (record.outcome == Outcome::done && record.poster) records.push_back(&record);
  if (records.empty())
    throw base::Error(base::ErrorKind::run_time, "a contact sheet needs pictures, and no case has one",
                      "give an output that is drawn, such as -o 'out/{i}.gif'");
  return records;
}

}  // namespace

void write_contact_sheet(const Manifest& manifest, const std::filesystem::path& folder, const theme::Theme& theme,
                         const std::filesystem::path& target, const base::Limits& limits) {
  const std::vector<const CaseRecord*> records = pictured(manifest);
  const base::Image first = poster(*records.front()->poster, folder);
  const Sheet sheet = sheet_for(records.size(), std::clamp(double(first.width) / first.height, 0.25, 4.0));
  const auto ruler = paint::make_ruler(theme);
  scene::Scene words;
  words.canvas = {double(sheet.full_width()), double(sheet.full_height())};
  for (std::size_t i = 0; i < records.size(); ++i) {
    const scene::Rect box{double(sheet.left(i)), double(sheet.top(i) + sheet.height), double(sheet.width), kLabel};
    words.live.push_back(
        label(std::to_string(i), fitted(label_of(*records[i], manifest.axes), box.width, *ruler), box));
  }
  paint::Raster raster = paint::raster_for(words.canvas, 1);
  raster.aa_levels = 256;
  paint::Painter painter(theme, raster);
  base::Image picture(painter.paint(words));
  for (std::size_t i = 0; i < records.size(); ++i)
    place(poster(*records[i]->poster, folder), picture, sheet.left(i), sheet.top(i), sheet);
  base::AtomicFile file(target, limits);
  output::write_png(picture.view(), false, {words::say(words::kContactSheet), ""}, file);
  file.commit();
}

}  // namespace convreel::batch
