// Runs an exporter over pictures as the frame pump does.
#pragma once

#include <memory>
#include <vector>

#include "output/exporter.hpp"
#include "support/pictures.hpp"

namespace convreel::test {

struct Picture {
  base::Image image;
  base::Duration duration{};
  story::Begins begins = story::Begins::chapter;
};

/// The sequence as seen: equal neighbours merged, times added up.
inline std::vector<Picture> merged(const std::vector<Picture>& pictures) {
  std::vector<Picture> seen;
  for (const Picture& picture : pictures)
    if (!seen.empty() && seen.back().image == picture.image)
      seen.back().duration += picture.duration;
    else
      seen.push_back(picture);
  return seen;
}

template <typename Take>
void each_frame(const std::vector<Picture>& pictures, Take take) {
  base::Duration start{};
  for (const Picture& picture : pictures) {
    take(output::Frame{picture.image.view(), nullptr, start, picture.duration, picture.begins});
    start += picture.duration;
  }
}

/// Surveys when asked; adds unless the exporter is satisfied.
inline void drive(output::RasterExporter& exporter, const std::vector<Picture>& pictures, base::ByteSink& sink) {
  if (exporter.wants_survey()) each_frame(pictures, [&](const output::Frame& frame) { exporter.survey(frame); });
  exporter.begin(sink);
  if (!exporter.satisfied()) each_frame(pictures, [&](const output::Frame& frame) { exporter.add(frame); });
}

inline std::vector<std::uint8_t> exported(std::unique_ptr<output::RasterExporter> exporter,
                                          const std::vector<Picture>& pictures) {
  base::MemorySink sink;
  drive(*exporter, pictures, sink);
  exporter->finish(sink);
  return sink.bytes();
}

/// A sink that takes `room` bytes and then says that the disk is full.
class FullDisk final : public base::ByteSink {
 public:
  explicit FullDisk(std::size_t room) : room_(room) {}
  using base::ByteSink::write;
  void write(std::span<const std::uint8_t> bytes) override {
    if (bytes.size() > room_) throw base::Error(base::ErrorKind::run_time, "disk full");
    room_ -= bytes.size();
  }

 private:
  std::size_t room_;
};

}  // namespace convreel::test
