#include "data/readers.hpp"
#include "fuzz.hpp"

namespace convreel::fuzz {

CONVREEL_FUZZ(json) { static_cast<void>(data::from_json(text_of(bytes), "fuzz.json", kLimit)); }

}  // namespace convreel::fuzz
