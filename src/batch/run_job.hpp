// One job to its files: frames are painted once for every exporter that shares size and motion.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/cancel.hpp"
#include "base/progress.hpp"
#include "batch/timings.hpp"
#include "job/job.hpp"

namespace convreel::batch {

struct Settings {
  int threads = 0;  ///< 0: all cores. Never changes a byte.
  std::string version;
  Timings* timings = nullptr;  ///< told where the time went, when given
};

/// A file that was written.
struct Written {
  std::string path;
  std::uint64_t bytes = 0;
  std::string digest{};
  std::string note{};      ///< what was done otherwise than asked, for those who want to know; mostly empty
  std::string given_up{};  ///< what --max-bytes cost; always to be told
  std::string left_out{};  ///< that numbers are too small to be painted; always to be told
};

/// The picture that the files show.
struct Picture {
  std::string title, alt;
  int width = 0, height = 0;  ///< on a page, in CSS pixels
  std::size_t stills = 1;     ///< pages of the PDF, beats of the player
};

struct Made {
  std::vector<Written> files;
  std::optional<Picture> picture;  ///< none where no output draws
};

/// Writes every output of `job`, each whole or not at all. Formats are resolved (job.outputs[i].format is set).
/// Throws base::Error; files that were complete by then stay.
Made run_job(const job::Job& job, const Settings& settings, base::Progress& progress, const base::Cancel& cancel);

}  // namespace convreel::batch
