#include "cli/progress_bar.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>

#include <algorithm>
#include <cmath>

#include "cli/print.hpp"

namespace convreel::cli {
namespace {

constexpr double kQuietSeconds = 0.5;

std::string time_text(double seconds) {
  if (seconds < 0) return "";
  const auto whole = static_cast<std::int64_t>(std::ceil(seconds));
  return whole < 60 ? fmt::format("{} s left", whole) : fmt::format("{}:{:02} left", whole / 60, whole % 60);
}

double rate_of(std::int64_t done, double seconds) { return seconds > 0 ? static_cast<double>(done) / seconds : 0; }

double seconds_left_of(std::int64_t done, std::int64_t total, double seconds) {
  const double rate = rate_of(done, seconds);
  return rate > 0 ? static_cast<double>(total - done) / rate : -1;
}

/// "12.5/s", or "3.0/min" of what takes long; empty while nothing is done.
std::string rate_text(double rate) {
  if (rate <= 0) return "";
  return rate >= 1 ? fmt::format("{:.1f}/s", rate) : fmt::format("{:.1f}/min", rate * 60);
}

/// What a person wants to know beside the count: rate and time left.
std::string pace_text(double rate, double seconds_left) {
  const std::string left = time_text(seconds_left), pace = rate_text(rate);
  return pace + (pace.empty() || left.empty() ? "" : ", ") + left;
}

int columns_of(std::FILE* stream) {
  winsize size{};
  return ioctl(fileno(stream), TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

double share_of(std::int64_t done, std::int64_t total) {
  return total > 0 ? std::clamp(static_cast<double>(done) / static_cast<double>(total), 0.0, 1.0) : 0.0;
}

}  // namespace

double TimedProgress::State::rate() const { return rate_of(done, seconds); }
double TimedProgress::State::seconds_left() const { return seconds_left_of(done, total, seconds); }

void TimedProgress::start(std::string_view label, std::int64_t total) {
  const std::lock_guard lock(mutex_);
  if (running_ && spoken_) speak(Clock::now(), true);
  state_ = {std::string(label), 0, total, 0, false};
  began_ = spoke_ = Clock::now();
  running_ = true;
  spoken_ = false;
}

void TimedProgress::advance(std::int64_t by) {
  const std::lock_guard lock(mutex_);
  state_.done += by;
  const auto now = Clock::now();
  const bool late = std::chrono::duration<double>(now - began_).count() >= kQuietSeconds;
  const bool due = !spoken_ || std::chrono::duration<double>(now - spoke_).count() >= interval();
  if (running_ && late && due) speak(now, false);
}

void TimedProgress::finish() {
  const std::lock_guard lock(mutex_);
  if (running_ && spoken_) speak(Clock::now(), true);
  running_ = false;
}

void TimedProgress::speak(Clock::time_point now, bool finished) {
  state_.seconds = std::chrono::duration<double>(now - began_).count();
  state_.finished = finished;
  show(state_);
  spoke_ = now;
  spoken_ = true;
}

void ProgressBar::show(const State& state) {
  if (state.finished)
    tell(stream(), "\r\033[K");
  else
    tell(stream(), fmt::format("\r{}\033[K", bar_line(state.label, state.done, state.total, state.seconds,
                                                      columns_of(stream()) - 1)));
}

void PlainProgress::show(const State& state) {
  const std::string pace =
      state.finished ? fmt::format("{:.1f} s", state.seconds) : pace_text(state.rate(), state.seconds_left());
  tell(stream(), fmt::format("{}: {} of {}, {}\n", state.label, state.done, state.total, pace));
}

void JsonProgress::show(const State& state) {
  const double left = state.seconds_left();
  tell(stream(), fmt::format("{{\"label\": \"{}\", \"done\": {}, \"total\": {}, \"seconds\": {:.1f}, \"rate\": {:.3f}, "
                             "\"seconds_left\": {}, \"finished\": {}}}\n",
                             state.label, state.done, state.total, state.seconds, state.rate(),
                             left < 0 ? "null" : fmt::format("{:.1f}", left), state.finished));
}

std::string bar_line(std::string_view label, std::int64_t done, std::int64_t total, double seconds, int columns) {
  const double share = share_of(done, total);
  const std::string tail = fmt::format(" {:3.0f} %  {}", share * 100,
                                       pace_text(rate_of(done, seconds), seconds_left_of(done, total, seconds)));
  const int room = columns - static_cast<int>(label.size() + tail.size()) - 3;
  if (room < 5) return fmt::format("{:.0f} %", share * 100).substr(0, static_cast<std::size_t>(std::max(columns, 0)));
  const int width = std::min(room, 40);
  const int filled = static_cast<int>(std::lround(share * width));
  return fmt::format("{} [{:=<{}}{: <{}}]{}", label, "", filled, "", width - filled, tail);
}

}  // namespace convreel::cli
