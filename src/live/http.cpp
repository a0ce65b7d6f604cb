#include "live/http.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.hpp"

namespace convreel::live {

namespace {

std::string_view reason(Status status) {
  switch (status) {
    case Status::ok:
      return "OK";
    case Status::partial:
      return "Partial Content";
    case Status::found:
      return "Found";
    case Status::bad_request:
      return "Bad Request";
    case Status::forbidden:
      return "Forbidden";
    case Status::not_found:
      return "Not Found";
    case Status::not_allowed:
      return "Method Not Allowed";
    case Status::not_satisfiable:
      return "Range Not Satisfiable";
    case Status::too_long:
      return "Request Header Fields Too Large";
  }
  return "";
}

/// The next line, taken off `text`; none when it does not end in CRLF.
std::optional<std::string_view> take_line(std::string_view& text) {
  const std::size_t end = text.find("\r\n");
  if (end == text.npos) return std::nullopt;
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 2);
  return line;
}

std::optional<std::uint64_t> whole_number(std::string_view text) {
  const bool digits = !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  const auto number = digits ? base::parse_int(text) : std::nullopt;
  return number ? std::optional(static_cast<std::uint64_t>(*number)) : std::nullopt;
}

/// None for what we do not understand: a server may answer with the whole file then.
std::optional<ByteRange> range_of(std::string_view text) {
  constexpr std::string_view kUnit = "bytes=";
  const std::size_t dash = text.find('-');
  if (!text.starts_with(kUnit) || dash == text.npos) return std::nullopt;
  const std::string_view first = text.substr(kUnit.size(), dash - kUnit.size()), last = text.substr(dash + 1);
  const ByteRange range{whole_number(first), whole_number(last)};
  const bool read = (first.empty() || range.first) && (last.empty() || range.last) && (range.first || range.last);
  return read ? std::optional(range) : std::nullopt;
}

bool is_ours(std::string_view host, std::uint16_t port) {
  const std::string name = base::lower(host);
  const auto at = [&](std::string_view known) {
    return name == fmt::format("{}:{}", known, port) || (port == 80 && name == known);
  };
  return at("127.0.0.1") || at("localhost");
}

/// "GET /a%20b?c HTTP/1.1"
Status read_target(std::string_view line, Request& request) {
  const std::vector<std::string_view> words = base::split(line, ' ');
  if (words.size() != 3 || (words[2] != "HTTP/1.1" && words[2] != "HTTP/1.0") || !words[1].starts_with('/'))
    return Status::bad_request;
  if (words[0] != "GET") return Status::not_allowed;
  const auto path = percent_decoded(words[1].substr(1, words[1].find('?') - 1));
  if (!path) return Status::bad_request;
  request.path = *path;
  return Status::ok;
}

Status read_fields(std::string_view text, Request& request, std::uint16_t port) {
  int hosts = 0;
  bool ours = false;
  for (auto line = take_line(text); line && !line->empty(); line = take_line(text)) {
    const std::size_t colon = line->find(':');
    const std::string name = base::lower(line->substr(0, colon));
    if (colon == line->npos || name.empty() || name.find_first_of(" \t") != name.npos) return Status::bad_request;
    const std::string_view value = base::trim(line->substr(colon + 1));
    if (name == "host") ++hosts, ours = is_ours(value, port);
    if (name == "range") request.range = range_of(value);
  }
  if (hosts != 1) return Status::bad_request;
  return ours ? Status::ok : Status::forbidden;
}

}  // namespace

Request parse_request(std::string_view head, std::uint16_t port) {
  Request request;
  const auto line = take_line(head);
  request.status = line ? read_target(*line, request) : Status::bad_request;
  if (request.status == Status::ok) request.status = read_fields(head, request, port);
  return request;
}

std::optional<std::string> percent_decoded(std::string_view text) {
  const auto digit = [](char c) -> int {
    if (c >= '0' && c <= '9') return c - '0';
    const char low = static_cast<char>(c | 0x20);
    return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
  };
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      const int high = i + 2 < text.size() ? digit(text[i + 1]) : -1;
      const int low = high >= 0 ? digit(text[i + 2]) : -1;
      if (low < 0) return std::nullopt;
      c = static_cast<char>(high * 16 + low);
      i += 2;
    }
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) return std::nullopt;
    out += c;
  }
  return out;
}

std::string percent_encoded(std::string_view path) {
  std::string out;
  for (const char c : path) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                       std::string_view("-_.~/").find(c) != std::string_view::npos;
    out += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

std::optional<Span> resolved(const ByteRange& range, std::uint64_t size) {
  if (!range.first) {  // the last so many
    const std::uint64_t count = std::min(*range.last, size);
    return count > 0 ? std::optional(Span{size - count, count}) : std::nullopt;
  }
  if (*range.first >= size || (range.last && *range.last < *range.first)) return std::nullopt;
  const std::uint64_t last = std::min(range.last.value_or(size - 1), size - 1);
  return Span{*range.first, last - *range.first + 1};
}

std::string response_head(Status status, std::string_view type, std::string_view more) {
  return fmt::format(
      "HTTP/1.1 {} {}\r\nContent-Type: {}\r\nConnection: close\r\nCache-Control: no-store\r\n"
      "X-Content-Type-Options: nosniff\r\nX-Frame-Options: SAMEORIGIN\r\nReferrer-Policy: no-referrer\r\n"
      "Cross-Origin-Resource-Policy: same-origin\r\n"
      "Content-Security-Policy: default-src 'self' data: blob: 'unsafe-inline'\r\n{}\r\n",
      static_cast<int>(status), reason(status), type, more);
}

std::string_view media_type(std::string_view path) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 14> kTypes{{
      {".apng", "image/apng"},
      {".gif", "image/gif"},
      {".html", "text/html; charset=utf-8"},
      {".json", "application/json"},
      {".mp4", "video/mp4"},
      {".pdf", "application/pdf"},
      {".png", "image/png"},
      {".pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
      {".svg", "image/svg+xml"},
      {".txt", "text/plain; charset=utf-8"},
      {".vtt", "text/vtt; charset=utf-8"},
      {".webm", "video/webm"},
      {".webp", "image/webp"},
      {".zip", "application/zip"},
  }};
  const std::string name = base::lower(path);
  for (const auto& [ending, type] : kTypes)
    if (name.ends_with(ending)) return type;
  return "application/octet-stream";
}

}  // namespace convreel::live
