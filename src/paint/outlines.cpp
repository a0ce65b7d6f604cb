#include "paint/outlines.hpp"

#include <fmt/format.h>

#include <cmath>
#include <span>

#include "paint/shaper.hpp"

namespace convreel::paint {

namespace {

/// Hundredths of a unit, no trailing zeros, no "-0".
void append_number(std::string& path, double value) {
  const long hundredths = std::lround(value * 100);
  std::string text =
      fmt::format("{}{}.{:02}", hundredths < 0 ? "-" : "", std::labs(hundredths) / 100, std::labs(hundredths) % 100);
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  path += text;
}

void append_points(std::string& path, char command, std::span<const cairo_path_data_t> points) {
  path += command;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (i > 0) path += ' ';
    append_number(path, points[i].point.x);
    path += ' ';
    append_number(path, points[i].point.y);
  }
}

std::string as_svg(const cairo_path_t& outline) {
  std::string path;
  for (int i = 0; i < outline.num_data; i += outline.data[i].header.length) {
    const auto& header = outline.data[i].header;
    const std::span points(outline.data + i + 1, static_cast<std::size_t>(header.length - 1));
    switch (header.type) {
      case CAIRO_PATH_MOVE_TO:
        append_points(path, 'M', points);
        break;
      case CAIRO_PATH_LINE_TO:
        append_points(path, 'L', points);
        break;
      case CAIRO_PATH_CURVE_TO:
        append_points(path, 'C', points);
        break;
      case CAIRO_PATH_CLOSE_PATH:
        path += 'Z';
        break;
    }
  }
  // Cairo ends a text with a lone move to where the next one would start.
  const std::size_t last = path.rfind('M');
  if (last != std::string::npos && path.find_first_of("LC", last) == std::string::npos) path.erase(last);
  return path;
}

}  // namespace

class Outlines::Work {
 public:
  explicit Work(const theme::Theme& theme) : shaper(theme.fonts) {}

  Shaper shaper;
};

Outlines::Outlines(const theme::Theme& theme) : work_(std::make_unique<Work>(theme)) {}
Outlines::~Outlines() = default;

std::string Outlines::svg_path(std::string_view text, double font, scene::Weight weight, bool heading) const {
  const Word word{std::string(text), weight, heading, font, 0};
  const ShapedText shaped = work_->shaper.shaped(word);
  // Without bounds: of text on a bounded surface Cairo drops the glyphs that lie ten font sizes outside.
  const Owned<cairo_surface_t> nowhere(cairo_recording_surface_create(CAIRO_CONTENT_ALPHA, nullptr));
  const Owned<cairo_t> context(cairo_create(nowhere.get()));
  cairo_scale(context.get(), scale_of(word), scale_of(word));
  shaped.add_path(context.get());
  cairo_identity_matrix(context.get());  // a path is copied in the units of the moment
  const Owned<cairo_path_t> outline(cairo_copy_path(context.get()));
  return as_svg(*outline);
}

double Outlines::cap_height(bool heading) const { return work_->shaper.cap_height(heading); }

}  // namespace convreel::paint
