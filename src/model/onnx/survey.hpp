// What a protobuf file would take in memory, found before any of it is taken: two bytes of a hostile file may stand for
// an object of hundreds.
#pragma once

#include <google/protobuf/descriptor.h>
#include <google/protobuf/io/zero_copy_stream.h>

#include <cstdint>

namespace convreel::model {

enum class Surveyed { fits, broken, too_large };

/// Walks a message of that type. `limit` holds for all but the bytes of the file itself.
[[nodiscard]] Surveyed survey(google::protobuf::io::ZeroCopyInputStream& stream,
                              const google::protobuf::Descriptor* type, std::int64_t limit);

}  // namespace convreel::model
