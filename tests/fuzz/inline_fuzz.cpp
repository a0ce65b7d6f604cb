#include "data/readers.hpp"
#include "fuzz.hpp"

namespace convreel::fuzz {

/// The first byte chooses the number of axes.
CONVREEL_FUZZ(inline) {
  if (!bytes.empty()) static_cast<void>(data::from_inline(text_of(bytes.subspan(1)), 1 + bytes[0] % 3, "fuzz", kLimit));
}

}  // namespace convreel::fuzz
