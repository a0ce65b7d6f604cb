#include "encode/libav/segment.hpp"

#include <algorithm>

#include "encode/libav/compat.hpp"
#include "encode/libav/words.hpp"

namespace convreel::encode::libav {

void Backlog::enter(std::int64_t bytes) {
  std::unique_lock lock(mutex_);
  left_.wait(lock, [&] { return waiting_ == 0 || waiting_ + bytes <= most_; });
  waiting_ += bytes;
}

void Backlog::leave(std::int64_t bytes) {
  const std::scoped_lock lock(mutex_);
  waiting_ -= bytes;
  left_.notify_one();
}

Segment::Segment(Codec codec, std::unique_ptr<Repeats> repeats, Backlog* backlog)
    : codec_(std::move(codec)), repeats_(std::move(repeats)), backlog_(backlog) {
  if (backlog_) thread_ = std::thread([this] { run(); });
}

Segment::~Segment() {
  if (!thread_.joinable()) return;
  {
    const std::scoped_lock lock(mutex_);
    for (; !waiting_.empty(); waiting_.pop_front()) backlog_->leave(waiting_.front().bytes);
  }
  end();
  thread_.join();
}

void Segment::add(Showing showing) {
  if (!backlog_) return code(showing);
  backlog_->enter(showing.bytes);
  const std::scoped_lock lock(mutex_);
  waiting_.push_back(std::move(showing));
  changed_.notify_one();
}

void Segment::end() {
  if (!backlog_) return send(nullptr);
  const std::scoped_lock lock(mutex_);
  ended_ = true;
  changed_.notify_one();
}

std::vector<Packet> Segment::take() {
  if (thread_.joinable()) thread_.join();
  if (failure_) std::rethrow_exception(failure_);
  return std::move(packets_);
}

/// A failed encoder gets no more frames, but those that come must not wait for ever.
void Segment::run() {
  Showing showing;
  while (next(showing)) {
    try {
      if (!failure_) code(showing);
    } catch (...) {
      failure_ = std::current_exception();
    }
    showing.bands.clear();
    backlog_->leave(showing.bytes);
  }
  try {
    if (!failure_) send(nullptr);
  } catch (...) {
    failure_ = std::current_exception();
  }
}

bool Segment::next(Showing& showing) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return ended_ || !waiting_.empty(); });
  if (waiting_.empty()) return false;
  showing = std::move(waiting_.front());
  waiting_.pop_front();
  return true;
}

std::int64_t Segment::times_coded(const Showing& showing) const {
  if (!repeats_) return showing.count;
  return showing.key && !repeats_->repeats_keys() ? std::min<std::int64_t>(showing.count, 2) : 1;
}

/// With repeats_ the encoder sees one picture a frame time, however long each stands: it plans by times.
void Segment::code(const Showing& showing) {
  const std::int64_t times = times_coded(showing);
  for (std::int64_t n = 0; n < times; ++n) {
    const std::int64_t count = n + 1 < times ? 1 : showing.count - n;
    if (repeats_) standing_.push_back({showing.first + n, count});
    AVFrame& frame = picture_.show(showing.bands);
    frame.pts = repeats_ ? coded_++ : showing.first + n;
    set_duration(frame, 1);
    send(&frame);
  }
}

void Segment::send(AVFrame* frame) {
  checked(avcodec_send_frame(codec_.get(), frame), "encoding");
  for (;;) {
    Packet packet = make_packet();
    const int code = avcodec_receive_packet(codec_.get(), packet.get());
    if (code == AVERROR(EAGAIN) || code == AVERROR_EOF) return;
    checked(code, "encoding");
    packet->duration = 1;  // not every encoder passes it on, and the last one is known from nowhere else
    keep(std::move(packet));
  }
}

void Segment::keep(Packet packet) {
  if (!repeats_) return packets_.push_back(std::move(packet));
  const Standing standing = standing_.front();
  standing_.pop_front();
  for (std::int64_t n = 0; n < standing.count; ++n) {
    packets_.push_back(n == 0 ? repeats_->coded(std::move(packet)) : repeats_->repeat());
    AVPacket& shown = *packets_.back();
    shown.pts = shown.dts = standing.first + n;
    shown.duration = 1;
  }
}

}  // namespace convreel::encode::libav
