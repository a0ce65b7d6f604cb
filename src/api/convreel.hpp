// convreel for other programs: a layer in; numbers, words, scenes and files out. Installed as <convreel/convreel.hpp>;
// find_package(convreel) gives the target convreel::convreel. C++17 and its library only.
#pragma once

#include <exception>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace convreel {

/// What a person can act on: the message says what failed, the hint what to try. `code` is the program's exit code:
/// 1 files and encoders, 2 a name or value, 3 an impossible layer or bad data, 5 something is missing on this machine.
class Failure : public std::exception {
 public:
  Failure(int code, std::string message, std::string hint);
  [[nodiscard]] const char* what() const noexcept override { return message_.c_str(); }
  [[nodiscard]] const std::string& hint() const noexcept { return hint_; }
  [[nodiscard]] int code() const noexcept { return code_; }

 private:
  int code_;
  std::string message_, hint_;
};

/// One thing of a picture, in units of a pixel at scale 1.
struct Shape {
  std::string id;    ///< the same thing has the same id in every picture: "output.0.2.1" is channel 0, row 2, column 1
  std::string role;  ///< what it is, never a colour: "input", "padding", "window"
  std::string text;
  double x = 0, y = 0, width = 0, height = 0;
};

/// What is seen at once, in paint order, and for how long.
struct Scene {
  double width = 0, height = 0, seconds = 0;
  std::vector<Shape> shapes;
};

/// A layer, or several one after the other, with everything decided.
class Animation {
 public:
  /// `spec` is what `convreel render` takes: "Conv2d(1, 1, kernel_size=3)", "preset:article/conv-s1p0", "a.toml", or a
  /// job's TOML itself. `options` are pairs of the command line's options: {"input-size", "5"}. Throws Failure.
  explicit Animation(std::string_view spec, const std::vector<std::pair<std::string, std::string>>& options = {});
  ~Animation();
  Animation(Animation&&) noexcept;
  Animation& operator=(Animation&&) noexcept;

  /// Every product of every step, as docs/reference/trace.md describes it.
  [[nodiscard]] std::string trace_json() const;
  /// The arithmetic of the sizes, as `convreel explain` prints it.
  [[nodiscard]] std::string explanation() const;
  [[nodiscard]] std::string alt_text() const;
  [[nodiscard]] std::string transcript() const;
  /// A picture a step, the finished result last.
  [[nodiscard]] std::vector<Scene> scenes() const;
  /// Writes each file, the format by its ending, with options as behind -o: "a.gif", "a.mp4:scale=1". A file appears
  /// whole or not at all. Throws Failure.
  void write(const std::vector<std::string>& outputs) const;

 private:
  struct Decided;
  std::unique_ptr<Decided> decided_;
};

/// "0.1.0".
[[nodiscard]] std::string version();

}  // namespace convreel
