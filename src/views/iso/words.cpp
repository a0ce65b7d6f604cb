#include "views/iso/words.hpp"

#include <fmt/format.h>

#include <utility>
#include <vector>

#include "explain/size.hpp"
#include "views/parts/parts.hpp"
#include "words/sentences.hpp"

namespace convreel::views {

namespace {

constexpr double kFont = 15;

std::vector<Span> spans(const words::Sentence& name, const std::string& words) {
  return {{words::say(name), Role::ink, Weight::bold}, {"  " + words, Role::muted}};
}

}  // namespace

std::string iso_map_words(const numerics::Trace& trace) {
  const numerics::Layer& layer = trace.layer();
  const numerics::Geometry& geometry = trace.geometry();
  const std::string text = explain::map_text(layer.in_channels, layer.input, layer.dims);
  if (geometry.stretched == layer.input) return text;
  return words::listed({text, words::say(layer.transposed() ? words::kInsertedAndPadded : words::kPaddedTo,
                                         {{"size", explain::size_text(geometry.stretched, layer.dims)}})});
}

std::string iso_output_words(const numerics::Trace& trace) {
  return explain::map_text(trace.layer().out_channels, trace.output().size, trace.layer().dims);
}

double iso_caption_width(const std::string& words, const scene::Ruler& ruler) {
  return ruler.width(spans(words::kOutput, words), kFont) + 4;
}

void add_iso_caption(scene::Items& items, std::string id, const words::Sentence& name, const std::string& words,
                     const scene::Rect& box, scene::Align align) {
  items.push_back(label(std::move(id), box, spans(name, words), kFont, align));
}

}  // namespace convreel::views
