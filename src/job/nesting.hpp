// Brackets and quotes of a text that is read from its start: what stands within them does not part it.
#pragma once

#include <string_view>

namespace convreel::job {

class Nesting {
 public:
  /// The brackets that count.
  explicit Nesting(std::string_view opening = "([", std::string_view closing = ")]")
      : opening_(opening), closing_(closing) {}

  /// The next character.
  void read(char c) {
    if (quote_ != 0)
      quote_ = c == quote_ ? '\0' : quote_;
    else if (c == '\'' || c == '"')
      quote_ = c;
    else if (opening_.find(c) != std::string_view::npos)
      ++depth_;
    else if (closing_.find(c) != std::string_view::npos)
      --depth_;
  }

  /// Within no quotes and no brackets.
  [[nodiscard]] bool outside() const { return quote_ == 0 && depth_ <= 0; }
  /// And none was closed that had not been opened.
  [[nodiscard]] bool balanced() const { return outside() && depth_ == 0; }

 private:
  std::string_view opening_, closing_;
  int depth_ = 0;
  char quote_ = 0;
};

}  // namespace convreel::job
