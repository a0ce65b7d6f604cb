#include "model/onnx/survey.hpp"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/message.h>
#include <google/protobuf/wire_format_lite.h>

#include <limits>
#include <map>

namespace convreel::model {

namespace {

namespace pb = google::protobuf;
using Wire = pb::internal::WireFormatLite;

constexpr int kDeepest = 64;
constexpr std::int64_t kTextObject = 48, kNumber = 8, kUnknown = 64;

class Survey {
 public:
  Survey(pb::io::CodedInputStream& in, std::int64_t limit) : in_(in), left_(limit) {}

  Surveyed walk(const pb::Descriptor* type, int depth) {
    while (const std::uint32_t tag = in_.ReadTag()) {
      const pb::FieldDescriptor* field = type->FindFieldByNumber(Wire::GetTagFieldNumber(tag));
      const bool part = Wire::GetTagWireType(tag) == Wire::WIRETYPE_LENGTH_DELIMITED;
      const Surveyed found = part ? length_delimited(field, depth) : single(tag, field);
      if (found != Surveyed::fits) return found;
    }
    return in_.ConsumedEntireMessage() ? Surveyed::fits : Surveyed::broken;
  }

 private:
  Surveyed single(std::uint32_t tag, const pb::FieldDescriptor* field) {
    if (Wire::GetTagWireType(tag) == Wire::WIRETYPE_START_GROUP) return Surveyed::broken;  // no model has one
    if (!Wire::SkipField(&in_, tag)) return Surveyed::broken;
    return take(field ? kNumber : kUnknown);
  }

  Surveyed length_delimited(const pb::FieldDescriptor* field, int depth) {
    std::uint32_t length = 0;
    if (!in_.ReadVarint32(&length) || length > static_cast<std::uint32_t>(std::numeric_limits<int>::max()))
      return Surveyed::broken;
    if (field && field->cpp_type() == pb::FieldDescriptor::CPPTYPE_MESSAGE) return message(field, length, depth);
    if (!in_.Skip(static_cast<int>(length))) return Surveyed::broken;
    if (!field) return take(kUnknown);
    return take(field->cpp_type() == pb::FieldDescriptor::CPPTYPE_STRING ? kTextObject : kNumber * length);
  }

  Surveyed message(const pb::FieldDescriptor* field, std::uint32_t length, int depth) {
    if (depth == kDeepest) return Surveyed::broken;
    if (const Surveyed taken = take(object_size(field->message_type())); taken != Surveyed::fits) return taken;
    const auto limit = in_.PushLimit(static_cast<int>(length));
    const Surveyed found = walk(field->message_type(), depth + 1);
    if (found == Surveyed::fits && in_.BytesUntilLimit() != 0) return Surveyed::broken;
    in_.PopLimit(limit);
    return found;
  }

  std::int64_t object_size(const pb::Descriptor* type) {
    std::int64_t& size = sizes_[type];
    if (size == 0) {
      const pb::Message* one = pb::MessageFactory::generated_factory()->GetPrototype(type);
      size = static_cast<std::int64_t>(one->SpaceUsedLong());
    }
    return size;
  }

  Surveyed take(std::int64_t bytes) {
    left_ -= bytes;
    return left_ < 0 ? Surveyed::too_large : Surveyed::fits;
  }

  pb::io::CodedInputStream& in_;
  std::int64_t left_;
  std::map<const pb::Descriptor*, std::int64_t> sizes_;
};

}  // namespace

Surveyed survey(pb::io::ZeroCopyInputStream& stream, const pb::Descriptor* type, std::int64_t limit) {
  pb::io::CodedInputStream in(&stream);
  in.SetTotalBytesLimit(std::numeric_limits<int>::max());
  return Survey(in, limit).walk(type, 0);
}

}  // namespace convreel::model
