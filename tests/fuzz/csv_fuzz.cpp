#include "data/readers.hpp"
#include "fuzz.hpp"

namespace convreel::fuzz {

CONVREEL_FUZZ(csv) { static_cast<void>(data::from_csv(text_of(bytes), "fuzz.csv", kLimit)); }

}  // namespace convreel::fuzz
