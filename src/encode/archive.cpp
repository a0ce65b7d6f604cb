#include "encode/archive.hpp"

#include "base/module.hpp"

namespace convreel::encode {

Archiver& archiver() {
  static Archiver* const opened =
      static_cast<Archiver*>(base::open_module({"convreel-zip.so", kOpenArchiverSymbol, kArchiverRevision, "archive",
                                                "install libzip (Debian: apt install libzip4)"}));
  return *opened;
}

}  // namespace convreel::encode
