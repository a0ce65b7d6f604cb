// Labels of items: real text, or outlines of the glyphs.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "output/markup/figure.hpp"
#include "output/markup/text.hpp"

namespace convreel::output {

using scene::Align;
using scene::Item;
using scene::Span;

namespace {

/// A word of that many characters is given its measured width, so that another font cannot make it run over.
constexpr std::size_t kLongText = 8;

/// Words that hold Hebrew, Arabic or a script beside them (U+0580 to U+07FF) are isolated: then their first letter
/// decides the direction of the line, as it does for the painter, and the anchor stays on its side.
std::string directed(const std::string& text) {
  const bool turns = std::any_of(text.begin(), text.end(), [](char byte) {
    const auto lead = static_cast<unsigned char>(byte);
    return lead >= 0xD6 && lead <= 0xDF;
  });
  return turns ? "\u2068" + markup_text(text) + "\u2069" : markup_text(text);
}

std::string_view anchor(Align align) {
  switch (align) {
    case Align::left:
      return "";
    case Align::centre:
      return " text-anchor=\"middle\"";
    case Align::right:
      break;
  }
  return " text-anchor=\"end\"";
}

std::string_view weight_attribute(scene::Weight weight) {
  switch (weight) {
    case scene::Weight::regular:
      return "";
    case scene::Weight::medium:
      return " font-weight=\"500\"";
    case scene::Weight::bold:
      break;
  }
  return " font-weight=\"600\"";
}

std::size_t characters(const std::vector<Span>& spans) {
  std::size_t count = 0;
  for (const Span& span : spans)
    count += static_cast<std::size_t>(std::count_if(
        span.text.begin(), span.text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
  return count;
}

std::string ink_class(scene::Role role) { return fmt::format("{}-ink", scene::name(role)); }

}  // namespace

void Markup::label(const Item& item, double margin, Pen& pen) {
  if (item.font <= 0 || item.text.empty()) return;
  const base::PixelRect box = snap_.box(item.box);
  const double left = box.x - pen.figure.at.x, top = box.y - pen.figure.at.y;  // not 0 for polygons
  const double side = std::min(margin, box.width / 8.0), room = box.width - 2 * side;
  const double x = item.align == Align::left    ? left + side
                   : item.align == Align::right ? left + side + room
                                                : left + box.width / 2.0;
  words(item, item.text, item.font, room, {item.align, x, top + box.height / 2.0}, pen);
}

void Markup::cornered_label(const Item& item, Pen& pen) {
  if (item.font <= 0) return;
  const std::vector<Span> main(item.text.begin(), item.text.end() - 1);
  std::vector<Span> corner(item.text.end() - 1, item.text.end());
  corner[0].weight = scene::Weight::bold;
  words(item, main, item.font, 0.66 * pen.width, {Align::centre, 0.37 * pen.width, 0.38 * pen.height}, pen);
  words(item, corner, 0.65 * item.font, 0.76 * pen.width, {Align::right, 0.85 * pen.width, 0.77 * pen.height}, pen);
}

void Markup::words(const Item& item, const std::vector<Span>& spans, double font, double widest, const Place& place,
                   Pen& pen) {
  const FittedLine line = fitted_line(spans, font, item.heading, widest, *ruler_);
  if (line.spans.empty()) return;
  for (const Span& span : line.spans) used_.note(span.role, Part::ink);
  const double baseline = std::round(place.middle + outlines_.baseline_shift(line.font, item.heading));
  pen.add(text_ == MarkupText::words ? real_text(item, line, place, baseline)
                                     : outlined_text(item, line, place, baseline));
}

std::string Markup::real_text(const Item& item, const FittedLine& line, const Place& place, double baseline) {
  const bool one = line.spans.size() == 1;
  std::string classes = one ? ink_class(line.spans[0].role) : std::string();
  if (item.heading) classes += classes.empty() ? "heading" : " heading";
  std::string text = "<text" + (classes.empty() ? "" : " class=\"" + classes + "\"");
  text += attribute("x", place.x) + attribute("y", baseline) + attribute("font-size", line.font);
  text += anchor(place.align);
  if (one) text += weight_attribute(line.spans[0].weight);
  if (characters(line.spans) >= kLongText)
    text += fmt::format(R"( textLength="{}" lengthAdjust="spacingAndGlyphs")", short_number(line.width));
  text += ">";
  if (one) return text + directed(line.spans[0].text) + "</text>";
  for (const Span& span : line.spans)
    text += fmt::format(R"(<tspan class="{}"{}>{}</tspan>)", ink_class(span.role), weight_attribute(span.weight),
                        markup_text(span.text));
  return text + "</text>";
}

std::string Markup::outlined_text(const Item& item, const FittedLine& line, const Place& place, double baseline) {
  double x = place.align == Align::left    ? place.x
             : place.align == Align::right ? place.x - line.width
                                           : place.x - line.width / 2;
  std::string text;
  for (const Span& span : line.spans) {
    const std::string path = outlines_.svg_path(span.text, line.font, span.weight, item.heading);
    if (!path.empty())
      text += fmt::format(R"(<path class="{}"{} d="{}"/>)", ink_class(span.role),
                          translation({std::round(x), baseline}), path);
    x += ruler_->width(span.text, line.font, span.weight, item.heading);
  }
  return text;
}

}  // namespace convreel::output
