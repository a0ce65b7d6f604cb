// An ONNX file, read by the ONNX library's protobuf: a module that is opened at first use, so that nobody else pays for
// loading it.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/limits.hpp"
#include "model/graph.hpp"

namespace convreel::model {

class ModelFile {
 public:
  virtual ~ModelFile() = default;
  [[nodiscard]] virtual const Graph& graph() const = 0;
  /// Throws Error{impossible} where the file does not hold what the tensor claims.
  virtual void check(const Tensor& tensor) const = 0;
  /// The tensor's numbers, at most `most` of them. Throws Error{impossible}.
  [[nodiscard]] virtual std::vector<double> values(const Tensor& tensor, std::int64_t most) const = 0;
};

/// The module's face.
class ModelReader {
 public:
  virtual ~ModelReader() = default;
  /// Throws Error{impossible} with a reason for what is no model.
  [[nodiscard]] virtual std::unique_ptr<ModelFile> read(const std::filesystem::path& path,
                                                        const base::Limits& limits) = 0;
  /// protobuf's, "3.21.12".
  [[nodiscard]] virtual std::string version() = 0;
};

inline constexpr int kReaderRevision = 1;
inline constexpr const char* kOpenReaderSymbol = "convreel_open_model_reader";

/// Opens the module once; later calls return the same. Throws Error{missing} when it cannot be opened.
[[nodiscard]] ModelReader& reader();

}  // namespace convreel::model
