#include "live/http.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace convreel::live {
namespace {

constexpr std::uint16_t kPort = 8765;

Status status_of(std::string_view head) { return parse_request(head, kPort).status; }

TEST(Request, ReadsPathAndRange) {
  const Request request = parse_request(
      "GET /a%20b/c.gif?v=1 HTTP/1.1\r\nhost: LocalHost:8765\r\nRange: bytes=5-\r\nAccept: */*\r\n\r\n", kPort);
  EXPECT_EQ(request.status, Status::ok);
  EXPECT_EQ(request.path, "a b/c.gif");
  EXPECT_EQ(request.range, (ByteRange{5, std::nullopt}));
}

TEST(Request, IsForThisMachineOnly) {
  EXPECT_EQ(status_of("GET / HTTP/1.1\r\nHost: 127.0.0.1:8765\r\n\r\n"), Status::ok);
  for (const char* host : {"evil.example", "127.0.0.1", "127.0.0.1:80", "localhost:8765.evil.example", ""})
    EXPECT_EQ(status_of(std::string("GET / HTTP/1.1\r\nHost: ") + host + "\r\n\r\n"), Status::forbidden) << host;
  EXPECT_EQ(parse_request("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", 80).status, Status::ok);
}

TEST(Request, RefusesWhatIsNoGet) {
  const std::string host = "\r\nHost: localhost:8765\r\n\r\n";
  EXPECT_EQ(status_of("POST / HTTP/1.1" + host), Status::not_allowed);
  for (const char* line :
       {"GET", "GET / HTTP/2", "GET a HTTP/1.1", "GET / / HTTP/1.1", "GET /%0a HTTP/1.1", "GET /%4 HTTP/1.1"})
    EXPECT_EQ(status_of(line + host), Status::bad_request) << line;
  EXPECT_EQ(status_of("GET / HTTP/1.1\r\n\r\n"), Status::bad_request);
  EXPECT_EQ(status_of("GET / HTTP/1.1\r\nHost: localhost:8765" + host), Status::bad_request);
}

RC_GTEST_PROP(Request, NeverFailsOtherwise, (const std::string& text)) {
  static_cast<void>(parse_request(text, kPort));
  static_cast<void>(parse_request("GET /" + text + " HTTP/1.1\r\nRange: " + text + "\r\n\r\n", kPort));
}

RC_GTEST_PROP(Percent, EncodingIsUndone, (const std::string& path)) {
  const bool plain = std::none_of(path.begin(), path.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; });
  const auto back = percent_decoded(percent_encoded(path));
  RC_ASSERT(back.has_value() == plain);
  if (plain) RC_ASSERT(*back == path);
}

TEST(Range, MeansBytes) {
  EXPECT_EQ(resolved({0, 9}, 100), (Span{0, 10}));
  EXPECT_EQ(resolved({90, 900}, 100), (Span{90, 10}));
  EXPECT_EQ(resolved({std::nullopt, 7}, 100), (Span{93, 7}));
  EXPECT_EQ(resolved({std::nullopt, 700}, 100), (Span{0, 100}));
  EXPECT_EQ(resolved({100, std::nullopt}, 100), std::nullopt);
  EXPECT_EQ(resolved({9, 3}, 100), std::nullopt);
  EXPECT_EQ(resolved({0, std::nullopt}, 0), std::nullopt);
}

RC_GTEST_PROP(Range, StaysInTheFile, (std::uint64_t first, std::uint64_t last, std::uint32_t size)) {
  if (const auto span = resolved({first % 1000, last % 1000}, size % 1000))
    RC_ASSERT(span->length > 0 && span->first + span->length <= size % 1000);
}

TEST(MediaType, FollowsTheEnding) {
  EXPECT_EQ(media_type("a/b.GIF"), "image/gif");
  EXPECT_EQ(media_type("a"), "application/octet-stream");
}

}  // namespace
}  // namespace convreel::live
