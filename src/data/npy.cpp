// The .npy format (numpy.lib.format): magic, version, header length, a Python dictionary as text, the raw values.
#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

#include "base/error.hpp"
#include "base/text.hpp"
#include "data/readers.hpp"

namespace convreel::data {

namespace {

[[noreturn]] void fail_npy(std::string_view label, const std::string& what) {
  throw base::Error(base::ErrorKind::impossible, fmt::format("{}: {}", label, what),
                    "save it with numpy.save, as numbers");
}

struct Header {
  char order = '<';      ///< '<' little endian, '>' big endian, '|' single bytes
  char kind = 'f';       ///< f, i, u, b
  std::size_t size = 8;  ///< bytes a value
  bool fortran = false;
  Shape shape;
};

/// Reads the dictionary {'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }.
class HeaderReader {
 public:
  HeaderReader(std::string_view text, std::string_view label) : text_(text), label_(label) {}

  Header read() {
    expect('{');
    while (!taken('}')) {
      read_entry();
      if (!taken(',') && peek() != '}') wrong("a comma or }");
    }
    if (const auto more = text_.find_first_not_of(" \n", at_); more != std::string_view::npos)
      fail_npy(label_, fmt::format("header, character {}: text behind its closing brace", more + 1));
    if (!descr_ || !order_ || !shape_) fail_npy(label_, "the header lacks descr, fortran_order or shape");
    return header_;
  }

 private:
  void read_entry() {
    const std::string_view key = quoted();
    expect(':');
    const auto first = [&](bool& seen) {
      if (seen) fail_npy(label_, fmt::format("the header has {} twice", key));
      seen = true;
    };
    if (key == "descr")
      first(descr_), read_type();
    else if (key == "fortran_order")
      first(order_), read_order();
    else if (key == "shape")
      first(shape_), read_shape();
    else
      fail_npy(label_, fmt::format("unknown header entry '{}'", key.substr(0, 40)));
  }

  void read_type() {
    if (peek() == '[') fail_npy(label_, "a structured type; expected plain numbers");
    const std::string_view type = quoted();
    const bool known = type.size() == 3 && std::string_view("<>|=").find(type[0]) != std::string_view::npos;
    const std::string_view code = known ? type.substr(1) : std::string_view{};
    constexpr std::string_view kTypes[] = {"f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "b1"};
    if (std::find(std::begin(kTypes), std::end(kTypes), code) == std::end(kTypes))
      fail_npy(label_, fmt::format("type '{}'; expected f2, f4, f8, i1 to i8, u1 to u8 or b1", type.substr(0, 40)));
    header_.order = type[0];
    header_.kind = code[0];
    header_.size = static_cast<std::size_t>(code[1] - '0');
  }

  void read_order() {
    header_.fortran = word("True");
    if (!header_.fortran && !word("False")) wrong("True or False");
  }

  void read_shape() {
    expect('(');
    bool comma = true;
    while (!taken(')')) {
      if (!comma) wrong("a comma or )");
      header_.shape.push_back(whole_number());
      if (header_.shape.size() > 8) fail_npy(label_, "more than 8 axes");
      comma = taken(',');
    }
    if (header_.shape.size() == 1 && !comma) fail_npy(label_, "the shape of one axis lacks its comma, as in (4,)");
  }

  std::int64_t whole_number() {
    skip_space();
    const auto end = std::min(text_.find_first_not_of("0123456789", at_), text_.size());
    const auto number = base::parse_int(text_.substr(at_, end - at_));
    if (!number || (text_[at_] == '0' && end - at_ > 1))
      wrong("a whole number that fits 64 bits, without zeros before it");
    at_ = end;
    return *number;
  }

  std::string_view quoted() {
    skip_space();
    const char quote = peek();
    const auto end = quote == '\'' || quote == '"' ? text_.find(quote, at_ + 1) : std::string_view::npos;
    if (end == std::string_view::npos) wrong("a quoted word");
    const std::string_view inner = text_.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
    return inner;
  }

  bool word(std::string_view expected) {
    skip_space();
    if (!text_.substr(at_).starts_with(expected)) return false;
    at_ += expected.size();
    return true;
  }
  char peek() {
    skip_space();
    return at_ < text_.size() ? text_[at_] : '\0';
  }
  bool taken(char c) {
    if (peek() != c) return false;
    ++at_;
    return true;
  }
  void expect(char c) {
    if (!taken(c)) wrong(fmt::format("'{}'", c));
  }
  void skip_space() { at_ = std::min(text_.find_first_not_of(" \t\r\n", at_), text_.size()); }
  [[noreturn]] void wrong(const std::string& expected) const {
    fail_npy(label_, fmt::format("header, character {}: expected {}", at_ + 1, expected));
  }

  std::string_view text_, label_;
  std::size_t at_ = 0;
  Header header_;
  bool descr_ = false, order_ = false, shape_ = false;
};

/// IEEE 754 half: 1 sign, 5 exponent, 10 fraction bits.
double half(std::uint16_t bits) {
  const int exponent = bits >> 10 & 31, fraction = bits & 1023;
  double size = exponent == 0 ? std::ldexp(fraction, -24) : std::ldexp(1024 + fraction, exponent - 25);
  if (exponent == 31)
    size = fraction == 0 ? std::numeric_limits<double>::infinity() : std::numeric_limits<double>::quiet_NaN();
  return bits & 0x8000 ? -size : size;
}

double integer(std::uint64_t bits, const Header& header) {
  if (header.kind == 'b') return bits != 0 ? 1 : 0;
  if (header.kind == 'u') return static_cast<double>(bits);
  const unsigned unused = 64 - 8 * static_cast<unsigned>(header.size);
  return static_cast<double>(static_cast<std::int64_t>(bits << unused) >> unused);
}

double value_at(const std::uint8_t* bytes, const Header& header) {
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < header.size; ++i) bits = bits << 8 | bytes[header.order == '>' ? i : header.size - 1 - i];
  if (header.kind != 'f') return integer(bits, header);
  if (header.size == 2) return half(static_cast<std::uint16_t>(bits));
  if (header.size == 4) return std::bit_cast<float>(static_cast<std::uint32_t>(bits));
  return std::bit_cast<double>(bits);
}

/// Where the value at row-major `index` lies in a file whose first axis runs fastest.
std::size_t fortran_index(std::size_t index, const Shape& shape) {
  std::size_t result = 0;
  for (std::size_t a = shape.size(); a-- > 0;) {
    const auto size = static_cast<std::size_t>(shape[a]);
    std::size_t pace = 1;
    for (std::size_t b = 0; b < a; ++b) pace *= static_cast<std::size_t>(shape[b]);
    result += index % size * pace;
    index /= size;
  }
  return result;
}

/// The header's text; `bytes` is left at the values.
std::string_view take_header(std::span<const std::uint8_t>& bytes, std::string_view label) {
  constexpr std::uint8_t kMagic[] = {0x93, 'N', 'U', 'M', 'P', 'Y'};
  const std::size_t begun = std::min(bytes.size(), std::size(kMagic));
  if (!std::equal(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(begun), std::begin(kMagic)))
    fail_npy(label, "byte 0: not a .npy file (it begins otherwise)");
  if (bytes.size() < 10) fail_npy(label, fmt::format("byte {}: the file ends in its header", bytes.size()));
  const int version = bytes[6];
  if (version < 1 || version > 3) fail_npy(label, fmt::format("byte 6: version {}; expected 1, 2 or 3", version));
  const std::size_t start = version == 1 ? 10 : 12;
  if (bytes.size() < start) fail_npy(label, "byte 8: the file ends in its header");
  std::size_t length = 0;
  for (std::size_t i = start; i-- > 8;) length = length << 8 | bytes[i];
  if (length > bytes.size() - start)
    fail_npy(label, fmt::format("byte 8: a header of {} bytes, but only {} are left", length, bytes.size() - start));
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()) + start, length);
  bytes = bytes.subspan(start + length);
  return text;
}

void check_size(const Header& header, std::size_t left, std::string_view label, std::int64_t limit) {
  if (!fits(header.shape, limit))
    fail_npy(label, fmt::format("shape {}: every axis must be at least 1, all together at most {} values (--limit "
                                "values=NUMBER allows more)",
                                to_text(header.shape), limit));
  std::size_t needed = header.size;
  for (std::int64_t axis : header.shape) needed *= static_cast<std::size_t>(axis);
  if (needed != left)
    fail_npy(label, fmt::format("shape {} of {}-byte values needs {} bytes, but {} follow the header",
                                to_text(header.shape), header.size, needed, left));
}

}  // namespace

Array from_npy(std::span<const std::uint8_t> bytes, std::string_view label, std::int64_t limit) {
  const Header header = HeaderReader(take_header(bytes, label), label).read();
  check_size(header, bytes.size(), label, limit);
  Array array{header.shape, std::vector<double>(bytes.size() / header.size)};
  for (std::size_t i = 0; i < array.values.size(); ++i) {
    const std::size_t place = header.fortran ? fortran_index(i, header.shape) : i;
    array.values[i] = value_at(bytes.data() + place * header.size, header);
  }
  return array;
}

}  // namespace convreel::data
