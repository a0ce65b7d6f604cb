// What a live page shows: its HTML and the only files that may be asked for.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>

namespace convreel::live {

struct Page {
  std::string path;  ///< where the page lies among its files, "index.html"; relative links start there
  std::string html;
  /// What the server gives out, by path; nothing else on the disk can be named.
  std::map<std::string, std::filesystem::path> files;
};

/// How the work behind the page stands.
enum class State { busy, ready, failed };

/// All that is told to browsers.
struct Site {
  std::shared_ptr<const Page> page;  ///< never null
  std::string version;               ///< of the page: another one calls for a reload
  State state = State::busy;
  std::string message;     ///< what failed
  std::uint64_t news = 0;  ///< counts changes of any of these
};

}  // namespace convreel::live
