// Repeats in an AV1 stream: a frame header that shows what a reference holds (show_existing_frame). A key frame shown
// that way would begin the stream anew, and only once: it is coded once more, as a frame that differs in nothing.
#pragma once

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
  /// Finds where the decoder keeps the picture.
  [[nodiscard]] Packet coded(Packet packet) override;
  [[nodiscard]] Packet repeat() override;
  [[nodiscard]] bool repeats_keys() const override { return false; }

 private:
  Av1Form form_;
  unsigned slot_ = 0;  ///< of the references, that holds the picture before
};

}  // namespace convreel::encode::libav
