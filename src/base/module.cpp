#include "base/module.hpp"

#include <dlfcn.h>
#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <vector>

#include "base/error.hpp"

namespace convreel::base {

namespace {

namespace fs = std::filesystem;

/// Beside the program first, so that a build tree and a moved installation find their own modules. The tests run other
/// programs than ours and say where they lie through the environment: the one such read below the command line.
std::vector<fs::path> search_folders() {
  std::vector<fs::path> folders;
  // Not where we run with another one's rights, and never a relative one: what is opened is run.
  if (const char* named = secure_getenv("CONVREEL_MODULE_PATH"); named && fs::path(named).is_absolute())
    folders.emplace_back(named);
  std::error_code failed;
  const fs::path program = fs::read_symlink("/proc/self/exe", failed);
  if (!failed) {
    folders.push_back(program.parent_path() / ".." / "lib");
    folders.push_back(program.parent_path() / ".." / CONVREEL_LIBDIR / "convreel");
    folders.push_back(program.parent_path());
  }
  // Where we are a library of another program: beside that.
  if (Dl_info us{}; dladdr(reinterpret_cast<const void*>(&open_module), &us) && us.dli_fname)
    folders.push_back(fs::path(us.dli_fname).parent_path());
  folders.emplace_back(CONVREEL_MODULE_DIR);
  return folders;
}

fs::path file_of(const Module& module) {
  std::error_code failed;
  for (const fs::path& folder : search_folders())
    if (fs::exists(folder / module.file, failed)) return folder / module.file;
  throw Error(ErrorKind::missing, fmt::format("the {} module {} is not installed", module.what, module.file),
              fmt::format("it belongs into {}, or beside the program", CONVREEL_MODULE_DIR));
}

[[noreturn]] void refuse(const Module& module, const fs::path& file, std::string_view reason) {
  throw Error(ErrorKind::missing,
              fmt::format("the {} module {} cannot be opened: {}", module.what, file.string(), reason),
              std::string(module.remedy));
}

}  // namespace

void* open_module(const Module& module) {
  const fs::path file = file_of(module);
  void* const library = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!library) refuse(module, file, dlerror());
  const auto open = reinterpret_cast<void* (*)(int)>(dlsym(library, module.symbol));
  if (!open) refuse(module, file, dlerror());
  void* const opened = open(module.revision);
  if (!opened) refuse(module, file, "it belongs to another version of convreel");
  return opened;
}

}  // namespace convreel::base
