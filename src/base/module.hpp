// Parts of the program that are opened at first use, so that nothing else pays for loading the libraries below them.
#pragma once

#include <string_view>

namespace convreel::base {

/// How one is found, and what to say when it cannot be opened.
struct Module {
  const char* file;         ///< "convreel-libav.so"
  const char* symbol;       ///< its one function: void* (int revision), null when it speaks another revision
  int revision;             ///< bumped whenever its face changes, so that an old module is refused rather than misread
  std::string_view what;    ///< "video"
  std::string_view remedy;  ///< what to install
};

/// What the module's function gives. The module stays open for the life of the process: its libraries have threads and
/// tables of their own. Throws Error{missing} with the loader's words when it cannot be opened.
[[nodiscard]] void* open_module(const Module& module);

}  // namespace convreel::base
