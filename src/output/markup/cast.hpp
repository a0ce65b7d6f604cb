// The lives of items over the shots of a reel: every item is one actor on a stage whose paint order is the same in all
// shots, and shows one look after another. What moves without changing is one look at several places.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "output/markup/figure.hpp"
#include "views/reel/reel.hpp"

namespace convreel::output {

/// Shots [from, to), where, and how clearly it is seen.
struct Stay {
  std::int64_t from = 0, to = 0;
  scene::Point at;
  double opacity = 1;
};

struct Look {
  std::string classes, body;
  std::vector<Stay> stays;
};

struct Actor {
  std::string id;      ///< the item's
  int understudy = 0;  ///< > 0: the same item again, where it stands higher in the paint order
  std::vector<Look> looks;
};

class Cast {
 public:
  /// Shots are added in order.
  explicit Cast(Markup& markup) : markup_(markup) {}

  void add(const scene::Scene& scene);

  [[nodiscard]] std::int64_t shots() const { return shots_; }
  /// In paint order: drawing each actor's look of a shot in this order shows the shot.
  [[nodiscard]] std::vector<const Actor*> actors() const;

 private:
  struct Member {
    Actor actor;
    std::size_t rank = 0;
    std::unordered_map<std::string, std::size_t> look_of;  // by classes and body
    std::int64_t last_shot = -1;
  };
  /// What stands in the shot under work, in paint order.
  struct Standing {
    std::size_t member;
    scene::Rect box;
  };

  [[nodiscard]] std::size_t place(const scene::Item& item, const std::vector<Standing>& below, std::size_t& highest);
  [[nodiscard]] std::size_t hire(const scene::Item& item, int understudy, std::size_t rank);
  void show(Member& member, const scene::Item& item);
  [[nodiscard]] bool free(const scene::Rect& box, std::size_t rank, const std::vector<Standing>& below) const;

  Markup& markup_;
  std::vector<Member> members_;
  std::vector<std::size_t> order_;  ///< members by rank
  std::unordered_map<std::string, std::vector<std::size_t>> by_id_;
  std::int64_t shots_ = 0;
};

/// Every shot of the reel. Throws Error{usage} when shots times items are more than a document can hold.
[[nodiscard]] Cast cast_of(const views::Reel& reel, const base::Limits& limits, Markup& markup);

}  // namespace convreel::output
