// The terminal while a person steps through a story: keys arrive one by one, the picture has a screen of its own. What
// was there before comes back however the session ends.
#pragma once

#include <termios.h>

#include <cstddef>
#include <string>

#include "base/cancel.hpp"

namespace convreel::cli {

enum class Key { next, previous, first, last, quit, resized };

struct TerminalSize {
  std::size_t columns = 80, rows = 24;
  bool operator==(const TerminalSize&) const = default;
};

class KeyTerminal {
 public:
  /// True when stdin and stdout are terminals that can move a cursor.
  [[nodiscard]] static bool usable();

  /// Throws Error{run_time} when stdin is no terminal.
  KeyTerminal();
  ~KeyTerminal();
  KeyTerminal(const KeyTerminal&) = delete;
  KeyTerminal& operator=(const KeyTerminal&) = delete;

  /// Waits for a key or a new size. Throws Error{interrupted} once `cancel` was requested (Ctrl-C, a signal).
  [[nodiscard]] Key wait(const base::Cancel& cancel);
  [[nodiscard]] TerminalSize size() const;

 private:
  [[nodiscard]] bool fill();

  termios before_{};
  TerminalSize known_;
  std::string typed_;  ///< read but not yet understood
};

/// The key at the beginning of `typed`, which loses it; nothing for what means nothing here.
enum class Typed { nothing, next, previous, first, last, quit };
[[nodiscard]] Typed take_key(std::string& typed);

}  // namespace convreel::cli
