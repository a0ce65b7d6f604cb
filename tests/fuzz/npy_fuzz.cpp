#include "data/readers.hpp"
#include "fuzz.hpp"

namespace convreel::fuzz {

CONVREEL_FUZZ(npy) { static_cast<void>(data::from_npy(bytes, "fuzz.npy", kLimit)); }

}  // namespace convreel::fuzz
