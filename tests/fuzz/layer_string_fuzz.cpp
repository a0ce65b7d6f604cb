// One layer as PyTorch, Keras, TensorFlow, Flax, JAX or ONNX write it.
#include "fuzz.hpp"
#include "job/sources.hpp"
#include "job/stack.hpp"

namespace convreel::fuzz {

CONVREEL_FUZZ(layer_string) {
  const std::string_view text = text_of(bytes);
  const job::LineAndOptions parts = job::line_and_options(text);
  hold(parts.line.size() + parts.options.size() <= text.size(), "a line and its options are parts of the text");
  std::vector<std::string> open;
  try {
    static_cast<void>(job::from_layer_string(text, &open));
  } catch (const base::Error&) {  // it may be a mapping
  }
  static_cast<void>(job::read_stack_layer(text));
}

}  // namespace convreel::fuzz
