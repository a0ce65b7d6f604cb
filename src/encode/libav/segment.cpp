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

/// The encoder sees one picture a frame time, however long each stands: it plans by times.
void Segment::code(const Showing& showing) {
  if (coded_ == 0) begin_ = showing.first;
  const std::int64_t times = repeats_ ? repeats_->copies(showing.count, coded_) : showing.count;
  standing_.push_back({times, showing.count - times});
  for (std::int64_t n = 0; n < times; ++n) {
    AVFrame& frame = picture_.show(showing.bands);
    frame.pts = coded_++;
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
    keep(std::move(packet));
  }
}

/// Repeats follow the last copy; where it cannot be repeated it stands longer.
void Segment::keep(Packet packet) {
  Standing& picture = standing_.front();
  show(repeats_ ? repeats_->coded(std::move(packet)) : std::move(packet));
  if (--picture.coded > 0) return;
  if (repeats_ && repeats_->repeatable())
    for (; picture.repeated > 0; --picture.repeated) show(repeats_->repeat());
  packets_.back()->duration += picture.repeated;
  shown_ += picture.repeated;
  standing_.pop_front();
}

void Segment::show(Packet packet) {
  packet->pts = packet->dts = begin_ + shown_++;
  packet->duration = 1;  // not every encoder passes it on, and the last one is known from nowhere else
  packets_.push_back(std::move(packet));
}

}  // namespace convreel::encode::libav
