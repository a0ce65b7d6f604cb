// The story in words: what the picture shows, then every step.
#include "output/text/text.hpp"

namespace convreel::output {

void write_txt(const Subject& subject, base::ByteSink& sink) {
  std::string text = subject.reel.alt_text() + "\n\n" + subject.reel.transcript();
  if (!text.ends_with('\n')) text += '\n';
  sink.write(text);
}

}  // namespace convreel::output
