// What an output would cost, held to the job's limits before anything is painted.
#pragma once

#include <cstdint>
#include <vector>

#include "batch/plan.hpp"
#include "job/job.hpp"
#include "views/reel/reel.hpp"

namespace convreel::batch {

/// About what an output of so many pixels takes of memory at most, made with so many threads.
[[nodiscard]] std::uint64_t memory_of(const job::Output& output, double pixels, int threads);
/// A job by itself: the program, fonts, trace, scenes.
inline constexpr std::uint64_t kPlainMemory = std::uint64_t{24} << 20;

/// Throws Error{impossible} when the output would hold more pictures than the limit of frames.
void hold_pictures(const job::Job& job, const job::Output& output, const Look& look, const views::Reel& reel);
/// Throws Error{impossible} when those that are made together would take more memory than its limit.
void hold_memory(const job::Job& job, const std::vector<job::Output>& together, const paint::Raster& raster,
                 int threads);

}  // namespace convreel::batch
