#include "output/markup/page.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "output/markup/text.hpp"

namespace convreel::output {

ViewBox view_box(scene::Size canvas, const std::optional<job::PixelSize>& size) {
  if (!size) return {{0, 0, canvas.width, canvas.height}, canvas.width, canvas.height};
  const double width = size->width, height = size->height;
  const double scale = std::min(width / canvas.width, height / canvas.height);
  const double seen_width = width / scale, seen_height = height / scale;
  return {{(canvas.width - seen_width) / 2, (canvas.height - seen_height) / 2, seen_width, seen_height}, width, height};
}

std::optional<theme::Theme> dark_theme(const Subject& subject) {
  const bool automatic = subject.output.options.scheme == job::Scheme::automatic;
  const job::Show& show = subject.job.show;
  if (!automatic || show.theme != "light" || !show.theme_overrides.empty()) return std::nullopt;
  return theme::load("dark");
}

std::string ground(const Subject& subject, const ViewBox& view, Markup& markup) {
  if (subject.job.show.transparent) return {};
  markup.used().note(scene::Role::background, Class::fill);
  return fmt::format(R"(<g class="background"><rect class="fill" x="{}" y="{}" width="{}" height="{}"/></g>)",
                     short_number(view.box.x), short_number(view.box.y), short_number(view.box.width),
                     short_number(view.box.height));
}

std::string scope_of(std::string_view content) {
  std::uint64_t hash = 14695981039346656037ULL;  // FNV-1a
  for (const char c : content) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return fmt::format("cr{:08x}", (hash ^ hash >> 32) & 0xFFFFFFFFULL);
}

}  // namespace convreel::output
