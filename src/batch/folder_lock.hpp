// One sweep a folder: a second one is told, nothing mixes. Shards of one sweep may share it, each part once.
// The lock is a file that the system frees when its holder ends, however it ends; works over NFS (flock).
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "batch/manifest.hpp"

namespace convreel::batch {

class FolderLock {
 public:
  /// Makes the folder. Throws Error{run_time} when another holds it, with its process number where it is known, when
  /// the folder cannot be written or when the lock's file is a link; and what hold_inside() throws.
  FolderLock(const std::filesystem::path& folder, const std::optional<Shard>& shard, const base::Limits& limits);
  /// Frees the lock and removes its file unless others hold it too.
  ~FolderLock();
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  struct Held {
    std::filesystem::path path;
    int descriptor = -1;
  };
  void hold(const std::filesystem::path& path, int how);
  void release() noexcept;

  std::filesystem::path folder_;
  std::vector<Held> held_;
};

}  // namespace convreel::batch
