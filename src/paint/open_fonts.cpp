#include "paint/open_fonts.hpp"

#include <fontconfig/fontconfig.h>

#include <cstdint>
#include <mutex>

#include "base/room.hpp"

namespace convreel::paint {

void open_fonts() {
  constexpr std::uint64_t kMemory = std::uint64_t{80} << 20;
  constexpr int kFiles = 16;
  static std::mutex mutex;
  static bool open = false;
  const std::lock_guard lock(mutex);
  if (open) return;
  base::need_memory(kMemory, "fonts");
  base::need_files(kFiles, "fonts");
  FcInit();
  open = true;
}

}  // namespace convreel::paint
