// What people read: errors, hints, notes and progress on stderr. Results go to stdout and not through here.
#pragma once

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/progress.hpp"

namespace convreel::cli {

struct ConsoleSettings {
  bool colour = false;
  bool quiet = false;
  bool verbose = false;
  std::string progress = "auto";
};

/// Whether messages are coloured: --color, then NO_COLOR, then CLICOLOR_FORCE, then a terminal on stderr.
[[nodiscard]] bool use_colour(std::string_view when, bool terminal);

class Console {
 public:
  explicit Console(ConsoleSettings settings);
  ~Console();
  Console(const Console&) = delete;
  Console& operator=(const Console&) = delete;

  /// "error: ..." and "hint: ..." for every problem.
  void error(const base::Error& error);
  /// "note: ..." unless quiet; the same text is told once.
  void note(std::string_view text);
  /// A plain line unless quiet.
  void line(std::string_view text);
  /// A plain line when verbose.
  void detail(std::string_view text);

  [[nodiscard]] base::Progress& progress();

 private:
  void print(std::string_view label, std::string_view colour, std::string_view text);

  ConsoleSettings settings_;
  std::unique_ptr<base::Progress> progress_;
  std::set<std::string, std::less<>> noted_;
};

}  // namespace convreel::cli
