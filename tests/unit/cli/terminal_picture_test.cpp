// Lines of text and the keys that turn them over.
#include "cli/terminal_picture.hpp"

#include <gtest/gtest.h>

#include "cli/key_terminal.hpp"

namespace convreel {
namespace {

using cli::Line;
using cli::Typed;

scene::Item cell(std::string id, scene::Role role, std::string number, double x, double y) {
  scene::Item item;
  item.id = std::move(id);
  item.role = role;
  item.box = {x, y, 10, 10};
  if (!number.empty()) item.text = {{std::move(number), role, scene::Weight::regular}};
  return item;
}

std::string text_of(const scene::Scene& scene, std::size_t columns = 0) {
  std::string text;
  for (const Line& line : cli::picture_lines(scene, columns)) text += cli::to_text(line, false) + "\n";
  return text;
}

TEST(TerminalPicture, MarksWhatCellsMean) {
  scene::Scene scene;
  scene.live = {cell("input.0.0.0", scene::Role::padding, "0", 0, 0),
                cell("input.0.0.1", scene::Role::input, "−12", 10, 0),
                cell("input.0.1.0", scene::Role::inserted_zero, "0", 0, 10),
                cell("input.0.1.1", scene::Role::unread, "7", 10, 10),
                cell("output.0.0.0", scene::Role::output_active, "5", 40, 0),
                cell("output.0.0.1", scene::Role::output_pending, "", 50, 0)};
  EXPECT_EQ(text_of(scene), "input         output\n·  0· −12     <5> _\n   0°/  7/\n\n");
  scene.live[1].veiled = true;
  EXPECT_NE(text_of(scene).find("[−12]"), std::string::npos);
}

TEST(TerminalPicture, PutsGridsBelowWhereTheyDoNotFit) {
  scene::Scene scene;
  scene.live = {cell("a.0.0.0", scene::Role::input, "1", 0, 0), cell("b.0.0.0", scene::Role::input, "2", 40, 0)};
  EXPECT_EQ(text_of(scene), "a      b\n 1      2\n\n");
  EXPECT_EQ(text_of(scene, 5), "a\n 1\n\nb\n 2\n\n");
}

TEST(TerminalPicture, LooksForIdsThatAreCells) {
  scene::Scene scene;
  EXPECT_FALSE(cli::has_grids(scene));
  scene.live = {cell("output.x.y", scene::Role::input, "1", 0, 0), cell("a.0.one.2", scene::Role::input, "1", 0, 0)};
  EXPECT_FALSE(cli::has_grids(scene));
}

TEST(Clipped, CutsBetweenSigns) {
  const Line line{{"ab", ""}, {"×÷±", "1"}};
  EXPECT_EQ(cli::to_text(cli::clipped(line, 5), false), "ab×÷±");
  EXPECT_EQ(cli::to_text(cli::clipped(line, 4), false), "ab×…");
  EXPECT_EQ(cli::to_text(cli::clipped(line, 3), false), "ab…");
  EXPECT_EQ(cli::to_text(cli::clipped(line, 1), false), "…");
  EXPECT_EQ(cli::to_text(line, true), "ab\x1b[1m×÷±\x1b[0m");
}

TEST(TakeKey, ReadsKeysOneByOne) {
  std::string typed = "\x1b[C \x1b[D\x1b[15~q";
  EXPECT_EQ(cli::take_key(typed), Typed::next);
  EXPECT_EQ(cli::take_key(typed), Typed::next);
  EXPECT_EQ(cli::take_key(typed), Typed::previous);
  EXPECT_EQ(cli::take_key(typed), Typed::nothing);  // F5
  EXPECT_EQ(cli::take_key(typed), Typed::quit);
  EXPECT_TRUE(typed.empty());
  typed = "\x1b";
  EXPECT_EQ(cli::take_key(typed), Typed::quit);
}

}  // namespace
}  // namespace convreel
