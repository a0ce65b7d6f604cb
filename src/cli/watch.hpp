// --watch: makes again what a change calls for, goes on after errors, and shows the result on a live page.
#pragma once

#include <filesystem>
#include <functional>
#include <set>

#include "cli/command.hpp"
#include "live/page.hpp"

namespace convreel::cli {

/// What is made again and again.
class Rounds {
 public:
  virtual ~Rounds() = default;

  /// The files whose change calls for another round, as far as they are known now; never throws base::Error, so that a
  /// broken job file is followed until it is mended.
  [[nodiscard]] virtual std::set<std::filesystem::path> sources() = 0;

  using Show = std::function<void(live::Page)>;
  /// Makes what has changed since the last time, and shows the page if anything has. Throws base::Error.
  virtual void make(const Show& show) = 0;
};

/// Works until it is interrupted: throws Error{interrupted} then, Error{usage} when there is no file to watch.
[[noreturn]] void watch(const Session& session, Rounds& rounds);

/// Whether --watch was given. Throws Error{usage} for --port without it.
[[nodiscard]] bool watches(const CommandLine& line);

}  // namespace convreel::cli
