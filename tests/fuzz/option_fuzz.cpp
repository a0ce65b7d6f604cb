// One option's value; the first byte chooses the option.
#include "base/text.hpp"
#include "fuzz.hpp"
#include "job/fields.hpp"

namespace convreel::fuzz {

CONVREEL_FUZZ(option) {
  if (bytes.empty()) return;
  const job::Field& field = job::fields()[bytes[0] % job::fields().size()];
  job::JobSpec spec, again;
  field.parse(spec, text_of(bytes.subspan(1)));
  const auto printed = field.print(spec);
  if (!printed || field.codec.repeats) return;
  field.parse(again, *printed);
  hold(field.print(again) == printed, "what an option prints, it reads back");
}

}  // namespace convreel::fuzz
