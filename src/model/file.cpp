#include "model/file.hpp"

#include "base/module.hpp"

namespace convreel::model {

ModelReader& reader() {
  static ModelReader* const opened =
      static_cast<ModelReader*>(base::open_module({"convreel-onnx.so", kOpenReaderSymbol, kReaderRevision, "ONNX",
                                                   "install the ONNX library (Debian: apt install libonnx1)"}));
  return *opened;
}

}  // namespace convreel::model
