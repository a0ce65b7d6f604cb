#include "cli/key_terminal.hpp"

#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <string_view>
#include <utility>

#include "base/error.hpp"

namespace convreel::cli {
namespace {

constexpr int kLookAroundMs = 200;  // how soon a new size or a signal that came between two calls is seen
constexpr std::string_view kEnter = "\x1b[?1049h\x1b[?25l";  // a screen of its own, no cursor
constexpr std::string_view kLeave = "\x1b[?25h\x1b[?1049l";

using Row = std::pair<std::string_view, Typed>;
// Longer sequences first.
constexpr std::array kKeys{
    Row{"\x1b[1~", Typed::first}, Row{"\x1b[4~", Typed::last},    Row{"\x1b[5~", Typed::previous},
    Row{"\x1b[6~", Typed::next},  Row{"\x1b[C", Typed::next},     Row{"\x1b[D", Typed::previous},
    Row{"\x1b[B", Typed::next},   Row{"\x1b[A", Typed::previous}, Row{"\x1b[H", Typed::first},
    Row{"\x1b[F", Typed::last},   Row{"\x1bOC", Typed::next},     Row{"\x1bOD", Typed::previous},
    Row{"\x1bOB", Typed::next},   Row{"\x1bOA", Typed::previous}, Row{"\x1bOH", Typed::first},
    Row{"\x1bOF", Typed::last},   Row{" ", Typed::next},          Row{"\r", Typed::next},
    Row{"\n", Typed::next},       Row{"l", Typed::next},          Row{"n", Typed::next},
    Row{"h", Typed::previous},    Row{"p", Typed::previous},      Row{"\x7f", Typed::previous},
    Row{"g", Typed::first},       Row{"G", Typed::last},          Row{"q", Typed::quit},
    Row{"\x04", Typed::quit},
};

/// Length of an escape sequence that means nothing here, so that its letters are not read as keys.
std::size_t sequence_length(std::string_view typed) {
  if (typed.size() < 3 || typed.front() != '\x1b' || (typed[1] != '[' && typed[1] != 'O')) return 1;
  const std::size_t end = typed.find_first_not_of("0123456789;?", 2);
  return end == typed.npos ? typed.size() : end + 1;
}

/// A signal handler may not use anything else, and a destructor may not throw.
void say(std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(STDOUT_FILENO, text.data(), text.size());
    if (written < 0 && errno != EINTR) return;
    if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
  }
}

}  // namespace

Typed take_key(std::string& typed) {
  for (const auto& [keys, meaning] : kKeys)
    if (typed.starts_with(keys)) {
      typed.erase(0, keys.size());
      return meaning;
    }
  const bool escape = typed == "\x1b";
  typed.erase(0, sequence_length(typed));
  return escape ? Typed::quit : Typed::nothing;
}

bool KeyTerminal::usable() {
  const char* name = std::getenv("TERM");
  return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO) && name && *name && std::string_view(name) != "dumb";
}

KeyTerminal::KeyTerminal() {
  if (tcgetattr(STDIN_FILENO, &before_) < 0) throw base::Error(base::ErrorKind::run_time, "stdin is no terminal");
  termios keys = before_;
  keys.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);  // ISIG stays: Ctrl-C is a signal like any other
  keys.c_cc[VSUSP] = keys.c_cc[VQUIT] = _POSIX_VDISABLE;  // they would leave without putting things back
  keys.c_cc[VMIN] = 0;
  keys.c_cc[VTIME] = 0;
  tcsetattr(STDIN_FILENO, TCSAFLUSH, &keys);
  say(kEnter);
  known_ = size();
}

KeyTerminal::~KeyTerminal() {
  say(kLeave);
  tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
}

TerminalSize KeyTerminal::size() const {
  winsize window{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &window) < 0 || window.ws_col == 0 || window.ws_row == 0) return {};
  return {window.ws_col, window.ws_row};
}

/// Reads what was typed; false once the terminal is gone.
bool KeyTerminal::fill() {
  pollfd input{STDIN_FILENO, POLLIN, 0};
  if (poll(&input, 1, kLookAroundMs) <= 0) return true;
  std::array<char, 64> bytes{};
  const ssize_t count = read(STDIN_FILENO, bytes.data(), bytes.size());
  if (count > 0) typed_.append(bytes.data(), static_cast<std::size_t>(count));
  return count > 0 || (count < 0 && errno == EINTR);
}

Key KeyTerminal::wait(const base::Cancel& cancel) {
  for (;;) {
    cancel.check();
    if (const TerminalSize now = size(); now != known_) {
      known_ = now;
      return Key::resized;
    }
    if (typed_.empty() && !fill()) return Key::quit;
    if (typed_.empty()) continue;
    switch (take_key(typed_)) {
      case Typed::next:
        return Key::next;
      case Typed::previous:
        return Key::previous;
      case Typed::first:
        return Key::first;
      case Typed::last:
        return Key::last;
      case Typed::quit:
        return Key::quit;
      case Typed::nothing:
        break;
    }
  }
}

}  // namespace convreel::cli
