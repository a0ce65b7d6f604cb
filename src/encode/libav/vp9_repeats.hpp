// Repeats in a VP9 stream: a frame of one byte that shows what a reference holds (show_existing_frame). Transparency is
// a second stream of frames, which travel beside those of the first (Matroska's BlockAdditional).
#pragma once

#include <optional>

#include "encode/libav/repeats.hpp"

namespace convreel::encode::libav {

class Vp9Repeats final : public Repeats {
 public:
  /// Finds where the decoder keeps the picture.
  [[nodiscard]] Packet coded(Packet packet) override;
  [[nodiscard]] Packet repeat() override;

 private:
  unsigned slot_ = 0;              ///< of the references, that holds the picture before
  std::optional<unsigned> alpha_;  ///< the same of its transparency
};

}  // namespace convreel::encode::libav
