#include "views/backward/gradients.hpp"

#include <fmt/format.h>

#include "explain/number.hpp"

namespace convreel::views {

using numerics::Contribution;

namespace {

std::string factor(double value, bool first) { return first ? explain::number(value) : explain::operand(value); }

Span gradient_of(const std::string& name, Role role) { return {"∂L/∂" + name, role, Weight::bold}; }

}  // namespace

std::int64_t Questions::weights() const { return static_cast<std::int64_t>(trace_.kernel().values.size()); }

std::int64_t Questions::count() const {
  return trace_.step_count() + static_cast<std::int64_t>(trace_.input().values.size()) + weights();
}

Question Questions::at(std::int64_t index) const {
  if (index < trace_.step_count()) {
    Question question{Side::output, numerics::place_at(index, trace_.output().size), std::nullopt};
    if (!trace_.layer().row().picks) return question;
    const Step step = step_of(question.asked);
    if (step.winner) question.winner = step.terms[*step.winner].input;
    return question;
  }
  index -= trace_.step_count();
  const auto inputs = static_cast<std::int64_t>(trace_.input().values.size());
  if (index < inputs) return {Side::input, numerics::place_at(index, trace_.input().size), std::nullopt};
  return {Side::weight, numerics::place_at(index - inputs, trace_.kernel().size), std::nullopt};
}

Step Questions::step_of(const Place& output) const {
  return trace_.step(static_cast<std::int64_t>(trace_.output().offset(output)));
}

std::vector<Contribution> Questions::contributions(const Question& question) const {
  switch (question.side) {
    case Side::output:
      return numerics::contributions_to(trace_.layer(), question.asked);
    case Side::input:
      return fed_by(question.asked);
    default:
      return numerics::contributions_through(trace_.layer(), trace_.geometry(),
                                             question.asked.channel / trace_.kernel().inner,
                                             question.asked.channel % trace_.kernel().inner, question.asked.cell,
                                             trace_.output().values.size() + trace_.input().values.size());
  }
}

std::vector<Contribution> Questions::fed_by(const Place& input) const {
  std::vector<Contribution> found = numerics::contributions_of(trace_.layer(), trace_.geometry(), input);
  if (!trace_.layer().row().picks) return found;
  std::erase_if(found, [&](const Contribution& c) {
    const Step step = step_of(c.output);
    return !step.winner || step.terms[*step.winner].input != input;
  });
  return found;
}

double Questions::weight(const Contribution& c) const {
  return trace_.weight(c.output.channel, c.input.channel, c.tap);
}

std::string Questions::input_name(const Place& at) const {
  return place_name("x", at, trace_.layer().dims, trace_.input().channels > 1);
}
std::string Questions::output_name(const Place& at) const {
  return place_name("y", at, trace_.layer().dims, trace_.output().channels > 1);
}
std::string Questions::weight_name(const Place& at) const {
  const numerics::Kernel& kernel = trace_.kernel();
  if (kernel.outer * kernel.inner == 1) return place_name("w", at, trace_.layer().dims, false);
  const std::string rest = place_name("", at, trace_.layer().dims, false);
  return fmt::format("w[{},{},{}", at.channel / kernel.inner, at.channel % kernel.inner, rest.substr(1));
}

Sentence Questions::sentence(const Question& question, bool revealed) const {
  if (question.side == Side::output) return output_sentence(question, revealed);
  return question.side == Side::input ? input_sentence(question, revealed) : weight_sentence(question, revealed);
}

Sentence Questions::output_sentence(const Question& question, bool revealed) const {
  const std::size_t read = contributions(question).size();
  const std::string gradient = "∂L/∂" + output_name(question.asked);
  Sentence sentence;
  sentence.head = {{output_name(question.asked), Role::output_done, Weight::bold}};
  if (question.winner) {
    const std::string winner = revealed ? input_name(*question.winner) : "?";
    sentence.terms = {{{fmt::format(" is the {}, ", trace_.layer().row().result), Role::muted},
                       {winner, Role::input, Weight::bold},
                       {": all of " + gradient + " flows back to it", Role::muted}}};
    return sentence;
  }
  const std::string how = trace_.layer().row().weights ? gradient + " flows back to each, times its weight"
                                                       : "an equal share of " + gradient + " flows back to each";
  sentence.terms = {{{" reads ", Role::muted},
                     {fmt::format("{} {}", revealed ? fmt::format("{}", read) : "?", read == 1 ? "input" : "inputs"),
                      Role::input, Weight::bold},
                     {"; " + how, Role::muted}}};
  return sentence;
}

std::vector<Span> Questions::input_term(const Contribution& c, bool first) const {
  const Span gradient{"∂L/∂" + output_name(c.output), Role::output_done};
  if (trace_.layer().row().weights)
    return {{factor(weight(c), first), Role::kernel, Weight::bold}, {"·", Role::muted}, gradient};
  if (!trace_.layer().row().divides) return {gradient};
  return {gradient, {" / ", Role::muted}, {explain::number(step_of(c.output).divisor), Role::kernel, Weight::bold}};
}

Sentence Questions::input_sentence(const Question& question, bool revealed) const {
  Sentence sentence;
  sentence.head = {gradient_of(input_name(question.asked), Role::input), {" = ", Role::muted}};
  if (!revealed) {
    sentence.terms = {{{"?", Role::output_done, Weight::bold}}};
    return sentence;
  }
  for (const Contribution& c : contributions(question)) sentence.terms.push_back(input_term(c, sentence.terms.empty()));
  if (!sentence.terms.empty()) return sentence;
  const numerics::KindRow& row = trace_.layer().row();
  sentence.terms = {
      {{"0", Role::output_done, Weight::bold},
       {row.picks ? fmt::format("  (it is no window's {})", row.result) : "  (no output reads it)", Role::muted}}};
  return sentence;
}

Sentence Questions::weight_sentence(const Question& question, bool revealed) const {
  Sentence sentence;
  sentence.head = {gradient_of(weight_name(question.asked), Role::kernel), {" = ", Role::muted}};
  if (!revealed) {
    sentence.terms = {{{"?", Role::output_done, Weight::bold}}};
    return sentence;
  }
  for (const Contribution& c : contributions(question))
    sentence.terms.push_back({{factor(trace_.input().at(c.input), sentence.terms.empty()), Role::input},
                              {"·", Role::muted},
                              {"∂L/∂" + output_name(c.output), Role::output_done}});
  if (sentence.terms.empty())
    sentence.terms = {{{"0", Role::output_done, Weight::bold}, {"  (it meets padding only)", Role::muted}}};
  return sentence;
}

}  // namespace convreel::views
