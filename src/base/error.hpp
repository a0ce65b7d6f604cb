// What went wrong, in words a person can act on, and which exit code it maps to. Thrown across rooms, caught once, in
// cli::run. Knows nothing of convreel.
#pragma once

#include <exception>
#include <string>
#include <string_view>
#include <vector>

namespace convreel::base {

/// The value is the process's exit code (docs/reference/exit-codes.md).
enum class ErrorKind {
  run_time = 1,      ///< files, encoders, the disk
  usage = 2,         ///< a flag, a name, a syntax
  impossible = 3,    ///< a layer that cannot exist, or bad data
  sweep_failed = 4,  ///< a sweep finished, some cases failed
  missing = 5,       ///< an encoder or a font is not on this machine
  interrupted = 130,
};

/// One mistake. `message` names what failed with the number, `hint` says what to try (may be empty).
struct Problem {
  std::string message;
  std::string hint;

  bool operator==(const Problem&) const = default;
};

class Error : public std::exception {
 public:
  Error(ErrorKind kind, std::string message, std::string hint = {});
  /// Several mistakes reported together. `problems` is not empty.
  Error(ErrorKind kind, std::vector<Problem> problems);

  [[nodiscard]] ErrorKind kind() const noexcept { return kind_; }
  [[nodiscard]] const std::vector<Problem>& problems() const noexcept { return problems_; }
  /// The first problem's message.
  [[nodiscard]] const char* what() const noexcept override { return problems_.front().message.c_str(); }

 private:
  ErrorKind kind_;
  std::vector<Problem> problems_;
};

}  // namespace convreel::base
