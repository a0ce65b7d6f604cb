#include "explain/transcript.hpp"

#include <fmt/format.h>

#include "explain/by_axis.hpp"
#include "explain/number.hpp"
#include "numerics/step.hpp"
#include "words/sentences.hpp"

namespace convreel::explain {

using numerics::Layer;
using numerics::Step;
using numerics::Term;
using numerics::Trace;

namespace {

constexpr std::int64_t kMostProducts = 4'000'000;
constexpr std::size_t kEdgeTerms = 4;

/// Numbers of one sentence as they are shown, and whether each is shown in full.
class Shown {
 public:
  std::string operand(double value) {
    note(value);
    return explain::operand(value, kTranscriptNumbers);
  }
  std::string plain(double value) {
    note(value);
    return number(value, kTranscriptNumbers);
  }
  [[nodiscard]] const char* equals() const { return exact_ ? " = " : " ≈ "; }

 private:
  void note(double value) { exact_ = exact_ && shown_exactly(value, kTranscriptNumbers); }

  bool exact_ = true;
};

/// The terms joined; those in the middle counted instead, when `shorten` asks for it.
template <class TextOf>
std::string joined(const std::vector<Term>& terms, const char* separator, bool shorten, TextOf text_of) {
  const bool cut = shorten && terms.size() > 2 * kEdgeTerms + 1;
  std::string text;
  for (std::size_t n = 0; n < terms.size(); ++n) {
    if (!text.empty()) text += separator;
    if (cut && n == kEdgeTerms) {
      text += words::say(words::kMoreTerms, {{"n", terms.size() - 2 * kEdgeTerms}});
      n = terms.size() - kEdgeTerms - 1;
    } else {
      text += text_of(terms[n]);
    }
  }
  return text;
}

std::string convolution_text(const Trace& trace, const Step& step, bool shorten, Shown& shown) {
  std::string text = joined(numerics::in_reading_order(step), " + ", shorten, [&](const Term& t) {
    const std::string x = shown.operand(t.x);
    return x + "·" + shown.operand(t.w);
  });
  if (text.empty()) text = words::say(words::kNoProduct);
  if (trace.bias().empty()) return text;
  return words::say(words::kPlusBias, {{"sum", text}, {"bias", shown.operand(step.bias)}});
}

std::string pooling_text(const Layer& layer, const Step& step, bool shorten, Shown& shown) {
  const numerics::KindRow& row = layer.row();
  if (row.picks)
    return fmt::format("{}({})", row.reduced_by,
                       joined(step.terms, ", ", shorten, [&](const Term& t) { return shown.plain(t.x); }));
  std::vector<Term> terms = step.terms;
  std::erase_if(terms, [&](const Term& t) { return !numerics::counted(layer, t); });
  std::string sum = joined(terms, " + ", shorten, [&](const Term& t) { return shown.operand(t.x); });
  if (terms.size() != 1) sum = terms.empty() ? "0" : "(" + sum + ")";
  return sum + (row.divides ? " / " + number(step.divisor) : "");
}

std::string sentence(const Trace& trace, const Step& step, bool shorten) {
  const Layer& layer = trace.layer();
  Shown shown;
  const std::string made =
      layer.row().weights ? convolution_text(trace, step, shorten, shown) : pooling_text(layer, step, shorten, shown);
  const std::string result = shown.plain(step.sum);
  const std::string text = cell_text(layer, "y", step.output) + " = " + made + shown.equals() + result;
  if (!step.winner) return text;
  return words::say(words::kFromWinner,
                    {{"sum", text}, {"cell", cell_text(layer, "x", *step.terms[*step.winner].input)}});
}

}  // namespace

std::string cell_text(const Layer& layer, std::string_view name, const numerics::Place& place) {
  std::string text = fmt::format("{}[", name);
  if (layer.in_channels > 1 || layer.out_channels > 1) text += fmt::format("{},", place.channel);
  for (int a = numerics::first_axis(layer.dims); a < numerics::kAxes; ++a) text += whole(place.cell[a]) + ",";
  text.back() = ']';
  return text;
}

std::string arithmetic(const Trace& trace, const Step& step) { return sentence(trace, step, false); }

std::string transcript(const Trace& trace) {
  const bool shorten = numerics::product_count(trace.layer()) > kMostProducts;
  std::string text;
  for (std::int64_t n = 0; n < trace.step_count(); ++n)
    text += words::say(words::kStepSays, {{"step", n + 1}, {"sum", sentence(trace, trace.step(n), shorten)}});
  return text;
}

}  // namespace convreel::explain
