// Options that change nothing in a file, so that nobody sets one and waits for it to show.
#include <algorithm>
#include <vector>

#include "output/formats.hpp"
#include "views/catalogue.hpp"

namespace convreel::output {

namespace {

bool glides(const Format& format, const job::Show& show) {
  return show.motion ? *show.motion == job::Motion::smooth : format.smooth;
}

std::vector<std::string_view> idle_times(Clock clock, bool gliding, bool finished) {
  switch (clock) {
    case Clock::none:
      // Without a hold the finished result is no picture at all, and a still shows another one.
      if (!finished) return {"motion", "step", "hold-start", "predict", "speed", "fps", "loop"};
      return {"motion", "step", "hold-start", "hold-end", "predict", "speed", "fps", "loop"};
    case Clock::pictures:
      if (gliding) return {"hold-start", "hold-end", "loop"};
      return {"hold-start", "hold-end", "speed", "fps", "loop"};
    case Clock::times:
      if (gliding) return {};
      return {"fps"};
    case Clock::steady:
      break;
  }
  return {};
}

}  // namespace

std::vector<std::string_view> idle_options(const job::Output& output, const job::Show& show) {
  const Format& format = *format_named(output.format);
  std::vector<std::string_view> idle(format.ignores.begin(), format.ignores.end());
  for (const std::string_view name :
       idle_times(format.clock(output), glides(format, show), *show.hold_end > base::Duration{0}))
    if (std::ranges::find(idle, name) == idle.end()) idle.push_back(name);
  if (std::ranges::any_of(show.views, [](const auto& name) { return views::view_named(name).gradients; }))
    std::erase(idle, "view");  // a trace and a transcript then hold the backward pass
  if (format.clock(output) == Clock::none && draws(output)) idle.push_back("pace");
  return idle;
}

}  // namespace convreel::output
