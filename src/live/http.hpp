// As much of HTTP/1.1 as a page on loopback needs: one GET a connection. What comes in is hostile: bounded, and refused
// unless it was meant for this machine's own name, so that no web site reaches the server through a name it rebinds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace convreel::live {

/// A request's head may be this long, more is refused.
inline constexpr std::size_t kMaxHead = 8192;

enum class Status {
  ok = 200,
  partial = 206,
  found = 302,
  bad_request = 400,
  forbidden = 403,
  not_found = 404,
  not_allowed = 405,
  not_satisfiable = 416,
  too_long = 431,
};

/// "bytes=first-last", either end left open.
struct ByteRange {
  std::optional<std::uint64_t> first, last;
  bool operator==(const ByteRange&) const = default;
};

struct Request {
  Status status = Status::ok;  ///< ok, or why it is refused
  std::string path;            ///< decoded, without the leading slash and the query
  std::optional<ByteRange> range;
};

/// Reads a head up to its empty line. Only GET, only for 127.0.0.1 or localhost at `port`.
[[nodiscard]] Request parse_request(std::string_view head, std::uint16_t port);

/// %41 to A; none for a broken escape or a control character.
[[nodiscard]] std::optional<std::string> percent_decoded(std::string_view text);
[[nodiscard]] std::string percent_encoded(std::string_view path);

/// Which bytes of `size` a range means: [first, last]. None when it holds not one of them.
struct Span {
  std::uint64_t first = 0, length = 0;
  bool operator==(const Span&) const = default;
};
[[nodiscard]] std::optional<Span> resolved(const ByteRange& range, std::uint64_t size);

/// Status line and headers, with those that keep other sites away; `more` are whole lines that end in CRLF.
[[nodiscard]] std::string response_head(Status status, std::string_view media_type, std::string_view more);

/// "image/gif" for "a/b.gif"; bytes for an unknown ending.
[[nodiscard]] std::string_view media_type(std::string_view path);

}  // namespace convreel::live
