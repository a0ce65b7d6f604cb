#include "views/stack/words.hpp"

#include "explain/stack_text.hpp"
#include "views/parts/parts.hpp"

namespace convreel::views {

std::vector<Span> stage_sentence(const StackContext& context, std::size_t n, std::int64_t step, bool revealed) {
  const numerics::Stage& stage = context.stages[n];
  if (const numerics::Trace* trace = stage.trace())
    return fitted(sentence_of(*trace, trace->step(step), revealed), kArithmeticFont, kArithmeticRoom, context.ruler);
  if (!stage.has_values()) return {{explain::stage_title(stage) + ": only its shape is told", Role::muted}};
  std::string words = explain::stage_arithmetic(stage, stage.step(step));
  if (!revealed) words = words.substr(0, words.rfind("= ")) + "= ?";
  std::vector<Span> spans{{words, Role::ink}};
  if (context.ruler.width(spans, kArithmeticFont) > kArithmeticRoom) spans = {{explain::stage_title(stage), Role::ink}};
  return spans;
}

std::optional<std::string> refuses_one_layer(const Layer&) {
  return "this view shows several layers, and this is one: convreel stack takes several";
}

}  // namespace convreel::views
