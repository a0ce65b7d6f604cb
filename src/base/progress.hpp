// How far a long job is. The console implements it; everything below only reports.
#pragma once

#include <cstdint>
#include <string_view>

namespace convreel::base {

class Progress {
 public:
  virtual ~Progress() = default;
  virtual void start(std::string_view label, std::int64_t total) = 0;
  /// May be called from several threads.
  virtual void advance(std::int64_t by = 1) = 0;
  virtual void finish() = 0;
};

class NoProgress final : public Progress {
 public:
  void start(std::string_view, std::int64_t) override {}
  void advance(std::int64_t) override {}
  void finish() override {}
};

}  // namespace convreel::base
