#include "output/markup/plane.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "output/markup/elements.hpp"
#include "output/markup/text.hpp"
#include "paint/painter.hpp"

namespace convreel::output {

using paint::Ink;
using paint::Shape;
using paint::TextLine;
using paint::TextPlace;
using paint::Tint;
using paint::Word;
using scene::Align;
using scene::Role;

namespace {

/// A line of that many characters is given its measured width, so that another font cannot make it run over.
constexpr std::size_t kLongText = 8;

std::string anchor(Align align) {
  if (align == Align::left) return {};
  return align == Align::right ? R"( text-anchor="end")" : R"( text-anchor="middle")";
}

double anchored(const TextPlace& place) {
  return place.align == Align::left ? place.left : place.left + place.room / (place.align == Align::right ? 1 : 2);
}

std::string weight_attribute(scene::Weight weight) {
  if (weight == scene::Weight::regular) return {};
  return weight == scene::Weight::medium ? R"( font-weight="500")" : R"( font-weight="600")";
}

/// Words that hold Hebrew, Arabic or a script beside them (U+0580 to U+07FF) are isolated: then their first letter
/// decides the direction of the line, as it does for the painter, and the anchor stays on its side.
std::string directed(const std::string& text) {
  const bool turns = std::any_of(text.begin(), text.end(), [](char byte) {
    const auto lead = static_cast<unsigned char>(byte);
    return lead >= 0xD6 && lead <= 0xDF;
  });
  return turns ? "\u2068" + markup_text(text) + "\u2069" : markup_text(text);
}

Class class_of(const Shape& shape, Tint tint) {
  if (tint == Tint::veil) return Class::veil;
  if (tint == Tint::fill) return Class::fill;
  return shape.stroke > 0 ? Class::edge : Class::solid;
}

}  // namespace

MarkupPlane::MarkupPlane(const theme::Theme& theme, MarkupText text)
    : theme_(theme), text_(text), ruler_(paint::make_ruler(theme)), outlines_(theme) {}

void MarkupPlane::begin(scene::Point origin) { origin_ = origin; }

std::string MarkupPlane::end() {
  print_pending();
  return std::exchange(body_, {});
}

void MarkupPlane::shape(const Shape& shape, int x, int y, const Ink& ink) {
  const Drawn drawn{shape, {x - origin_.x, y - origin_.y}, ink};
  if (shape.stroke > 0 && shape.texture == theme::Texture::none) return stroked(drawn);
  print_pending();
  if (shape.texture != theme::Texture::none) return textured(drawn);
  pending_ = drawn;
}

void MarkupPlane::print_pending() {
  if (!pending_) return;
  const auto [shape, at, ink] = *std::exchange(pending_, {});
  body_ += shape_element(shape, at, note(ink, class_of(shape, ink.tint)));
}

/// One element for both where nothing comes between: the fill then ends under the stroke's middle.
bool MarkupPlane::outlines_pending(const Drawn& edge) const {
  if (!pending_ || pending_->ink.tint != Tint::fill || edge.shape.dash > 0) return false;
  Shape inside = edge.shape;
  inside.stroke = 0;
  return inside == pending_->shape && pending_->at == edge.at && colour_of(theme_, edge.ink).a == 255;
}

void MarkupPlane::stroked(const Drawn& drawn) {
  std::string classes(note(drawn.ink, Class::edge));
  if (outlines_pending(drawn)) {
    classes = fmt::format("{} {}", note(pending_->ink, Class::fill), classes);
    pending_.reset();
  }
  print_pending();
  body_ += shape_element(drawn.shape, drawn.at, classes);
  if (drawn.shape.arrow > 0) body_ += arrow_element(drawn.shape, drawn.at, classes);
}

void MarkupPlane::textured(const Drawn& drawn) {
  const theme::Texture texture = drawn.shape.texture;
  if (texture != theme::Texture::hatch) {
    const Class mark = texture == theme::Texture::cross ? Class::scratch : Class::speck;
    body_ += texture_element(drawn.shape, drawn.at, note(drawn.ink, mark));
    return;
  }
  // Moved there, not drawn there: the pattern begins at the shape.
  Shape filled = drawn.shape;
  filled.texture = theme::Texture::none;
  const std::string element = shape_element(filled, {}, note(drawn.ink, Class::texture)), move = translation(drawn.at);
  body_ += move.empty() ? element : fmt::format("{}{}/>", element.substr(0, element.size() - 2), move);
}

void MarkupPlane::text(const TextLine& line, const TextPlace& place) {
  print_pending();
  if (text_ == MarkupText::outlines) return Plane::text(line, place);
  if (line.words.empty()) return;
  const Word& first = line.words[0].word;
  const bool one = line.words.size() == 1;
  std::string classes = one ? ink_class(line.words[0].role) : std::string();
  if (first.heading) classes += classes.empty() ? "heading" : " heading";
  std::string spans;
  std::size_t characters = 0;
  for (const auto& [word, role, x] : line.words) {
    const std::string text = shown(word);
    characters += base::utf8_length(text);
    spans += one ? directed(text)
                 : fmt::format(R"(<tspan class="{}"{}>{}</tspan>)", ink_class(role), weight_attribute(word.weight),
                               markup_text(text));
  }
  body_ += "<text";
  if (!classes.empty()) body_ += " class=\"" + classes + "\"";
  body_ += attribute("x", anchored(place) - origin_.x) + attribute("y", place.baseline - origin_.y) +
           attribute("font-size", line.font) + anchor(place.align);
  if (one) body_ += weight_attribute(first.weight);
  if (characters >= kLongText) body_ += attribute("textLength", line.width) + " lengthAdjust=\"spacingAndGlyphs\"";
  body_ += ">" + spans + "</text>";
}

void MarkupPlane::word(const Word& word, int x, int baseline, Role role) {
  const std::string path = outlines_.svg_path(shown(word), word.font, word.weight, word.heading);
  if (path.empty()) return;
  body_ += fmt::format(R"(<path class="{}"{} d="{}"/>)", ink_class(role),
                       translation({x - origin_.x, baseline - origin_.y}), path);
}

double MarkupPlane::advance(const Word& word) {
  return ruler_->width(shown(word), word.font, word.weight, word.heading);
}

std::string MarkupPlane::shown(const Word& word) const {
  if (word.limit <= 0) return word.text;
  return ruler_->shortened(word.text, word.font, word.weight, word.heading, word.limit);
}

std::string_view MarkupPlane::note(const Ink& ink, Class name) {
  used_.note(ink.role, name, ink.veiled);
  return class_name(name);
}

std::string MarkupPlane::ink_class(Role role) {
  used_.note(role, Class::ink);
  return std::string(scene::name(role)).append("-").append(class_name(Class::ink));
}

}  // namespace convreel::output
