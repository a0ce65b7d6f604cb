#include "data/readers.hpp"
#include "fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace convreel;
  return fuzz::expecting_errors(
      [&] { static_cast<void>(data::from_json(fuzz::text_of(bytes, size), "fuzz.json", fuzz::kLimit)); });
}
