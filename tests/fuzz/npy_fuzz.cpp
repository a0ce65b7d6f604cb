#include "data/readers.hpp"
#include "fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace convreel;
  return fuzz::expecting_errors([&] { static_cast<void>(data::from_npy({bytes, size}, "fuzz.npy", fuzz::kLimit)); });
}
