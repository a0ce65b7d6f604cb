#include "encode/media.hpp"

#include "base/module.hpp"

namespace convreel::encode {

Media& media() {
  static Media* const opened =
      static_cast<Media*>(base::open_module({"convreel-libav.so", kOpenMediaSymbol, kMediaRevision, "video",
                                             "install FFmpeg's libraries (Debian: apt install ffmpeg)"}));
  return *opened;
}

}  // namespace convreel::encode
