// The one target of this program under libFuzzer.
#include "fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  convreel::fuzz::targets().front().run({bytes, size});
  return 0;
}
