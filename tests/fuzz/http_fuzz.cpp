// A request to the page of --watch.
#include <algorithm>

#include "fuzz.hpp"
#include "live/http.hpp"

namespace convreel::fuzz {

CONVREEL_FUZZ(http) {
  const live::Request request = live::parse_request(text_of(bytes), 8000);
  if (request.status != live::Status::ok) return;
  const auto control = [](unsigned char c) { return c < 0x20 || c == 0x7F; };
  hold(std::ranges::none_of(request.path, control), "a path has no control bytes");
  hold(live::percent_decoded(live::percent_encoded(request.path)) == request.path, "an escaped path is itself again");
  static_cast<void>(live::media_type(request.path));
  for (const std::uint64_t size : {0U, 1U, 1000U})
    if (const auto span = request.range ? live::resolved(*request.range, size) : std::nullopt)
      hold(span->length > 0 && span->first < size && span->length <= size - span->first, "a range lies in the file");
}

}  // namespace convreel::fuzz
