// Waits until one of some files changes. Folders are watched, not files: editors save by writing anew and renaming.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <set>
#include <string>

#include "base/cancel.hpp"

namespace convreel::live {

class FileWatch {
 public:
  /// Throws Error{run_time} when the system has no inotify to give.
  FileWatch();
  ~FileWatch();
  FileWatch(const FileWatch&) = delete;
  FileWatch& operator=(const FileWatch&) = delete;

  /// Follows these files and no others. A file, its folder or what a link leads to may be missing: their coming is a
  /// change too. True when a folder is watched that was not before, so that a change may have been missed.
  bool follow(const std::set<std::filesystem::path>& files);

  /// Returns after a change, once the files have been quiet for a moment. Throws Error{interrupted} on `cancel`.
  void wait(const base::Cancel& cancel);

 private:
  using Names = std::map<int, std::set<std::string>>;  ///< what is of interest in a watched folder

  void add(const std::filesystem::path& file, Names& names);
  /// Whether something of interest happened within that time.
  bool changed_within(std::chrono::milliseconds time);
  bool read_events();

  int descriptor_;
  Names names_;
};

}  // namespace convreel::live
