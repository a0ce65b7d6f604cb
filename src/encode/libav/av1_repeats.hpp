// Repeats in an AV1 stream: a frame header that shows what a reference holds (show_existing_frame). SVT-AV1 keeps every
// second picture, and a key frame shown that way would begin the stream anew: of two copies one can be repeated, of the
// first picture the third.
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
  [[nodiscard]] int copies(bool first) const override { return first ? 3 : 2; }
  /// Finds where the decoder keeps the picture.
  [[nodiscard]] Packet coded(Packet packet) override;
  [[nodiscard]] bool repeatable() const override { return slot_.has_value(); }
  [[nodiscard]] Packet repeat() override;

 private:
  Av1Form form_;
  std::optional<unsigned> slot_;  ///< of the references, that holds the picture before
};

}  // namespace convreel::encode::libav
