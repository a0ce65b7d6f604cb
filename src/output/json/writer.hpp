// JSON, written as it comes, in a fixed order, numbers exact. No tree is built, so a trace of any length costs no
// memory.
#pragma once

#include <concepts>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/byte_sink.hpp"

namespace convreel::output {

class JsonWriter {
 public:
  explicit JsonWriter(base::ByteSink& sink) : sink_(sink) {}

  /// Inside an object, before each value.
  JsonWriter& key(std::string_view name);
  void begin_object() { open('{'); }
  void end_object() { close('}'); }
  void begin_array() { open('['); }
  void end_array() { close(']'); }

  void null() { raw("null"); }
  void value(bool yes) { raw(yes ? "true" : "false"); }
  void value(std::string_view text);
  void value(const char* text) { value(std::string_view(text)); }
  /// "NaN", "Infinity" and "-Infinity" are strings: JSON has no such numbers.
  void value(double number);
  void value(std::integral auto number) { raw(std::to_string(number)); }

  template <typename Number>
  void values(const std::vector<Number>& numbers) {
    begin_array();
    for (const Number& number : numbers) value(number);
    end_array();
  }
  /// A line break between values, where the file is easier to read with one.
  void new_line() { line_ = true; }
  /// Writes what is buffered, ending the line.
  void finish();

 private:
  void open(char bracket);
  void close(char bracket);
  void raw(std::string_view text);
  void separate();

  base::ByteSink& sink_;
  std::string buffer_;
  bool first_ = true;  ///< nothing stands yet in the innermost brackets, or a key was just written
  bool line_ = false;
};

}  // namespace convreel::output
