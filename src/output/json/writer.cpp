#include "output/json/writer.hpp"

#include <fmt/format.h>

#include <cmath>
#include <iterator>

#include "base/text.hpp"

namespace convreel::output {

namespace {

constexpr std::size_t kBuffer = 1 << 16;

std::string json_text(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\')
      (result += '\\') += c;
    else if (static_cast<unsigned char>(c) < 0x20)
      fmt::format_to(std::back_inserter(result), "\\u{:04x}", static_cast<int>(c));
    else
      result += c;
  }
  return result += '"';
}

}  // namespace

void JsonWriter::separate() {
  if (!first_) buffer_ += line_ ? "," : ", ";
  if (line_) buffer_ += '\n';
  line_ = false;
  first_ = false;
}

void JsonWriter::raw(std::string_view text) {
  separate();
  buffer_ += text;
  if (buffer_.size() < kBuffer) return;
  sink_.write(buffer_);
  buffer_.clear();
}

JsonWriter& JsonWriter::key(std::string_view name) {
  raw(json_text(name));
  buffer_ += ": ";
  first_ = true;
  return *this;
}

void JsonWriter::open(char bracket) {
  raw(std::string_view(&bracket, 1));
  first_ = true;
}

void JsonWriter::close(char bracket) {
  buffer_ += bracket;
  first_ = false;
  line_ = false;
}

void JsonWriter::value(std::string_view text) { raw(json_text(text)); }

void JsonWriter::value(double number) {
  // "-0" would be read as an integer, which has no sign.
  const std::string text = number == 0 && std::signbit(number) ? "-0.0" : base::exact(number);
  raw(std::isfinite(number) ? text : json_text(text));
}

void JsonWriter::finish() {
  buffer_ += '\n';
  sink_.write(buffer_);
  buffer_.clear();
}

}  // namespace convreel::output
