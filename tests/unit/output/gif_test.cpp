// GIFs are read back by three decoders that are not ours: libav (through the module), the ffmpeg program on what
// gifsicle unpacked, and gifsicle's own report.
#include "output/gif/gif.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

#include "encode/media.hpp"
#include "support/clips.hpp"
#include "support/support.hpp"
#include "unit/output/drive.hpp"

namespace convreel::gif_test {
namespace {

using output::GifSettings;
using std::chrono::milliseconds;
using test::Picture;
using testing::HasSubstr;
using testing::Not;

constexpr std::int64_t kPixels = 1 << 22;

GifSettings settings_for(const base::Image& image) {
  GifSettings settings;
  settings.width = image.width;
  settings.height = image.height;
  return settings;
}

std::vector<Picture> timed(const std::vector<base::Image>& images, base::Duration each) {
  std::vector<Picture> pictures;
  for (const base::Image& image : images) pictures.push_back({image, each});
  return pictures;
}

std::vector<std::uint8_t> gif(const std::vector<Picture>& pictures, GifSettings settings) {
  return test::exported(output::gif_exporter(std::move(settings)), pictures);
}
std::vector<std::uint8_t> gif(const std::vector<Picture>& pictures) {
  return gif(pictures, settings_for(pictures[0].image));
}

/// Every decoded picture and its time is the painted one's.
void expect_shows(const std::vector<std::uint8_t>& file, const std::vector<Picture>& pictures) {
  const std::vector<Picture> wanted = test::merged(pictures);
  const auto decoded = encode::media().decode_video(file, "a.gif", kPixels);
  const test::TemporaryFolder folder;
  test::write_bytes(folder.path() / "a.gif", file);
  (void)test::output_of("gifsicle -U " + (folder.path() / "a.gif").string() + " -o " +
                        (folder.path() / "b.gif").string());
  const auto unpacked =
      test::frames_by_ffmpeg(folder.path() / "b.gif", pictures[0].image.width, pictures[0].image.height);
  ASSERT_EQ(decoded.size(), wanted.size());
  ASSERT_EQ(unpacked.size(), wanted.size());
  base::Duration start{};
  for (std::size_t n = 0; n < wanted.size(); ++n) {
    EXPECT_TRUE(test::difference(decoded[n].image.view(), wanted[n].image.view()).none()) << "picture " << n;
    EXPECT_TRUE(test::difference(unpacked[n].view(), wanted[n].image.view()).none()) << "picture " << n;
    EXPECT_EQ(decoded[n].start, start) << n;
    EXPECT_EQ(decoded[n].duration, wanted[n].duration) << n;
    start += wanted[n].duration;
  }
}

std::string described(const std::vector<std::uint8_t>& file) {
  const test::TemporaryFolder folder;
  test::write_bytes(folder.path() / "a.gif", file);
  return test::output_of("gifsicle --info " + (folder.path() / "a.gif").string());
}

/// All delays that gifsicle reports, in centiseconds.
std::vector<int> delays(const std::string& description) {
  static const std::regex delay("delay ([0-9]+)\\.([0-9][0-9])s");
  std::vector<int> found;
  for (std::sregex_iterator at(description.begin(), description.end(), delay), end; at != end; ++at)
    found.push_back(std::stoi((*at)[1]) * 100 + std::stoi((*at)[2]));
  return found;
}

TEST(Gif, ShowsEveryPixelAtItsTime) {
  expect_shows(gif(timed(test::walking_window(160, 96, 12), milliseconds(600))),
               timed(test::walking_window(160, 96, 12), milliseconds(600)));
}

TEST(Gif, IsExactForRandomClips) {
  const int clips = test::rounds(20);
  for (int n = 0; n < clips; ++n) {
    const auto seed = static_cast<std::uint32_t>(n);
    const auto pictures = timed(test::random_clip(seed, 23, 17, 9, 2 + n * 240 / clips, false), milliseconds(40));
    SCOPED_TRACE(seed);
    expect_shows(gif(pictures), pictures);
  }
}

TEST(Gif, IsExactForRandomTransparentClips) {
  const int clips = test::rounds(24);
  for (int n = 0; n < clips; ++n) {
    const auto seed = static_cast<std::uint32_t>(n);
    const auto pictures = timed(test::random_clip(seed, 23, 17, 9, 1 + n * 240 / clips, true), milliseconds(70));
    GifSettings settings = settings_for(pictures[0].image);
    settings.transparent = true;
    SCOPED_TRACE(seed);
    expect_shows(gif(pictures, settings), pictures);
  }
}

TEST(Gif, IsExactWithAllColoursTaken) {
  std::vector<base::Image> images(3, base::Image(16, 16));
  for (std::uint32_t n = 0; n < 256; ++n) images[0].pixels[n] = 0xFF000000u | n * 0x010203;
  images[1] = images[0];
  std::reverse(images[1].pixels.begin(), images[1].pixels.end());
  images[2] = images[1];
  images[2].pixels[77] = images[2].pixels[78];
  expect_shows(gif(timed(images, milliseconds(100))), timed(images, milliseconds(100)));
}

TEST(Gif, LetsAVanishedPictureGo) {
  base::Image seen = test::flat(8, 8, 0), clear = seen;
  test::fill(seen, {2, 2, 4, 4}, 0xFF102030);
  const std::vector<Picture> pictures{{seen, milliseconds(100)}, {clear, milliseconds(200)}, {seen, milliseconds(300)}};
  GifSettings settings = settings_for(seen);
  settings.transparent = true;
  expect_shows(gif(pictures, settings), pictures);
}

TEST(Gif, BlendsPartlySeenPixelsWithTheMatte) {
  const std::vector<Picture> pictures{{test::flat(4, 4, 0xC0600000), milliseconds(100)}};
  GifSettings settings = settings_for(pictures[0].image);
  settings.transparent = true;
  settings.matte = 0xFF0000FF;
  const auto decoded = encode::media().decode_video(gif(pictures, settings), "a.gif", kPixels);
  EXPECT_EQ(decoded.at(0).image.pixels[0], 0xFF60003Fu);
}

TEST(Gif, LoopsAsOftenAsAsked) {
  const auto pictures = timed(test::walking_window(60, 60, 2), milliseconds(100));
  GifSettings settings = settings_for(pictures[0].image);
  EXPECT_THAT(described(gif(pictures, settings)), HasSubstr("loop forever"));
  settings.plays = 1;
  EXPECT_THAT(described(gif(pictures, settings)), Not(HasSubstr("loop")));
  settings.plays = 3;
  EXPECT_THAT(described(gif(pictures, settings)), HasSubstr("loop count 2"));
}

TEST(Gif, KeepsTimeOnACoarseClock) {
  std::vector<Picture> pictures;
  for (const base::Image& image : test::walking_window(60, 60, 30)) pictures.push_back({image, base::Duration(33333)});
  const std::vector<int> told = delays(described(gif(pictures)));
  ASSERT_EQ(told.size(), 30u);
  int sum = 0;
  for (std::size_t n = 0; n < told.size(); ++n) {
    sum += told[n];
    EXPECT_NEAR(sum, 100.0 / 30 * static_cast<double>(n + 1), 0.51);
  }
}

TEST(Gif, LeavesOutPicturesTooShortToBeSeen) {
  std::vector<Picture> pictures;
  for (const base::Image& image : test::walking_window(60, 60, 60)) pictures.push_back({image, base::Duration(10000)});
  const std::vector<int> told = delays(described(gif(pictures)));
  EXPECT_EQ(told.size(), 30u);
  for (const int delay : told) EXPECT_EQ(delay, 2);
  const auto decoded = encode::media().decode_video(gif(pictures), "a.gif", kPixels);
  EXPECT_TRUE(test::difference(decoded.back().image.view(), pictures.back().image.view()).none());
}

TEST(Gif, LeavesOutShortPicturesOfTransparentClipsToo) {
  for (std::uint32_t seed = 0; seed < 20; ++seed) {
    const auto images = test::random_clip(seed, 19, 13, 12, 3, true);
    std::vector<Picture> pictures;
    for (std::size_t n = 0; n < images.size(); ++n) pictures.push_back({images[n], milliseconds(n % 3 == 2 ? 30 : 5)});
    GifSettings settings = settings_for(images[0]);
    settings.transparent = true;
    const auto decoded = encode::media().decode_video(gif(pictures, settings), "a.gif", kPixels);
    // Whatever was left out, each picture that stood is there at its time.
    for (std::size_t n = 2; n < images.size(); n += 3) {
      const base::Duration time = milliseconds(40 * static_cast<int>(n / 3) + 30);
      const auto at =
          std::find_if(decoded.rbegin(), decoded.rend(), [&](const auto& frame) { return frame.start <= time; });
      ASSERT_NE(at, decoded.rend());
      EXPECT_TRUE(test::difference(at->image.view(), images[n].view()).none()) << "seed " << seed << " picture " << n;
    }
  }
}

TEST(Gif, SplitsADelayThatItsFieldCannotHold) {
  auto pictures = timed(test::walking_window(60, 60, 2), milliseconds(500));
  pictures[0].duration = std::chrono::seconds(2000);
  const std::vector<int> told = delays(described(gif(pictures)));
  EXPECT_EQ(told, (std::vector{65535, 65535, 65535, 3395, 50}));
  pictures[0].duration = base::Duration(655'360'000);
  EXPECT_EQ(delays(described(gif(pictures))), (std::vector{65533, 3, 50}));
}

TEST(Gif, MergesPicturesThatAgree) {
  auto pictures = timed(test::walking_window(60, 60, 3), milliseconds(100));
  pictures.insert(pictures.begin() + 1, pictures[1]);
  pictures.push_back(pictures.back());
  expect_shows(gif(pictures), pictures);
  EXPECT_EQ(delays(described(gif(pictures))).size(), 3u);
}

TEST(Gif, ComesNearWithTooManyColours) {
  base::Image image(64, 64);
  for (int y = 0; y < 64; ++y)
    for (int x = 0; x < 64; ++x)
      image.pixels[static_cast<std::size_t>(y * 64 + x)] =
          0xFF000000u | static_cast<std::uint32_t>(x * 4 << 16 | y * 4 << 8 | 128);
  test::fill(image, {0, 0, 4, 4}, 0xFFD9480F);
  const std::vector<Picture> pictures{{image, milliseconds(100)}, {test::flat(64, 64, 0xFF0B6B43), milliseconds(100)}};
  GifSettings settings = settings_for(image);
  settings.wanted = {0xFFD9480F, 0xFF0B6B43};
  const auto decoded = encode::media().decode_video(gif(pictures, settings), "a.gif", kPixels);
  ASSERT_EQ(decoded.size(), 2u);
  EXPECT_GT(test::difference(decoded[0].image.view(), image.view()).psnr, 29);
  EXPECT_EQ(decoded[0].image.pixels[0], 0xFFD9480Fu) << "a theme's colour stays exact";
  EXPECT_TRUE(test::difference(decoded[1].image.view(), pictures[1].image.view()).none());
}

TEST(Gif, IsExactBeyondTheSurveysMemory) {
  // 40 full changes of a megapixel do not fit into the recording: the second pass must give the same picture.
  std::vector<Picture> pictures;
  for (int n = 0; n < 40; ++n)
    pictures.push_back({test::flat(1024, 1024, n % 2 ? 0xFF0B6B43 : 0xFFFFE3D3), milliseconds(40)});
  auto exporter = output::gif_exporter(settings_for(pictures[0].image));
  base::MemorySink sink;
  test::drive(*exporter, pictures, sink);
  EXPECT_FALSE(exporter->satisfied());
  EXPECT_FALSE(sink.bytes().empty()) << "images do not wait for the end";
  exporter->finish(sink);
  const auto decoded = encode::media().decode_video(sink.bytes(), "a.gif", kPixels);
  ASSERT_EQ(decoded.size(), 40u);
  for (std::size_t n = 0; n < 40; ++n) EXPECT_EQ(decoded[n].image.pixels[5], pictures[n].image.pixels[5]);
}

TEST(Gif, GivesTheSameBytesWhateverDamageIsTold) {
  const auto pictures = timed(test::walking_window(120, 80, 10), milliseconds(100));
  const auto whole = gif(pictures);
  EXPECT_EQ(whole, gif(pictures));
  auto exporter = output::gif_exporter(settings_for(pictures[0].image));
  const std::vector<base::PixelRect> generous{{0, 0, 120, 50}, {-5, 40, 200, 60}};
  test::each_frame(pictures, [&](output::Frame frame) {
    frame.damage = &generous;
    exporter->survey(frame);
  });
  ASSERT_TRUE(exporter->satisfied());
  base::MemorySink sink;
  exporter->finish(sink);
  EXPECT_EQ(sink.bytes(), whole);
}

TEST(Gif, AgreesWithLibavsOwnEncoder) {
  const auto pictures = timed(test::walking_window(120, 80, 10), milliseconds(100));
  const test::TemporaryFolder folder;
  std::vector<std::uint8_t> raw;
  for (const Picture& picture : pictures) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(picture.image.pixels.data());
    raw.insert(raw.end(), bytes, bytes + picture.image.pixels.size() * 4);
  }
  test::write_bytes(folder.path() / "a.bgra", raw);
  (void)test::output_of("ffmpeg -nostdin -v error -f rawvideo -pix_fmt bgra -s 120x80 -r 10 -i " +
                        (folder.path() / "a.bgra").string() +
                        " -lavfi 'split[a][b];[a]palettegen=reserve_transparent=0[p];[b][p]paletteuse=dither=none' " +
                        (folder.path() / "a.gif").string());
  const auto theirs = encode::media().decode_video(test::read_bytes(folder.path() / "a.gif"), "a.gif", kPixels);
  const auto ours = encode::media().decode_video(gif(pictures), "b.gif", kPixels);
  ASSERT_EQ(ours.size(), theirs.size());
  for (std::size_t n = 0; n < ours.size(); ++n) {
    EXPECT_TRUE(test::difference(ours[n].image.view(), theirs[n].image.view()).none()) << n;
    EXPECT_EQ(ours[n].start, theirs[n].start);
  }
}

TEST(Gif, StopsWhereTheDiskIsFull) {
  const auto pictures = timed(test::walking_window(120, 80, 10), milliseconds(100));
  const std::size_t size = gif(pictures).size();
  for (const std::size_t room : {std::size_t{0}, std::size_t{10}, size / 2, size - 1}) {
    auto exporter = output::gif_exporter(settings_for(pictures[0].image));
    test::FullDisk disk(room);
    try {
      test::drive(*exporter, pictures, disk);
      exporter->finish(disk);
      ADD_FAILURE() << "accepted with room for " << room << " of " << size;
    } catch (const base::Error& error) {
      EXPECT_STREQ(error.what(), "disk full");
    }
  }
}

TEST(Gif, CannotBeShrunkMuchByGifsicle) {
  const test::TemporaryFolder folder;
  const auto pictures = timed(test::walking_window(480, 320, 25), milliseconds(100));
  const auto file = gif(pictures);
  test::write_bytes(folder.path() / "a.gif", file);
  (void)test::output_of("gifsicle -O3 " + (folder.path() / "a.gif").string() + " -o " +
                        (folder.path() / "b.gif").string());
  EXPECT_LE(static_cast<double>(file.size()),
            1.01 * static_cast<double>(std::filesystem::file_size(folder.path() / "b.gif")));
}

TEST(Gif, RefusesWhatItsFieldsCannotHold) {
  GifSettings settings;
  settings.width = 70000;
  settings.height = 10;
  EXPECT_THROW((void)output::gif_exporter(settings), base::Error);
}

}  // namespace
}  // namespace convreel::gif_test
