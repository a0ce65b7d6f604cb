#include "views/roundtrip/words.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "explain/number.hpp"
#include "explain/size.hpp"
#include "views/catalogue.hpp"
#include "views/parts/parts.hpp"
#include "words/sentences.hpp"

namespace convreel::views {

namespace {

std::ptrdiff_t differing(const Map& error) {
  return std::count_if(error.values.begin(), error.values.end(), [](double e) { return !(e == 0); });
}

}  // namespace

std::vector<Span> stamping_sentence(const Leg& leg, const explain::Notation& notation, bool back, std::int64_t beat) {
  const Place input = leg.sums->input(beat);
  const std::string value = explain::number(leg.trace->input().at(input), notation.input),
                    name = place_name(back ? "y" : "x", input, leg.trace->layer().dims,
                                      leg.trace->layer().in_channels > 1);
  return styled(back ? words::kStampsBack : words::kStampsThere, Role::muted,
                {{"cell", {fmt::format("{} = {}", name, value), back ? Role::output_done : Role::input, Weight::bold}},
                 {"stamp", {words::say(words::kTimesKernel, {{"value", value}}), Role::kernel, Weight::bold}}});
}

Sentence gathering_sentence(const Leg& leg, const explain::Notation& notation, bool back, const numerics::Step& step,
                            bool revealed) {
  Sentence words = sentence_of(*leg.trace, notation, step, revealed);
  words.head.front().text =
      place_name(back ? "x′" : "y", step.output, leg.trace->layer().dims, leg.trace->layer().out_channels > 1);
  return words;
}

Sentence comparison_sentence(const Trace& there, const Trace& back, const Comparands& styles, const Place& at,
                             bool revealed) {
  const int dims = there.layer().dims;
  const bool channels = there.input().channels > 1;
  const double x = there.input().at(at), restored = back.output().at(at);
  Sentence words;
  words.head = {{place_name("x′", at, dims, channels), Role::output_done, Weight::bold},
                {" − ", Role::muted},
                {place_name("x", at, dims, channels), Role::input, Weight::bold},
                {" = ", Role::muted}};
  words.terms = {{{explain::number(restored, styles.restored), Role::output_done}},
                 {{explain::operand(x, styles.input), Role::input}}};
  words.joint = " − ";
  words.tail = {{" = ", Role::muted},
                {revealed ? explain::number(restored - x, styles.error) : "?", Role::ink, Weight::bold}};
  return words;
}

Verdict shape_judged(const Trace& there, const Trace& back) {
  const int dims = there.layer().dims;
  const std::string x = explain::size_text(there.input().size, dims), y = explain::size_text(there.output().size, dims);
  const Cell op = back.layer().output_padding;
  if (op == Cell{}) return {true, words::say(words::kShapeComesBack, {{"x", x}, {"y", y}})};
  return {true, words::say(words::kShapeComesBackPadded,
                           {{"x", x}, {"y", y}, {"padding", explain::per_axis_text(op, dims)}})};
}

Verdict values_judged(const Map& error) {
  const auto differ = differing(error);
  if (differ == 0) return {true, words::say(words::kValuesComeBack, {{"all", error.values.size()}})};
  return {false, words::say(words::kValuesDiffer, {{"differ", differ}, {"all", error.values.size()}})};
}

std::vector<Span> trip_conclusion(const Trace& back, const Map& error) {
  const std::string shape = explain::size_text(back.output().size, back.layer().dims);
  return {{words::say(differing(error) > 0 ? words::kCameBackWithout : words::kCameBackWith, {{"size", shape}}),
           Role::ink}};
}

}  // namespace convreel::views
