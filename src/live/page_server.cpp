#include "live/page_server.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <system_error>
#include <utility>
#include <vector>

#include "base/assets.hpp"
#include "base/error.hpp"

namespace convreel::live {

namespace {

using base::Error;
using base::ErrorKind;

/// How long a poll lasts at most, so that late connections are dropped.
constexpr int kTickMilliseconds = 1000;

/// A listening socket on loopback; -1 with errno set.
int listener_at(std::uint16_t port) {
  const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (descriptor < 0) return -1;
  const int yes = 1;
  setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  if (bind(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 && listen(descriptor, 32) == 0)
    return descriptor;
  const int problem = errno;
  close(descriptor);
  errno = problem;
  return -1;
}

int listener_for(std::optional<std::uint16_t> port) {
  int descriptor = listener_at(port.value_or(kUsualPort));
  if (descriptor < 0 && !port) descriptor = listener_at(0);
  if (descriptor >= 0) return descriptor;
  throw Error(
      ErrorKind::run_time,
      fmt::format("cannot listen on 127.0.0.1:{}: {}", port.value_or(0), std::generic_category().message(errno)),
      "leave out --port for a free one");
}

std::uint16_t port_of(int listener) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(address.sin_port);
}

/// Signals are for the thread that works.
void block_signals() {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, nullptr);
}

}  // namespace

PageServer::PageServer(std::optional<std::uint16_t> port) : listener_(listener_for(port)) {
  port_ = port_of(listener_);
  wake_ = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  show({"index.html", std::string(base::asset("player/waiting.html").value_or("")), {}});
  tell(State::busy);
  thread_ = std::thread([this] { run(); });
}

PageServer::~PageServer() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake();
  thread_.join();
  connections_.clear();
  close(listener_);
  close(wake_);
}

void PageServer::show(Page page) {
  {
    const std::lock_guard lock(mutex_);
    site_.page = std::make_shared<const Page>(std::move(page));
    site_.version = fmt::format("{}-{}", getpid(), ++pages_);
    ++site_.news;
  }
  wake();
}

void PageServer::tell(State state, std::string message) {
  {
    const std::lock_guard lock(mutex_);
    site_.state = state;
    site_.message = std::move(message);
    ++site_.news;
  }
  wake();
}

void PageServer::wake() noexcept {
  const std::uint64_t one = 1;
  static_cast<void>(!write(wake_, &one, sizeof one));
}

Site PageServer::site() const {
  const std::lock_guard lock(mutex_);
  return site_;
}

/// A fault here must not end the work that the page is about; browsers come again.
void PageServer::run() noexcept {
  block_signals();
  for (;;) {
    {
      const std::lock_guard lock(mutex_);
      if (ending_) return;
    }
    try {
      poll_all();
    } catch (const std::exception&) {
      connections_.clear();
    }
  }
}

void PageServer::poll_all() {
  std::vector<pollfd> polled{{wake_, POLLIN, 0}, {listener_, static_cast<short>(full_ ? 0 : POLLIN), 0}};
  full_ = false;
  for (const Connection& one : connections_) polled.push_back({one.socket(), one.wants(), 0});
  if (poll(polled.data(), polled.size(), kTickMilliseconds) < 0) return;
  std::uint64_t count = 0;
  if (polled[0].revents & POLLIN) static_cast<void>(!read(wake_, &count, sizeof count));
  const Site now = site();
  std::size_t i = 2;
  for (Connection& one : connections_) one.serve(polled[i++].revents, now);
  connections_.remove_if([](const Connection& one) { return one.over(); });
  if (polled[1].revents & POLLIN) welcome();
}

void PageServer::welcome() {
  const int descriptor = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
  full_ = descriptor < 0 && errno != EAGAIN;  // no file handle left: the next tick may have one
  if (descriptor < 0) return;
  if (connections_.size() >= kMostConnections)
    close(descriptor);
  else
    connections_.emplace_back(descriptor, port_);
}

}  // namespace convreel::live
