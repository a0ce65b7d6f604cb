// A stretch of a video that begins with a key frame and needs nothing from before it, coded by an encoder of its own:
// on a thread of its own, beside the stretches before and after, or at once. The packets are the same either way.
#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "encode/libav/owners.hpp"

namespace convreel::encode::libav {

/// Frames that wait for their encoders, of all stretches together: so many and no more.
class Backlog {
 public:
  explicit Backlog(int most) : most_(most) {}
  /// Waits for room.
  void enter();
  void leave();

 private:
  std::mutex mutex_;
  std::condition_variable left_;
  int most_, waiting_ = 0;
};

class Segment {
 public:
  /// `backlog` is null for a stretch that is coded as its frames come. Not owned.
  Segment(Codec codec, Backlog* backlog);
  ~Segment();
  Segment(const Segment&) = delete;
  Segment& operator=(const Segment&) = delete;

  /// Shows `frame` for `count` frame times from number `first` on; `key` asks for a key frame at its first.
  void add(Frame frame, std::int64_t first, std::int64_t count, bool key);
  /// No frame follows.
  void end();
  /// Waits for the end. In order, in the encoder's time base; throws what the encoder threw.
  [[nodiscard]] std::vector<Packet> take();

 private:
  struct Shown {
    Frame frame;
    std::int64_t first = 0, count = 0;
    bool key = false;
  };

  void run();
  bool next(Shown& shown);
  void code(const Shown& shown);
  void send(AVFrame* frame);

  Codec codec_;
  Backlog* backlog_;
  std::vector<Packet> packets_;
  std::deque<Shown> waiting_;
  bool ended_ = false;
  std::exception_ptr failure_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::thread thread_;
};

}  // namespace convreel::encode::libav
