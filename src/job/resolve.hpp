// Decides everything a person left open, and refuses what cannot be, before a file is touched.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/image.hpp"
#include "job/job.hpp"
#include "job/job_spec.hpp"

namespace convreel::job {

/// A part of a model, and what is to be said of it.
struct ModelPart {
  std::string name, note;
  std::optional<Chain> chain;
};

/// What resolve() needs from other rooms. Decoding pictures is libav's work, which this room does not know.
struct Tools {
  /// Decodes a picture's bytes (premultiplied ARGB), then resizes it when width > 0.
  std::function<base::Image(std::span<const std::uint8_t> bytes, std::string_view label, int width, int height,
                            const base::Limits& limits)>
      read_image;
  /// The part that a spec names, by the room that knows models.
  std::function<ModelPart(const JobSpec&, const Tools&)> read_model;
  std::function<void(const std::string&)> note;  ///< something worth a word; may be left out
};

/// Throws Error{impossible} with every problem of the layer or its data, Error{usage} for contradicting options.
/// `outputs` stay empty: reading them takes the format table, which the caller knows. So do `show.views` when nobody
/// named one.
[[nodiscard]] Job resolve(const JobSpec& spec, const Tools& tools);

/// The input of a chain whose first layer teaches like `teacher`, with `channels` unless the options or values say
/// otherwise. Throws Error{impossible}, Error{usage}.
[[nodiscard]] numerics::Map chain_input(const JobSpec& spec, const LayerName& teacher, std::int64_t channels,
                                        const Tools& tools);
/// Sizes as written, for that many axes. Throws Error{usage} for a wrong count.
[[nodiscard]] numerics::Cell cell_of(std::string_view option, const Sizes& sizes, const LayerName& layer);

}  // namespace convreel::job
