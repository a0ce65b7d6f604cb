#include "encode/libav/segment.hpp"

#include "encode/libav/compat.hpp"
#include "encode/libav/words.hpp"

namespace convreel::encode::libav {

void Backlog::enter() {
  std::unique_lock lock(mutex_);
  left_.wait(lock, [&] { return waiting_ < most_; });
  ++waiting_;
}

void Backlog::leave() {
  const std::scoped_lock lock(mutex_);
  --waiting_;
  left_.notify_one();
}

Segment::Segment(Codec codec, Backlog* backlog) : codec_(std::move(codec)), backlog_(backlog) {
  if (backlog_) thread_ = std::thread([this] { run(); });
}

Segment::~Segment() {
  if (!thread_.joinable()) return;
  {
    const std::scoped_lock lock(mutex_);
    for (; !waiting_.empty(); waiting_.pop_front()) backlog_->leave();
  }
  end();
  thread_.join();
}

void Segment::add(Frame frame, std::int64_t first, std::int64_t count, bool key) {
  Shown shown{std::move(frame), first, count, key};
  if (!backlog_) return code(shown);
  backlog_->enter();
  const std::scoped_lock lock(mutex_);
  waiting_.push_back(std::move(shown));
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
  Shown shown;
  while (next(shown)) {
    try {
      if (!failure_) code(shown);
    } catch (...) {
      failure_ = std::current_exception();
    }
    shown.frame.reset();
    backlog_->leave();
  }
  try {
    if (!failure_) send(nullptr);
  } catch (...) {
    failure_ = std::current_exception();
  }
}

bool Segment::next(Shown& shown) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return ended_ || !waiting_.empty(); });
  if (waiting_.empty()) return false;
  shown = std::move(waiting_.front());
  waiting_.pop_front();
  return true;
}

void Segment::code(const Shown& shown) {
  AVFrame& frame = *shown.frame;
  for (std::int64_t n = 0; n < shown.count; ++n) {
    frame.pict_type = n == 0 && shown.key ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE;
    frame.pts = shown.first + n;
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
    packets_.push_back(std::move(packet));
  }
}

}  // namespace convreel::encode::libav
