// The one target of this program under libFuzzer.
#include "fuzz.hpp"

/// A module and the program both hold the room base.
extern "C" const char* __asan_default_options() { return "detect_odr_violation=0"; }

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  convreel::fuzz::targets().front().run({bytes, size});
  return 0;
}
