// The maps of a stack side by side: its input and what every stage gives, in rows where one is too wide. Says where
// each cell is and what it looks like; knows no story.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "views/parts/parts.hpp"
#include "views/view.hpp"

namespace convreel::views {

class StackMaps {
 public:
  /// The context's stages outlive this.
  explicit StackMaps(const StackContext& context);

  [[nodiscard]] scene::Size measure(double cell) const;
  [[nodiscard]] bool numbered(double cell) const;
  void place(scene::Rect area, double cell);
  void add_fixed(scene::Items& items) const;
  [[nodiscard]] Meaning meaning() const;

  /// Map 0 is the stack's input, map n what stage n - 1 gives.
  [[nodiscard]] std::size_t count() const { return maps_.size(); }
  [[nodiscard]] std::size_t last() const { return maps_.size() - 1; }
  [[nodiscard]] static std::string grid_name(std::size_t map);
  /// Cells of a map that are drawn: of many channels the first few.
  [[nodiscard]] std::int64_t drawn(std::size_t map) const;
  [[nodiscard]] Place at(std::size_t map, std::int64_t index) const;
  [[nodiscard]] std::int64_t index(std::size_t map, const Place& place) const;
  [[nodiscard]] bool is_drawn(std::size_t map, const Place& place) const { return index(map, place) < drawn(map); }
  /// The cell with its number in that role; `text` instead of the number when given.
  [[nodiscard]] scene::Item cell(std::size_t map, const Place& place, scene::Role role) const;
  [[nodiscard]] scene::Item bare(std::size_t map, const Place& place, scene::Role role) const;
  [[nodiscard]] scene::Item pending(std::size_t map, const Place& place) const;
  [[nodiscard]] scene::Item text(std::size_t map, const Place& place, scene::Role role, double value) const;
  [[nodiscard]] const Numbers& numbers(std::size_t map) const { return maps_[map].numbers; }
  /// Boxes around those of the places that are drawn, one a channel.
  [[nodiscard]] std::vector<scene::Rect> hulls(std::size_t map, const std::vector<Place>& places) const;
  /// Them as frames: "<name>.<map>.<number>".
  void add_hulls(scene::Items& items, std::string_view name, std::size_t map, const std::vector<Place>& places,
                 scene::Role role) const;

 private:
  struct MapOf {
    const Map* map = nullptr;
    numerics::Shape shape;
    std::int64_t channels = 1, rows = 1, columns = 1;  ///< as drawn
    std::size_t row = 0, column = 0;                   ///< which shelf, and where on it
    Numbers numbers;
    double shaded = 0;  ///< its largest value, where cells are shaded by theirs
  };

  void arrange(double cell);
  [[nodiscard]] double arrow_room() const;
  [[nodiscard]] scene::Item arrow_into(std::size_t row, const scene::Items& fixed) const;
  [[nodiscard]] MapOf map_of(const Map& map, const numerics::Shape& shape) const;
  [[nodiscard]] Column column_for(std::size_t map) const;
  [[nodiscard]] Place slot_of(std::size_t map, const Place& place) const;
  [[nodiscard]] scene::Rect box(std::size_t map, const Place& place) const;
  [[nodiscard]] std::string id(std::size_t map, const Place& place) const;
  /// Over an input whose cells are all equal the last map shows what the layers do: its cells are shaded by their
  /// value.
  void shade_last();

  const StackContext context_;
  int dims_;
  std::vector<MapOf> maps_;
  std::vector<Shelf> shelves_;
};

}  // namespace convreel::views
