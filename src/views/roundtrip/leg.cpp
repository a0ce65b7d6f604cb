#include "views/roundtrip/leg.hpp"

#include "numerics/adjacency.hpp"

namespace convreel::views {

Leg::Leg(const numerics::Trace& of, std::size_t source, std::size_t target) : trace(&of), from(source), to(target) {
  if (of.layer().transposed()) sums.emplace(of);
}

std::vector<double> Leg::values() const {
  std::vector<double> all = trace->output().values;
  if (!sums) return all;
  for (const Landed& landed : sums->all())
    if (landed.output) all.push_back(landed.sum);
  return all;
}

std::vector<Place> Leg::read(std::int64_t beat) const {
  std::vector<Place> places;
  for (const numerics::Contribution& c :
       numerics::contributions_to(trace->layer(), numerics::place_at(beat, trace->output().size)))
    places.push_back(c.input);
  return places;
}

std::vector<Place> Leg::written(std::int64_t beat) const {
  std::vector<Place> places;
  for (const Landed& landed : sums->landings(beat))
    if (landed.output) places.push_back({landed.sheet.channel, *landed.output});
  return places;
}

std::vector<Place> Leg::untouched() const {
  if (!sums) return {};
  Map touched(trace->output().channels, trace->output().size);
  for (const Landed& landed : sums->all())
    if (landed.output) touched.at({landed.sheet.channel, *landed.output}) = 1;
  std::vector<Place> places;
  for (std::int64_t n = 0; n < static_cast<std::int64_t>(touched.values.size()); ++n)
    if (const Place at = numerics::place_at(n, touched.size); touched.at(at) == 0) places.push_back(at);
  return places;
}

}  // namespace convreel::views
