#include "encode/media.hpp"

#include <dlfcn.h>
#include <fmt/format.h>

#include <cstdlib>
#include <system_error>

#include "base/error.hpp"

namespace convreel::encode {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kModuleFile = "convreel-libav.so";

/// Beside the program first, so that a build tree and a moved installation find their own module. The tests run other
/// programs than ours and say where the module lies through the environment: the one such read below the command line.
std::vector<fs::path> search_folders() {
  std::vector<fs::path> folders;
  if (const char* named = std::getenv("CONVREEL_MODULE_PATH")) folders.emplace_back(named);
  std::error_code failed;
  const fs::path program = fs::read_symlink("/proc/self/exe", failed);
  if (!failed) {
    folders.push_back(program.parent_path() / ".." / "lib");
    folders.push_back(program.parent_path() / ".." / "lib" / "convreel");
    folders.push_back(program.parent_path());
  }
  folders.emplace_back(CONVREEL_MODULE_DIR);
  return folders;
}

fs::path module_file() {
  std::error_code failed;
  for (const fs::path& folder : search_folders())
    if (fs::exists(folder / kModuleFile, failed)) return folder / kModuleFile;
  throw base::Error(base::ErrorKind::missing, fmt::format("the video module {} is not installed", kModuleFile),
                    fmt::format("it belongs into {}, or beside the program", CONVREEL_MODULE_DIR));
}

[[noreturn]] void refuse(const fs::path& file, std::string_view reason) {
  throw base::Error(base::ErrorKind::missing,
                    fmt::format("the video module {} cannot be opened: {}", file.string(), reason),
                    "install FFmpeg's libraries (Debian: apt install ffmpeg)");
}

/// The module stays open for the life of the process: libav has threads and tables of its own.
Media* open_module() {
  const fs::path file = module_file();
  void* const module = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!module) refuse(file, dlerror());
  const auto open = reinterpret_cast<OpenMedia>(dlsym(module, kOpenMediaSymbol));
  if (!open) refuse(file, dlerror());
  Media* const opened = open(kMediaRevision);
  if (!opened) refuse(file, "it belongs to another version of convreel");
  return opened;
}

}  // namespace

Media& media() {
  static Media* const opened = open_module();
  return *opened;
}

}  // namespace convreel::encode
