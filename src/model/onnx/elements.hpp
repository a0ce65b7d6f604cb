// The numbers of an ONNX tensor: in the file itself, or in another one that lies beside it.
#pragma once

#include <onnx/onnx_pb.h>

#include <cstdint>
#include <filesystem>
#include <vector>

#include "model/graph.hpp"

namespace convreel::model {

/// At most `most` numbers; `folder` is the model's. Throws Error{impossible}: more are claimed, or fewer are there, the
/// elements are no real numbers, or the other file does not lie in that folder.
[[nodiscard]] std::vector<double> numbers_of(const onnx::TensorProto& tensor, const std::filesystem::path& folder,
                                             std::int64_t most);
/// What numbers_of() would refuse, without reading them.
void check_numbers(const onnx::TensorProto& tensor, const std::filesystem::path& folder);
/// numbers_of() reads all but the other ones.
[[nodiscard]] Elements elements_of(const onnx::TensorProto& tensor);

}  // namespace convreel::model
