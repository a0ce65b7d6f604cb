// Repeats in an AV1 stream: a frame header that shows what a reference holds (show_existing_frame). SVT-AV1 codes
// groups of pictures, of which it codes the last one first and best and keeps it: a picture that stands fills its
// group, or two. A key frame shown that way would begin the stream anew.
#pragma once

#include <optional>

#include "encode/libav/repeats.hpp"

namespace convreel::encode::libav {

/// What a frame header needs to know of the sequence header.
struct Av1Form {
  enum class Choice { no, yes, each_frame };
  Choice screen_content = Choice::each_frame, whole_motion = Choice::each_frame;
  int order_bits = 0;  ///< of order_hint
};

class Av1Repeats final : public Repeats {
 public:
  explicit Av1Repeats(std::int64_t group) : group_(group) {}
  [[nodiscard]] std::int64_t copies(std::int64_t count, std::int64_t before) const override;
  /// Finds where the decoder keeps the picture.
  [[nodiscard]] Packet coded(Packet packet) override;
  [[nodiscard]] bool repeatable() const override { return slot_.has_value(); }
  [[nodiscard]] Packet repeat() override;

 private:
  std::int64_t group_;  ///< pictures; the key frame stands before the first group
  Av1Form form_;
  std::optional<unsigned> slot_;  ///< of the references, that holds the picture before
};

}  // namespace convreel::encode::libav
