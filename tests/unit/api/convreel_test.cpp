#include "api/convreel.hpp"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

namespace convreel {
namespace {

using testing::Contains;
using testing::Field;
using testing::HasSubstr;

const std::string kLayer = "Conv2d(1, 1, kernel_size=(2, 2))";

TEST(Animation, GivesNumbersAndWords) {
  const Animation animation(kLayer, {{"input-values", "1 2 3; 4 5 6; 7 8 9"}, {"kernel-values", "1 0; 0 -1"}});
  EXPECT_EQ(nlohmann::json::parse(animation.trace_json())["output"]["values"], nlohmann::json({-4, -4, -4, -4}));
  EXPECT_THAT(animation.explanation(), HasSubstr("kernel"));
  EXPECT_THAT(animation.alt_text(), HasSubstr("2×2 kernel"));
  EXPECT_THAT(animation.transcript(), HasSubstr("step 4"));
}

TEST(Animation, TakesWhatRenderTakes) {
  EXPECT_THAT(Animation("layer = \"conv1d\"\ninput-size = 4\n").alt_text(), HasSubstr("4"));
  EXPECT_THAT(Animation("preset:article/transposed-s2p1").alt_text(), HasSubstr("ransposed"));
  EXPECT_THAT(Animation("Sequential((0): Conv2d(1, 1, 2), (1): ReLU())").explanation(), HasSubstr("ReLU"));
}

TEST(Animation, GivesAScene) {
  const std::vector<Scene> scenes = Animation(kLayer, {{"input-values", "1 2; 3 4"}, {"kernel-values", "1"}}).scenes();
  ASSERT_FALSE(scenes.empty());
  EXPECT_GT(scenes.back().seconds, 0);
  EXPECT_THAT(scenes.back().shapes,
              Contains(testing::AllOf(Field(&Shape::id, "output.0.0.0"), Field(&Shape::text, "10"),
                                      Field(&Shape::width, testing::Gt(0)))));
}

TEST(Animation, WritesFiles) {
  const std::filesystem::path folder = std::filesystem::temp_directory_path() / "convreel-api-test";
  std::filesystem::remove_all(folder);
  Animation(kLayer, {{"input-size", "3"}, {"steps", "1"}})
      .write({(folder / "a.gif").string(), (folder / "a.txt").string()});
  std::ifstream file(folder / "a.gif", std::ios::binary);
  std::string start(6, ' ');
  file.read(start.data(), 6);
  EXPECT_EQ(start, "GIF89a");
  EXPECT_TRUE(std::filesystem::exists(folder / "a.txt"));
  std::filesystem::remove_all(folder);
}

/// The failure's code, message and hint in one text.
std::string failure_of(const std::string& spec, const std::string& option, const std::string& value) {
  try {
    Animation(spec, {{option, value}}).write({"a.gof"});
  } catch (const Failure& failure) {
    return std::to_string(failure.code()) + " " + failure.what() + " " + failure.hint();
  }
  return "none";
}

TEST(Failure, HasCodeAndHint) {
  EXPECT_THAT(failure_of(kLayer, "input-size", "1"), testing::AllOf(HasSubstr("3 "), HasSubstr("pad by 1 more")));
  EXPECT_THAT(failure_of("preset:article/conv-s1p", "input-size", "5"), HasSubstr("article/conv-s1p0"));
  EXPECT_THAT(failure_of("preset:article/*", "input-size", "5"), HasSubstr("names several"));
  EXPECT_THAT(failure_of(kLayer, "strid", "1"), HasSubstr("unknown option strid"));
  EXPECT_THAT(failure_of(kLayer, "input-size", "4"), HasSubstr("did you mean .gif"));
}

TEST(Version, IsTheProjects) { EXPECT_THAT(version(), testing::MatchesRegex("[0-9]+.[0-9]+.[0-9]+")); }

}  // namespace
}  // namespace convreel
