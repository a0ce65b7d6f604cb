#include "cli/watch.hpp"

#include <fmt/format.h>

#include <optional>

#include "base/error.hpp"
#include "base/text.hpp"
#include "live/file_watch.hpp"
#include "live/page_server.hpp"

namespace convreel::cli {

namespace {

using base::Error;
using base::ErrorKind;

std::optional<std::uint16_t> port_of(const CommandLine& line) {
  const auto text = value(line, "port");
  if (!text) return std::nullopt;
  const auto number = base::parse_int(*text);
  if (!number || *number < 0 || *number > 65535)
    throw Error(ErrorKind::usage, fmt::format("--port takes a number from 0 to 65535, not \"{}\"", *text),
                "0 is any free port");
  return static_cast<std::uint16_t>(*number);
}

std::string text_of(const Error& error) {
  std::string text;
  for (const base::Problem& problem : error.problems()) {
    text += fmt::format("{}error: {}", text.empty() ? "" : "\n", problem.message);
    if (!problem.hint.empty()) text += fmt::format("\nhint: {}", problem.hint);
  }
  return text;
}

/// One round, told to the page. `told` is the error that was printed last: looking again must not repeat it.
void do_round(const Session& session, Rounds& rounds, live::PageServer& server, std::string& told) {
  server.tell(live::State::busy);
  try {
    rounds.make([&](live::Page page) { server.show(std::move(page)); });
    server.tell(live::State::ready);
    told.clear();
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::interrupted) throw;
    const std::string text = text_of(error);
    if (text != told) session.console.error(error);
    server.tell(live::State::failed, text);
    told = text;
  }
}

}  // namespace

bool watches(const CommandLine& line) {
  if (has(line, "port") && !has(line, "watch"))
    throw Error(ErrorKind::usage, "--port is where --watch shows its page", "add --watch");
  return has(line, "watch");
}

void watch(const Session& session, Rounds& rounds) {
  std::set<std::filesystem::path> sources = rounds.sources();
  if (sources.empty())
    throw Error(ErrorKind::usage, "--watch: this reads no file, so there is nothing to watch",
                "put the options into a job file: convreel render job.toml --watch");
  live::PageServer server(port_of(session.line));
  session.console.line(fmt::format("http://127.0.0.1:{}/ shows what is made; Ctrl-C ends it", server.port()));
  live::FileWatch files;
  files.follow(sources);
  for (std::string told;;) {
    do_round(session, rounds, server, told);
    sources = rounds.sources();
    if (files.follow(sources)) continue;  // what changed before it was followed is made now
    session.console.detail(fmt::format("watching {} files", sources.size()));
    files.wait(session.cancel);
    told.clear();
  }
}

}  // namespace convreel::cli
