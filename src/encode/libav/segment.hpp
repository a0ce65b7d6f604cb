// A stretch of a video that begins with a key frame and needs nothing from before it, coded by an encoder of its own:
// on a thread of its own, beside the stretches before and after, or at once. The packets are the same either way.
#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "encode/libav/bands.hpp"
#include "encode/libav/owners.hpp"
#include "encode/libav/repeats.hpp"

namespace convreel::encode::libav {

/// Bytes of pictures that wait for their encoders, of all stretches together: so many and no more.
class Backlog {
 public:
  explicit Backlog(std::int64_t most) : most_(most) {}
  /// Waits for room; one picture always has it.
  void enter(std::int64_t bytes);
  void leave(std::int64_t bytes);

 private:
  std::mutex mutex_;
  std::condition_variable left_;
  std::int64_t most_, waiting_ = 0;
};

/// What is to be shown, and when in frame times.
struct Showing {
  std::vector<Band> bands;
  std::int64_t first = 0, count = 0;
  bool key = false;        ///< a key frame is asked for
  std::int64_t bytes = 0;  ///< that the picture keeps while it waits
};

class Segment {
 public:
  /// `backlog` is null for a stretch that is coded as its frames come. Not owned. With `repeats` a picture that stands
  /// is coded a few times at most and then repeated, without it is coded every time.
  Segment(Codec codec, std::unique_ptr<Repeats> repeats, Backlog* backlog);
  ~Segment();
  Segment(const Segment&) = delete;
  Segment& operator=(const Segment&) = delete;

  void add(Showing showing);
  /// No frame follows.
  void end();
  /// Waits for the end. In order, in the encoder's time base; throws what the encoder threw.
  [[nodiscard]] std::vector<Packet> take();

 private:
  /// What is still to come of a picture: packets of the encoder, and repeats.
  struct Standing {
    std::int64_t coded = 0, repeated = 0;
  };

  void run();
  bool next(Showing& showing);
  void code(const Showing& showing);
  void send(AVFrame* frame);
  void keep(Packet packet);
  void show(Packet packet);

  Codec codec_;
  std::unique_ptr<Repeats> repeats_;
  std::deque<Standing> standing_;  ///< what the encoder has not given back yet
  std::int64_t coded_ = 0;         ///< pictures that the encoder was given
  std::int64_t begin_ = 0;         ///< when the first is shown
  std::int64_t shown_ = 0;         ///< frame times that packets_ fill
  Backlog* backlog_;
  Assembled picture_;
  std::vector<Packet> packets_;
  std::deque<Showing> waiting_;
  bool ended_ = false;
  std::exception_ptr failure_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::thread thread_;
};

}  // namespace convreel::encode::libav
