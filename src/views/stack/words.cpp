#include "views/stack/words.hpp"

#include "explain/stack_text.hpp"
#include "views/parts/parts.hpp"
#include "words/sentences.hpp"

namespace convreel::views {

std::vector<Span> stage_sentence(const StackContext& context, std::size_t n, std::int64_t step, bool revealed) {
  const numerics::Stage& stage = context.stages[n];
  if (const numerics::Trace* trace = stage.trace())
    return fitted(sentence_of(*trace, explain::notation_of(*trace), trace->step(step), revealed), kArithmeticFont,
                  kArithmeticRoom, context.ruler);
  if (!stage.has_values()) return {{words::say(words::kOnlyItsShape, {{"layer", stage.name()}}), Role::muted}};
  std::string words = explain::stage_arithmetic(stage, stage.step(step));
  if (!revealed) words = words.substr(0, words.rfind(' ') + 1) + "?";
  std::vector<Span> spans{{words, Role::ink}};
  if (context.ruler.width(spans, kArithmeticFont) > kArithmeticRoom) spans = {{explain::stage_title(stage), Role::ink}};
  return spans;
}

std::vector<Span> field_conclusion(const StackContext& context) {
  const std::vector<numerics::Stage>& stages = context.stages;
  const int dims = stages.front().dims();
  return {{words::say(words::kFieldOfStack,
                      {{"input", explain::shape_text(stages.front().input_shape(), dims)},
                       {"output", explain::shape_text(stages.back().output_shape(), dims)},
                       {"field", explain::field_text(numerics::receptive_fields(stages).back(), dims)}}),
           Role::ink}};
}

std::optional<std::string> refuses_one_layer(const Layer&) {
  return "this view shows several layers, and this is one: convreel stack takes several";
}

}  // namespace convreel::views
