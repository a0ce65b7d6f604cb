#include "views/parts/arithmetic.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "explain/number.hpp"
#include "numerics/step.hpp"
#include "views/parts/channels.hpp"
#include "views/parts/window_map.hpp"
#include "words/sentences.hpp"

namespace convreel::views {

using explain::Notation;
using explain::NumberStyle;
using numerics::Term;

namespace {

/// A number that is added: in parentheses when negative, but for the first.
std::string added(double value, bool first, const NumberStyle& style) {
  return first ? explain::number(value, style) : explain::operand(value, style);
}

std::vector<Span> product(const Term& term, bool first, const Notation& notation) {
  return {{added(term.x, first, notation.input), Role::input},
          {"·", Role::muted},
          {explain::operand(term.w, notation.kernel), Role::kernel, Weight::bold}};
}

std::vector<Span> tail_of(double value, const NumberStyle& style, bool revealed, bool exact) {
  return {{exact ? " = " : " ≈ ", Role::muted},
          {revealed ? explain::number(value, style) : "?", Role::output_done, Weight::bold}};
}

std::vector<Span> head_of(const Trace& trace, const Step& step, std::string_view opening) {
  const bool channels = trace.output().channels > 1;
  return {{place_name("y", step.output, trace.layer().dims, channels), Role::output_done, Weight::bold},
          {fmt::format(" = {}", opening), Role::muted}};
}

bool exact_operands(const Step& step, const Notation& notation) {
  return std::ranges::all_of(step.terms, [&](const Term& t) {
    return explain::shown_exactly(t.x, notation.input) && explain::shown_exactly(t.w, notation.kernel);
  });
}

bool exact_sums(const std::vector<Partial>& partials, const NumberStyle& style) {
  return std::ranges::all_of(partials, [&](const Partial& p) { return explain::shown_exactly(p.sum, style); });
}

/// The terms that count, in the window's order.
std::vector<Term> counted_terms(const Layer& layer, const Step& step) {
  std::vector<Term> terms = numerics::in_reading_order(step);
  if (layer.row().divides) std::erase_if(terms, [&](const Term& term) { return !numerics::counted(layer, term); });
  return terms;
}

/// A window without weights: "max(a, b)", "(a + b) / n".
Sentence window_sentence(const Trace& trace, const Notation& notation, const Step& step, bool revealed) {
  const numerics::KindRow& row = trace.layer().row();
  Sentence sentence;
  sentence.head = head_of(trace, step, fmt::format("{}(", row.picks ? row.reduced_by : ""));
  if (row.picks) sentence.joint = ", ";
  const numerics::Term* winner = step.winner && revealed ? &step.terms[*step.winner] : nullptr;
  std::int64_t slice = 0;  // a layer of three axes has several
  for (const Term& term : counted_terms(trace.layer(), step)) {
    const bool won = winner && term.tap == winner->tap && term.input == winner->input, first = sentence.terms.empty();
    sentence.terms.push_back({{added(term.x, row.picks || first, notation.input), won ? Role::output_done : Role::input,
                               won ? Weight::bold : Weight::regular}});
    sentence.read.push_back({term.looked_at});
    const std::int64_t at = term.looked_at.cell[0];
    if (!first && at != slice) sentence.terms.back().insert(sentence.terms.back().begin(), {"| ", Role::muted});
    slice = at;
  }
  if (sentence.terms.empty()) sentence.terms.push_back({{"0", Role::muted}});
  const bool bare = row.divides && sentence.terms.size() == 1;  // "6 / 1" needs no parentheses
  if (bare) sentence.head.back().text.pop_back();
  const bool exact = (row.picks || exact_operands(step, notation)) && explain::shown_exactly(step.sum, notation.output);
  sentence.tail = tail_of(step.sum, notation.output, revealed, exact);
  if (row.divides)
    sentence.tail.insert(sentence.tail.begin(), {{bare ? " / " : ") / ", Role::muted},
                                                 {explain::number(step.divisor), Role::kernel, Weight::bold}});
  else
    sentence.tail.front().text = ")" + sentence.tail.front().text;
  return sentence;
}

void add_bias(Sentence& sentence, const Trace& trace, const Step& step) {
  if (!trace.bias().empty()) sentence.terms.push_back({{explain::operand(step.bias), Role::ink}});
}

/// What every slice of the input that is read comes to.
std::vector<Partial> slice_sums(const Step& step) {
  std::map<std::int64_t, double> sums;
  for (const Term& term : step.terms)
    if (term.input) sums[term.input->cell[0]] += term.x * term.w;
  std::vector<Partial> partials;
  for (const auto& [slice, sum] : sums) partials.push_back({0, sum, slice});
  return partials;
}

Sentence sum_sentence(const Trace& trace, const Notation& notation, const Step& step, bool revealed) {
  Sentence sentence;
  sentence.head = head_of(trace, step, "");
  std::vector<Partial> partials = partial_sums(trace.layer(), step);
  const bool by_channel = partials.size() > 1;
  const bool deep = trace.layer().dims == numerics::kAxes;
  const std::vector<Partial> slices = deep && !by_channel ? slice_sums(step) : std::vector<Partial>{};
  const bool by_slice = slices.size() > 1;
  if (by_slice) partials = slices;
  // One tap a channel: its product is the channel's whole sum.
  const bool summed = by_channel || by_slice, pointwise = by_channel && numerics::area(trace.layer().kernel) == 1;
  if (summed) {
    for (const Partial& partial : partials) {
      const auto only =
          std::ranges::find_if(step.terms, [&](const Term& term) { return term.looked_at.channel == partial.channel; });
      if (pointwise && partial.channels == 1 && only != step.terms.end()) {
        sentence.terms.push_back(product(*only, sentence.terms.empty(), notation));
        sentence.terms.back().front().role = channel_role(trace.layer(), partial.channel);
        sentence.read.push_back({only->looked_at});
        continue;
      }
      sentence.terms.push_back({{added(partial.sum, sentence.terms.empty(), notation.output),
                                 channel_role(trace.layer(), partial.channel), Weight::bold}});
      if (partial.channels > 1)
        sentence.terms.back() = {{sentence.terms.back().front().text, Role::ink, Weight::bold},
                                 {words::say(words::kRestOfChannels, {{"n", partial.channels}}), Role::muted}};
      if (by_slice) sentence.terms.back().push_back({fmt::format(" (z = {})", partial.slice), Role::muted});
      auto& read = sentence.read.emplace_back();
      for (const Term& term : step.terms)
        if (by_slice ? term.input && term.input->cell[0] == partial.slice : term.looked_at.channel == partial.channel)
          read.push_back(term.looked_at);
    }
  } else {
    for (const Term& term : counted_terms(trace.layer(), step))
      sentence.terms.push_back(product(term, sentence.terms.empty(), notation)),
          sentence.read.push_back({term.looked_at});
  }
  add_bias(sentence, trace, step);
  if (sentence.terms.empty()) sentence.terms.push_back({{"0", Role::muted}});
  const bool exact = (!summed || exact_sums(partials, notation.output)) &&
                     ((summed && !pointwise) || exact_operands(step, notation)) && explain::shown_exactly(step.bias) &&
                     explain::shown_exactly(step.sum, notation.output);
  sentence.tail = tail_of(step.sum, notation.output, revealed, exact);
  return sentence;
}

/// The whole sentence, a part a term.
Line written(const Sentence& sentence) {
  Line line{sentence.head, {}};
  for (const std::vector<Span>& term : sentence.terms) {
    if (!line.parts.empty()) line.spans.push_back({std::string(sentence.joint), Role::muted});
    const std::size_t first = line.spans.size();
    line.spans.insert(line.spans.end(), term.begin(), term.end());
    line.parts.push_back({first, line.spans.size()});
  }
  line.spans.insert(line.spans.end(), sentence.tail.begin(), sentence.tail.end());
  return line;
}

/// The line with its first `leading` parts and its last one, and an ellipsis for those between.
Line abridged(const Line& line, std::size_t leading) {
  const auto at = [&](std::size_t span) { return line.spans.begin() + static_cast<std::ptrdiff_t>(span); };
  const Phrase &left_out = line.parts[leading], &last = line.parts.back();
  const Phrase& before_last = *std::find_if(line.parts.rbegin(), line.parts.rend(),
                                            [&](const Phrase& part) { return part.first != last.first; });
  Line shorter{{line.spans.begin(), at(left_out.first)}, line.parts};
  shorter.spans.push_back({"…", Role::muted});
  shorter.spans.insert(shorter.spans.end(), at(before_last.last), line.spans.end());
  const std::size_t gone = line.spans.size() - shorter.spans.size();
  for (std::size_t p = leading; p < line.parts.size(); ++p) {
    Phrase& part = shorter.parts[p];
    if (part.first == last.first)
      part.first -= gone, part.last -= gone;
    else
      part.first = left_out.first, part.last = left_out.first + 1;
  }
  return shorter;
}

}  // namespace

std::string place_name(std::string_view letter, const numerics::Place& place, int dims, bool channels) {
  std::string text = fmt::format("{}[", letter);
  if (channels) text += fmt::format("{},", place.channel);
  for (int axis = numerics::first_axis(dims); axis < numerics::kAxes; ++axis)
    text += fmt::format("{}{}", place.cell[axis], axis + 1 < numerics::kAxes ? "," : "]");
  return text;
}

std::vector<Span> arithmetic_of(const Context& context, const numerics::Step& step, bool revealed) {
  return fitted(sentence_of(context.trace, context.notation, step, revealed), kArithmeticFont, kArithmeticRoom,
                context.ruler);
}

std::vector<Partial> partial_sums(const Layer& layer, const Step& step) {
  const std::int64_t more = channel_rows(layer).more;
  std::vector<Partial> partials;
  for (const Term& term : step.terms) {
    const std::int64_t channel = term.looked_at.channel;
    const bool told = row_of(layer, channel).has_value();
    const bool begun = !partials.empty() && (told ? partials.back().channel == channel : partials.back().channels > 1);
    if (!begun) partials.push_back({channel, 0, 0, told ? 1 : more});
    partials.back().sum += term.x * term.w;
  }
  return partials;
}

Sentence sentence_of(const Trace& trace, const Notation& notation, const Step& step, bool revealed,
                     const ZeroNote& note) {
  Sentence sentence = trace.layer().row().weights ? sum_sentence(trace, notation, step, revealed)
                                                  : window_sentence(trace, notation, step, revealed);
  if (note.zeros > 0)
    sentence.tail.push_back(
        {words::say(words::kWithZeros, {{"zeros", note.zeros}, {"products", note.products}}), Role::muted});
  return sentence;
}

Line shortened(const Line& line, double font, double room, const scene::Ruler& ruler) {
  const std::size_t count = line.parts.size();
  if (count < 3 || ruler.width(line.spans, font) <= room) return line;
  // As many leading parts as fit, by bisection: widths grow with every part.
  std::size_t low = 1, high = count - 2;
  while (low < high) {
    const std::size_t middle = (low + high + 1) / 2;
    if (ruler.width(abridged(line, middle).spans, font) <= room)
      low = middle;
    else
      high = middle - 1;
  }
  return abridged(line, low);
}

Line fitted_line(const Sentence& sentence, double font, double room, const scene::Ruler& ruler) {
  return shortened(written(sentence), font, room, ruler);
}

Sources sources_of(const Sentence& sentence, const std::function<scene::Rect(const Place&)>& slot) {
  Sources sources;
  for (const std::vector<Place>& places : sentence.read) {
    sources.push_back(slot(places.front()));
    for (const Place& place : places) sources.back() = scene::united(sources.back(), slot(place));
  }
  return sources;
}

void write_sentence(Body& body, const Sentence& sentence, const Sources& sources, const scene::Ruler& ruler) {
  Line line = fitted_line(sentence, kArithmeticFont, kArithmeticRoom, ruler);
  for (std::size_t t = 0; t < std::min(line.parts.size(), sources.size()); ++t) line.parts[t].source = sources[t];
  body.arithmetic = std::move(line.spans);
  body.parts = std::move(line.parts);
}

std::vector<Span> fitted(const Sentence& sentence, double font, double room, const scene::Ruler& ruler) {
  return fitted_line(sentence, font, room, ruler).spans;
}

}  // namespace convreel::views
