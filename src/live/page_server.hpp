// A page on loopback that reloads itself: serves one page and its files to browsers on this machine, from a thread of
// its own, and tells them when there is something new.
#pragma once

#include <cstdint>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "live/connection.hpp"
#include "live/page.hpp"

namespace convreel::live {

inline constexpr std::uint16_t kUsualPort = 8765;
inline constexpr std::size_t kMostConnections = 64;

class PageServer {
 public:
  /// Listens on 127.0.0.1. Without a port: the usual one, or any free one when that is taken; 0 is any free one.
  /// Throws Error{run_time} when the port cannot be had.
  explicit PageServer(std::optional<std::uint16_t> port);
  /// Hangs up on everybody.
  ~PageServer();
  PageServer(const PageServer&) = delete;
  PageServer& operator=(const PageServer&) = delete;

  [[nodiscard]] std::uint16_t port() const { return port_; }
  /// A new page, or the same one with new files: browsers load it.
  void show(Page page);
  /// Browsers are told; they keep their page.
  void tell(State state, std::string message = {});

 private:
  void wake() noexcept;
  void run() noexcept;
  void poll_all();
  void welcome();
  [[nodiscard]] Site site() const;

  std::uint16_t port_ = 0;
  int listener_ = -1, wake_ = -1;
  mutable std::mutex mutex_;
  Site site_;
  std::uint64_t pages_ = 0;
  bool ending_ = false;
  std::list<Connection> connections_;
  bool full_ = false;  ///< no file handle was left for who comes next
  std::thread thread_;
};

}  // namespace convreel::live
