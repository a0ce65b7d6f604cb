// What an output would cost, held to the job's limits before anything is painted.
#pragma once

#include <cstdint>
#include <vector>

#include "batch/plan.hpp"
#include "job/job.hpp"
#include "views/reel/reel.hpp"

namespace convreel::batch {

/// About what an output takes of memory at most, measured on GIF, WebP and x264 per pixel of the picture.
[[nodiscard]] std::uint64_t memory_of(const job::Output& output, double pixels);
/// A job by itself: fonts, trace, scenes.
inline constexpr std::uint64_t kPlainMemory = std::uint64_t{12} << 20;

/// Throws Error{impossible} with what is over its limit: pictures of one output, and the memory of those that are made
/// together.
void hold_costs(const job::Job& job, const std::vector<job::Output>& together, const Look& look,
                const views::Reel& reel, const paint::Raster& raster);

}  // namespace convreel::batch
