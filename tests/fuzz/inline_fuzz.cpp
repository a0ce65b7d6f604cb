#include "data/readers.hpp"
#include "fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace convreel;
  return fuzz::expecting_errors([&] {
    // The first byte chooses the number of axes.
    if (size > 0)
      static_cast<void>(data::from_inline(fuzz::text_of(bytes + 1, size - 1), 1 + bytes[0] % 2, "fuzz", fuzz::kLimit));
  });
}
