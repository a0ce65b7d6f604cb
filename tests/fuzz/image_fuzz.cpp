// A picture's bytes, PNG, JPEG, WebP or GIF, as an input's values.
#include "data/picture.hpp"
#include "encode/media.hpp"
#include "fuzz.hpp"

namespace convreel::fuzz {

CONVREEL_FUZZ(image) {
  const base::Image image = encode::media().decode_image(bytes, "fuzz.png", kLimit);
  hold(image.width > 0 && image.height > 0 && std::int64_t{image.width} * image.height <= kLimit &&
           image.pixels.size() == static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height),
       "a picture has its pixels");
  static_cast<void>(data::map_of(encode::media().resize(image.view(), 3, 2), 3));
  static_cast<void>(data::map_of(image, 1));
  const base::Image turned = data::upright(image, data::orientation_of(bytes, "fuzz.png"));
  hold(turned.pixels.size() == image.pixels.size(), "a turned picture has as many");
}

}  // namespace convreel::fuzz
