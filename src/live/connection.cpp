#include "live/connection.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "base/assets.hpp"
#include "base/text.hpp"

namespace convreel::live {

namespace {

/// A request has to come, and an answer to be taken, within this time.
constexpr std::chrono::seconds kPatience{10};
/// A listener that is told nothing for so long gets a comment, which finds out whether it is still there.
constexpr std::chrono::seconds kSilence{15};

bool try_later() { return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR; }

std::string_view name(State state) {
  constexpr std::array<std::string_view, 3> kNames{"busy", "ready", "failed"};
  return kNames[static_cast<std::size_t>(state)];
}

/// The page with the script that listens, at its end.
std::string with_script(const Site& site) {
  const std::string script = fmt::format("<script data-version=\"{}\" data-events=\"/{}\">\n{}</script>\n",
                                         site.version, kEvents, base::asset("player/live.js").value_or(""));
  const std::size_t end = site.page->html.rfind("</body>");
  std::string html = site.page->html;
  return html.insert(std::min(end, html.size()), script);
}

std::string event_of(const Site& site) {
  std::string text = fmt::format("id: {}\nevent: {}\n", site.version, name(site.state));
  for (const std::string_view line : base::split(site.message, '\n')) text += fmt::format("data: {}\n", line);
  return text + "\n";
}

}  // namespace

Connection::~Connection() {
  if (file_ >= 0) close(file_);
  close(socket_);
}

short Connection::wants() const {
  if (!pending_.empty() || file_left_ > 0) return POLLOUT;
  return POLLIN;
}

void Connection::serve(short ready, const Site& site) {
  if (ready & (POLLERR | POLLNVAL)) over_ = true;
  if (!over_ && (ready & (POLLIN | POLLHUP))) receive(site);
  if (!over_ && listening_) tell(site);
  if (!over_ && answered_) flush();
  drop_if_late();
}

void Connection::receive(const Site& site) {
  std::array<char, 2048> part;
  const ssize_t count = recv(socket_, part.data(), part.size(), 0);
  if (count < 0 && try_later()) return;
  if (count <= 0) over_ = true;
  if (over_ || answered_) return;  // what follows a request is of no interest
  received_.append(part.data(), static_cast<std::size_t>(count));
  if (received_.find("\r\n\r\n") != received_.npos)
    answer(parse_request(received_, port_), site);
  else if (received_.size() > kMaxHead)
    send_text(Status::too_long, media_type(".txt"), "the request is too long\n");
}

void Connection::answer(const Request& request, const Site& site) {
  const auto file = site.page->files.find(request.path);
  if (request.status == Status::not_allowed)
    send_text(request.status, media_type(".txt"), "only GET\n", "Allow: GET\r\n");
  else if (request.status != Status::ok)
    send_text(request.status, media_type(".txt"), "refused\n");
  else if (request.path == kEvents)
    listen(site);
  else if (request.path.empty() && !site.page->path.empty())
    send_text(Status::found, media_type(".txt"), "",
              fmt::format("Location: /{}\r\n", percent_encoded(site.page->path)));
  else if (request.path == site.page->path)
    send_text(Status::ok, media_type(".html"), with_script(site));
  else if (file != site.page->files.end())
    send_file(file->second, request);
  else
    send_text(Status::not_found, media_type(".txt"), "not found\n");
}

void Connection::send_text(Status status, std::string_view type, std::string_view body, std::string_view more) {
  pending_ = response_head(status, type, fmt::format("Content-Length: {}\r\n{}", body.size(), more));
  pending_ += body;
  answered_ = true;
}

void Connection::send_file(const std::filesystem::path& path, const Request& request) {
  struct stat found {};
  file_ = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file_ < 0 || fstat(file_, &found) != 0 || !S_ISREG(found.st_mode))
    return send_text(Status::not_found, media_type(".txt"), "not found\n");
  const auto size = static_cast<std::uint64_t>(found.st_size);
  const auto span = request.range ? resolved(*request.range, size) : Span{0, size};
  if (!span)
    return send_text(Status::not_satisfiable, media_type(".txt"), "",
                     fmt::format("Content-Range: bytes */{}\r\n", size));
  std::string more = fmt::format("Accept-Ranges: bytes\r\nContent-Length: {}\r\n", span->length);
  if (request.range)
    more += fmt::format("Content-Range: bytes {}-{}/{}\r\n", span->first, span->first + span->length - 1, size);
  pending_ = response_head(request.range ? Status::partial : Status::ok, media_type(path.native()), more);
  file_at_ = span->first;
  file_left_ = span->length;
  answered_ = true;
}

void Connection::listen(const Site& site) {
  pending_ = response_head(Status::ok, "text/event-stream", "") + "retry: 500\n\n";
  answered_ = listening_ = true;
  told_ = site.news - 1;
}

void Connection::tell(const Site& site) {
  if (told_ != site.news) {
    pending_ += event_of(site);
    told_ = site.news;
  } else if (pending_.empty() && Clock::now() - since_ > kSilence) {
    pending_ += ":\n\n";
  }
}

void Connection::flush() {
  while (!pending_.empty() && !over_) {
    const ssize_t count = send(socket_, pending_.data(), pending_.size(), MSG_NOSIGNAL);
    if (count < 0 && try_later()) return;
    if (count <= 0) over_ = true;
    pending_.erase(0, static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    since_ = Clock::now();
  }
  flush_file();
  if (pending_.empty() && file_left_ == 0 && !listening_) over_ = true;
}

void Connection::flush_file() {
  while (file_left_ > 0 && !over_) {
    off_t at = static_cast<off_t>(file_at_);
    const ssize_t count = sendfile(socket_, file_, &at, std::min<std::uint64_t>(file_left_, 1 << 20));
    if (count < 0 && try_later()) return;
    if (count <= 0) over_ = true;  // also a file that has become shorter
    file_at_ += static_cast<std::uint64_t>(std::max<ssize_t>(count, 0));
    file_left_ -= static_cast<std::uint64_t>(std::max<ssize_t>(count, 0));
    since_ = Clock::now();
  }
}

void Connection::drop_if_late() {
  const bool waits = !answered_ || !pending_.empty() || file_left_ > 0;
  if (waits && Clock::now() - since_ > kPatience) over_ = true;
}

}  // namespace convreel::live
