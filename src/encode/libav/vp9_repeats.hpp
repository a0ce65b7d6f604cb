// Repeats in a VP9 stream: a frame of one byte that shows what a reference holds (show_existing_frame).
#pragma once

#include "encode/libav/repeats.hpp"

namespace convreel::encode::libav {

class Vp9Repeats final : public Repeats {
 public:
  /// Finds where the decoder keeps the picture.
  [[nodiscard]] Packet coded(Packet packet) override;
  [[nodiscard]] Packet repeat() override;

 private:
  unsigned slot_ = 0;  ///< of the references, that holds the picture before
};

}  // namespace convreel::encode::libav
