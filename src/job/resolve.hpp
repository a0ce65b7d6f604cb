// Decides everything a person left open, and refuses what cannot be, before a file is touched.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>

#include "base/image.hpp"
#include "job/job.hpp"
#include "job/job_spec.hpp"

namespace convreel::job {

/// What resolve() needs from other rooms. Decoding pictures is libav's work, which this room does not know.
struct Tools {
  /// Decodes a picture's bytes (premultiplied ARGB), then resizes it when width > 0.
  std::function<base::Image(std::span<const std::uint8_t> bytes, std::string_view label, int width, int height)>
      read_image;
};

/// Throws Error{impossible} with every problem of the layer or its data, Error{usage} for contradicting options.
/// `outputs` stay empty: reading them takes the format table, which the caller knows. So do `show.views` when nobody
/// named one.
[[nodiscard]] Job resolve(const JobSpec& spec, const Tools& tools);

/// The limits that sizes are held to before memory is taken.
inline constexpr std::int64_t kMaxMapValues = std::int64_t{1} << 24;  ///< values of one map or kernel
inline constexpr std::int64_t kMaxAxis = 1 << 16;                     ///< cells along one axis
inline constexpr std::int64_t kMaxTerms = std::int64_t{1} << 32;      ///< products of the whole layer

}  // namespace convreel::job
