#include "cli/signals.hpp"

#include <atomic>
#include <csignal>

namespace convreel::cli {
namespace {

// A signal handler takes no argument, so this one pointer has to be global.
std::atomic<base::Cancel*> requested{nullptr};
static_assert(std::atomic<base::Cancel*>::is_always_lock_free, "read in a signal handler");

extern "C" void on_signal(int) {
  if (base::Cancel* cancel = requested.load()) cancel->request();
}

}  // namespace

void cancel_on_signals(base::Cancel& cancel) {
  requested.store(&cancel);
  struct sigaction action {};
  action.sa_handler = on_signal;
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  struct sigaction hang_up {};
  sigaction(SIGHUP, nullptr, &hang_up);
  if (hang_up.sa_handler != SIG_IGN) sigaction(SIGHUP, &action, nullptr);  // nohup wants us to live on
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
}

}  // namespace convreel::cli
