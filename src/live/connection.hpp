// One browser's connection: reads one request, answers it, and closes; or stays and tells events (server-sent events).
// Never blocks; the server polls it.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "live/http.hpp"
#include "live/page.hpp"

namespace convreel::live {

/// Where a page listens; no file can have this name.
inline constexpr const char* kEvents = ".convreel/events";

class Connection {
 public:
  using Clock = std::chrono::steady_clock;

  /// Takes over the descriptor of a socket that does not block.
  Connection(int socket, std::uint16_t port) : socket_(socket), port_(port), since_(Clock::now()) {}
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  [[nodiscard]] int socket() const { return socket_; }
  /// What to poll for.
  [[nodiscard]] short wants() const;
  /// Does what can be done now: `ready` is what poll() said, `site` the present state.
  void serve(short ready, const Site& site);
  [[nodiscard]] bool over() const { return over_; }

 private:
  void receive(const Site& site);
  void answer(const Request& request, const Site& site);
  void send_text(Status status, std::string_view type, std::string_view body, std::string_view more = {});
  void send_file(const std::filesystem::path& path, const Request& request);
  void listen(const Site& site);
  void tell(const Site& site);
  void flush();
  void flush_file();
  void drop_if_late();

  int socket_, file_ = -1;
  std::uint16_t port_;
  Clock::time_point since_;  ///< of the last progress
  std::string received_, pending_;
  std::uint64_t file_at_ = 0, file_left_ = 0, told_ = 0;
  bool answered_ = false, listening_ = false, over_ = false;
};

}  // namespace convreel::live
