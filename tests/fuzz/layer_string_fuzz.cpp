#include "fuzz.hpp"
#include "job/sources.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace convreel;
  return fuzz::expecting_errors([&] { static_cast<void>(job::from_layer_string(fuzz::text_of(bytes, size))); });
}
