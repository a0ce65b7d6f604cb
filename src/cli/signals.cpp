#include "cli/signals.hpp"

#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <csignal>
#include <string_view>

#include "base/atomic_file.hpp"

namespace convreel::cli {
namespace {

std::atomic<pthread_t> waiting_thread{};
static_assert(std::atomic<pthread_t>::is_always_lock_free, "read in a signal handler");

constexpr unsigned kGraceSeconds = 5;

void write_words(std::string_view text) { static_cast<void>(!write(STDERR_FILENO, text.data(), text.size())); }

void handle(int signal, void (*handler)(int), int flags) {
  struct sigaction action {};
  action.sa_handler = handler;
  action.sa_flags = flags;
  sigaction(signal, &action, nullptr);
}

constexpr auto kOnce = static_cast<int>(SA_RESETHAND);

/// What the signal does by itself follows.
extern "C" void on_second_signal(int signal) {
  base::remove_temporaries();
  raise(signal);
}

extern "C" void on_signal(int signal) {
  handle(signal, on_second_signal, kOnce);
  if (base::Cancel* cancel = base::cancel_of_process.load()) cancel->request();
  // Whoever waits for a pipe is woken, though another thread took the signal.
  if (pthread_equal(pthread_self(), waiting_thread.load()) == 0) pthread_kill(waiting_thread.load(), SIGURG);
}

extern "C" void on_wake(int) {}

extern "C" void on_alarm(int) {
  base::Cancel* cancel = base::cancel_of_process.load();
  if (cancel && !cancel->requested()) {
    cancel->expire();
    alarm(kGraceSeconds);
    return;
  }
  write_words(
      "error: the time is over, and what was begun could not be stopped otherwise\n"
      "hint: --limit seconds=NUMBER allows more\n");
  base::remove_temporaries();
  _exit(1);
}

extern "C" void on_memory_fault(int) {
  write_words(
      "error: out of memory: a library could not go on with what this process may take\n"
      "hint: allow more (ulimit -v, --limit memory), make the picture smaller, or use -j 1\n");
  base::remove_temporaries();
  _exit(1);
}

bool limited(__rlimit_resource_t resource) {
  rlimit limit{};
  return getrlimit(resource, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY;
}

}  // namespace

void cancel_on_signals(base::Cancel& cancel) {
  base::cancel_of_process.store(&cancel);
  waiting_thread.store(pthread_self());
  handle(SIGURG, on_wake, 0);
  handle(SIGINT, on_signal, 0);
  handle(SIGTERM, on_signal, 0);
  struct sigaction hang_up {};
  sigaction(SIGHUP, nullptr, &hang_up);
  if (hang_up.sa_handler != SIG_IGN) handle(SIGHUP, on_signal, 0);  // nohup wants us to live on
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
}

void end_after(long seconds, base::Cancel& cancel) {
  cancel.limit_time(seconds);
  handle(SIGALRM, on_alarm, SA_RESTART);
  alarm(static_cast<unsigned>(seconds));
}

void tell_of_memory_faults() {
  if (!limited(RLIMIT_AS) && !limited(RLIMIT_DATA)) return;
  static std::array<char, 1 << 14> stack;  // the usual one may be what could not grow
  stack_t other{};
  other.ss_sp = stack.data();
  other.ss_size = stack.size();
  sigaltstack(&other, nullptr);
  for (const int signal : {SIGABRT, SIGTRAP, SIGSEGV, SIGBUS}) handle(signal, on_memory_fault, SA_ONSTACK);
}

}  // namespace convreel::cli
