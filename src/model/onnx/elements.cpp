#include "model/onnx/elements.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fstream>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"

namespace convreel::model {

namespace {

namespace fs = std::filesystem;
using onnx::TensorProto;

[[noreturn]] void refuse(const TensorProto& tensor, std::string_view reason, std::string hint = {}) {
  throw base::Error(base::ErrorKind::impossible, fmt::format("the tensor {} {}", base::mended(tensor.name()), reason),
                    std::move(hint));
}

template <class Stored>
double as_is(const char* bytes) {
  Stored value;
  std::memcpy(&value, bytes, sizeof value);
  return static_cast<double>(value);
}

double from_half_bits(std::uint32_t bits) {
  const double sign = (bits & 0x8000U) != 0 ? -1 : 1;
  const int exponent = static_cast<int>(bits >> 10U & 0x1FU);
  const double fraction = bits & 0x3FFU;
  if (exponent == 31) return fraction == 0 ? sign * std::numeric_limits<double>::infinity() : std::nan("");
  return sign * (exponent == 0 ? std::ldexp(fraction, -24) : std::ldexp(fraction + 1024, exponent - 25));
}

double from_brain_bits(std::uint32_t bits) {
  const std::uint32_t wide = bits << 16U;
  return as_is<float>(reinterpret_cast<const char*>(&wide));
}

template <double (*kFromBits)(std::uint32_t)>
double from_bits(const char* bytes) {
  std::uint16_t bits = 0;
  std::memcpy(&bits, bytes, sizeof bits);
  return kFromBits(bits);
}

/// Of one kind of element: its bytes, how they are read, and the list that holds it when the bytes are not given raw.
struct Element {
  int type;
  std::size_t bytes;
  double (*read)(const char*);
  enum class List { floats, whole32, whole64, doubles, unsigned64 } list;
  double (*from_whole)(std::uint32_t) = nullptr;  ///< a list of whole numbers holds bits
};

using List = Element::List;
constexpr Element kElements[] = {
    {TensorProto::FLOAT, 4, as_is<float>, List::floats},
    {TensorProto::DOUBLE, 8, as_is<double>, List::doubles},
    {TensorProto::FLOAT16, 2, from_bits<from_half_bits>, List::whole32, from_half_bits},
    {TensorProto::BFLOAT16, 2, from_bits<from_brain_bits>, List::whole32, from_brain_bits},
    {TensorProto::INT8, 1, as_is<std::int8_t>, List::whole32},
    {TensorProto::UINT8, 1, as_is<std::uint8_t>, List::whole32},
    {TensorProto::INT16, 2, as_is<std::int16_t>, List::whole32},
    {TensorProto::UINT16, 2, as_is<std::uint16_t>, List::whole32},
    {TensorProto::INT32, 4, as_is<std::int32_t>, List::whole32},
    {TensorProto::UINT32, 4, as_is<std::uint32_t>, List::unsigned64},
    {TensorProto::INT64, 8, as_is<std::int64_t>, List::whole64},
    {TensorProto::UINT64, 8, as_is<std::uint64_t>, List::unsigned64},
    {TensorProto::BOOL, 1, as_is<std::uint8_t>, List::whole32},
};

const Element* element_of(const TensorProto& tensor) {
  for (const Element& element : kElements)
    if (element.type == tensor.data_type()) return &element;
  return nullptr;
}

/// How many numbers the shape claims.
std::int64_t claimed(const TensorProto& tensor, std::int64_t most) {
  std::int64_t count = 1;
  for (const std::int64_t size : tensor.dims()) {
    if (size < 0) refuse(tensor, fmt::format("has a size of {}", size));
    if (size > 0 && count > most / size) refuse(tensor, fmt::format("claims more than the limit of {} numbers", most));
    count *= size;
  }
  return count;
}

[[noreturn]] void refuse_count(const TensorProto& tensor, std::int64_t wanted, std::uint64_t there,
                               std::string_view unit) {
  refuse(tensor, fmt::format("claims {} {}, and the file holds {}", wanted, unit, there),
         "the file was cut short, or is not what it says");
}

std::vector<double> from_bytes(const Element& element, std::string_view bytes, std::int64_t count) {
  std::vector<double> values(static_cast<std::size_t>(count));
  for (std::size_t n = 0; n < values.size(); ++n) values[n] = element.read(bytes.data() + n * element.bytes);
  return values;
}

template <class Numbers>
std::vector<double> from_list(const Element& element, const Numbers& numbers) {
  std::vector<double> values;
  values.reserve(static_cast<std::size_t>(numbers.size()));
  for (const auto number : numbers)
    values.push_back(element.from_whole ? element.from_whole(static_cast<std::uint32_t>(number))
                                        : static_cast<double>(number));
  return values;
}

/// Where the external bytes lie.
struct Place {
  std::string location;
  std::uint64_t offset = 0;
  std::optional<std::uint64_t> length;
};

std::uint64_t read_position(const TensorProto& tensor, const std::string& key, const std::string& text) {
  const auto number = base::parse_int(text);
  if (!number || *number < 0) refuse(tensor, fmt::format("has the external {} \"{}\"", key, base::mended(text)));
  return static_cast<std::uint64_t>(*number);
}

Place place_of(const TensorProto& tensor) {
  Place place;
  for (const auto& entry : tensor.external_data()) {
    if (entry.key() == "location") place.location = entry.value();
    if (entry.key() == "offset") place.offset = read_position(tensor, entry.key(), entry.value());
    if (entry.key() == "length") place.length = read_position(tensor, entry.key(), entry.value());
  }
  return place;
}

/// The file beside the model, or below its folder; a link counts as what it leads to.
fs::path beside(const TensorProto& tensor, const std::string& location, const fs::path& folder) {
  const std::string shown = base::mended(location);
  const fs::path written(location);
  const bool climbs = std::find(written.begin(), written.end(), "..") != written.end();
  if (location.empty() || location.find('\0') != std::string::npos || written.is_absolute() || climbs)
    refuse(tensor, fmt::format("names the file \"{}\", which does not lie beside the model", shown),
           "external data is read from the model's own folder only");
  std::error_code failed;
  const fs::path home = fs::canonical(folder.empty() ? fs::path(".") : folder, failed);
  const fs::path file = failed ? fs::path() : fs::canonical(home / written, failed);
  if (failed || !fs::is_regular_file(file, failed))
    refuse(tensor, fmt::format("lies in {}, which is no file beside the model", shown),
           "keep the model's data files in its folder");
  const fs::path inside = file.lexically_relative(home);
  if (inside.empty() || *inside.begin() == "..")
    refuse(tensor, fmt::format("names the file \"{}\", which leads out of the model's folder", shown),
           "external data is read from the model's own folder only");
  return file;
}

/// The external file, which holds what the tensor claims.
fs::path checked_file(const TensorProto& tensor, const Place& place, const fs::path& folder, std::uint64_t wanted) {
  fs::path file = beside(tensor, place.location, folder);
  if (place.length && *place.length != wanted)
    refuse_count(tensor, static_cast<std::int64_t>(wanted), *place.length, "bytes");
  const std::uint64_t size = fs::file_size(file);
  if (place.offset > size || wanted > size - place.offset)
    refuse_count(tensor, static_cast<std::int64_t>(wanted), size - std::min(size, place.offset), "bytes");
  return file;
}

std::string external_bytes(const TensorProto& tensor, const fs::path& folder, std::uint64_t wanted) {
  const Place place = place_of(tensor);
  std::ifstream in(checked_file(tensor, place, folder, wanted), std::ios::binary);
  std::string bytes(wanted, '\0');
  in.seekg(static_cast<std::streamoff>(place.offset));
  if (!in.read(bytes.data(), static_cast<std::streamsize>(wanted)))
    refuse(tensor, fmt::format("cannot be read from {}", base::mended(place.location)));
  return bytes;
}

/// Calls take(list) with the list that holds such elements.
template <class Take>
auto with_list(const TensorProto& tensor, const Element& element, Take take) {
  switch (element.list) {
    case List::floats:
      return take(tensor.float_data());
    case List::doubles:
      return take(tensor.double_data());
    case List::whole64:
      return take(tensor.int64_data());
    case List::unsigned64:
      return take(tensor.uint64_data());
    case List::whole32:
      break;
  }
  return take(tensor.int32_data());
}

/// The element and the count, where the file holds them.
std::pair<const Element*, std::int64_t> checked(const TensorProto& tensor, const fs::path& folder, std::int64_t most) {
  const Element* element = element_of(tensor);
  if (!element) refuse(tensor, fmt::format("has elements of type {}, which are no real numbers", tensor.data_type()));
  const std::int64_t count = claimed(tensor, most);
  const auto bytes = static_cast<std::uint64_t>(count) * element->bytes;
  if (tensor.data_location() == TensorProto::EXTERNAL) {
    (void)checked_file(tensor, place_of(tensor), folder, bytes);
  } else if (tensor.has_raw_data()) {
    if (tensor.raw_data().size() != bytes)
      refuse_count(tensor, static_cast<std::int64_t>(bytes), tensor.raw_data().size(), "bytes");
  } else {
    const int there = with_list(tensor, *element, [](const auto& numbers) { return numbers.size(); });
    if (there != count) refuse_count(tensor, count, static_cast<std::uint64_t>(there), "numbers");
  }
  return {element, count};
}

}  // namespace

Elements elements_of(const TensorProto& tensor) {
  const Element* element = element_of(tensor);
  if (!element) return Elements::other;
  const bool real = element->list == List::floats || element->list == List::doubles || element->from_whole;
  return real ? Elements::real : Elements::whole;
}

void check_numbers(const TensorProto& tensor, const fs::path& folder) {
  (void)checked(tensor, folder, std::numeric_limits<std::int32_t>::max());
}

std::vector<double> numbers_of(const TensorProto& tensor, const fs::path& folder, std::int64_t most) {
  const auto [element, count] = checked(tensor, folder, most);
  if (tensor.data_location() == TensorProto::EXTERNAL)
    return from_bytes(*element, external_bytes(tensor, folder, static_cast<std::uint64_t>(count) * element->bytes),
                      count);
  if (tensor.has_raw_data()) return from_bytes(*element, tensor.raw_data(), count);
  return with_list(tensor, *element, [&, one = element](const auto& numbers) { return from_list(*one, numbers); });
}

}  // namespace convreel::model
