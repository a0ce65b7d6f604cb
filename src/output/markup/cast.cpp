#include "output/markup/cast.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"

namespace convreel::output {

using scene::Item;
using scene::Rect;

namespace {

/// All that an item may cover: a cell its slot, others a little more for outlines.
Rect reach(const Item& item) {
  if (item.form == scene::Form::cell) return item.box;
  Rect all = item.box;
  for (std::size_t i = 0; i < item.points.size(); ++i) {
    const Rect point{item.points[i].x, item.points[i].y, 0, 0};
    all = i == 0 && item.box.width <= 0 ? point : scene::united(all, point);
  }
  return all.inset(-4);
}

}  // namespace

void Cast::add(const scene::Scene& scene) {
  std::vector<Standing> standing;
  std::size_t highest = 0;  // rank behind the highest so far
  for (const Item* item : scene::visible(scene)) {
    const std::size_t member = place(*item, standing, highest);
    standing.push_back({member, reach(*item)});
    show(members_[member], *item);
  }
  ++shots_;
}

/// The member that stands for the item in this shot: the one it had, unless it would be covered by what lies below it.
std::size_t Cast::place(const Item& item, const std::vector<Standing>& below, std::size_t& highest) {
  const auto known = by_id_.find(item.id);
  int understudies = 0;
  if (known != by_id_.end())
    for (const std::size_t member : known->second) {
      if (members_[member].last_shot == shots_) continue;  // an id twice in one shot
      const std::size_t rank = members_[member].rank;
      ++understudies;
      if (rank < highest && !free(reach(item), rank, below)) continue;
      highest = std::max(highest, rank + 1);
      return member;
    }
  return hire(item, understudies, highest++);
}

bool Cast::free(const Rect& box, std::size_t rank, const std::vector<Standing>& below) const {
  return std::none_of(below.begin(), below.end(), [&](const Standing& other) {
    return members_[other.member].rank > rank && scene::overlap(box, other.box);
  });
}

std::size_t Cast::hire(const Item& item, int understudy, std::size_t rank) {
  const std::size_t member = members_.size();
  members_.push_back({{item.id, understudy, {}}, rank, {}, -1});
  by_id_[item.id].push_back(member);
  order_.insert(order_.begin() + static_cast<std::ptrdiff_t>(rank), member);
  for (std::size_t i = rank + 1; i < order_.size(); ++i) members_[order_[i]].rank = i;
  return member;
}

void Cast::show(Member& member, const Item& item) {
  Figure figure = markup_.figure(item);
  const auto [found, fresh] = member.look_of.emplace(figure.classes + '|' + figure.body, member.actor.looks.size());
  if (fresh) member.actor.looks.push_back({figure.classes, figure.body, {}});
  std::vector<Stay>& stays = member.actor.looks[found->second].stays;
  const bool stays_on = !stays.empty() && stays.back().to == shots_ && stays.back().at == figure.at &&
                        stays.back().opacity == figure.opacity;
  if (stays_on)
    stays.back().to = shots_ + 1;
  else
    stays.push_back({shots_, shots_ + 1, figure.at, figure.opacity});
  member.last_shot = shots_;
}

std::vector<const Actor*> Cast::actors() const {
  std::vector<const Actor*> actors;
  for (const std::size_t member : order_) actors.push_back(&members_[member].actor);
  return actors;
}

namespace {

/// A page of ten million drawings takes a minute to write, and some 20 MB.
void refuse_too_many(const views::Reel& reel, const base::Limits& limits) {
  const auto pictures = static_cast<std::uint64_t>(reel.size());
  const std::uint64_t items = scene::visible(reel.shot(reel.size() - 1).scene).size();
  limits.hold(base::Limit::drawings, static_cast<double>(pictures * items),
              fmt::format("{} pictures of {} items are {} drawings on one page or SVG (fewer with --steps 1..100, in "
                          "pixels none: .webp, .mp4)",
                          pictures, items, pictures * items));
}

}  // namespace

Cast cast_of(const views::Reel& reel, const base::Limits& limits, Markup& markup) {
  refuse_too_many(reel, limits);
  Cast cast(markup);
  for (std::int64_t i = 0; i < reel.size(); ++i) cast.add(reel.shot(i).scene);
  return cast;
}

}  // namespace convreel::output
