#include "data/source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "base/atomic_file.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "data/readers.hpp"

namespace convreel::data {

namespace {

using base::Error;
using base::ErrorKind;

constexpr std::array<std::string_view, 7> kGenerators = {"ramp",    "ones",     "zeros", "impulse",
                                                         "checker", "gradient", "random"};
constexpr std::array<std::string_view, 9> kKernels = {"sobel-x",   "sobel-y", "gaussian", "box",     "sharpen",
                                                      "laplacian", "emboss",  "identity", "bilinear"};
/// Pictures are those that encode::Media decodes.
constexpr FileKind kFiles[] = {{".npy", "\x93NUMPY"},    {".csv", ""},  {".json", ""},     {".png", "\x89PNG"},
                               {".jpg", "\xFF\xD8\xFF"}, {".jpeg", ""}, {".webp", "RIFF"}, {".gif", "GIF8"}};

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string_view as_text(const std::vector<std::uint8_t>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

Source open_file(const std::string& path, const Request& request) {
  std::vector<std::uint8_t> bytes = base::read_file(path, base::Limit::data_file, request.limits);
  const std::string ending = base::lower(std::filesystem::path(path).extension().string());
  if (ending == ".npy") return from_npy(bytes, path, request.limits[base::Limit::values]);
  if (ending == ".csv") return from_csv(as_text(bytes), path, request.limits[base::Limit::values]);
  if (ending == ".json") return from_json(as_text(bytes), path, request.limits[base::Limit::values]);
  return Picture{path, std::move(bytes)};
}

Generator random_generator(std::string_view seed, const Request& request) {
  const auto number = base::parse_int(seed);
  if (!number || *number < 0)
    throw Error(ErrorKind::usage,
                fmt::format("{}: random takes a whole number as its seed, not \"{}\"", request.label, seed),
                "such as random:1");
  return {"random", static_cast<std::uint64_t>(*number)};
}

std::vector<std::string_view> names_for(Purpose purpose) {
  std::vector<std::string_view> names(kGenerators.begin(), kGenerators.end());
  if (purpose == Purpose::kernel) names.insert(names.end(), kKernels.begin(), kKernels.end());
  return names;
}

[[noreturn]] void unknown(std::string_view text, const Request& request) {
  if (contains(kKernels, text))
    throw Error(ErrorKind::usage, fmt::format("{}: {} is a kernel", request.label, text),
                fmt::format("--kernel-values {}", text));
  const std::vector<std::string_view> names = names_for(request.purpose);
  const auto near = base::nearest(text, names);
  std::vector<std::string_view> endings;
  for (const FileKind& kind : kFiles) endings.push_back(kind.ending);
  const std::string hint = near ? fmt::format("did you mean {}?", *near)
                                : fmt::format("numbers, a file ({}), or one of {}", fmt::join(endings, " "),
                                              base::join(std::vector<std::string>(names.begin(), names.end()), ", "));
  throw Error(
      ErrorKind::usage,
      fmt::format("{}: \"{}\" is neither numbers, a known name nor a data file", request.label, text.substr(0, 60)),
      hint);
}

/// Empty when the text is no list of names.
std::optional<KernelBank> bank_of(std::string_view text, const Request& request) {
  constexpr std::string_view kBetween = "||";
  KernelBank bank;
  std::size_t named = 0;
  for (std::size_t start = 0; start <= text.size();) {
    const std::size_t end = std::min(text.find(kBetween, start), text.size());
    const std::string_view part = base::trim(text.substr(start, end - start));
    bank.kernels.push_back({std::string(part)});
    if (!part.empty() && part[0] >= 'a' && part[0] <= 'z') ++named;
    start = end + kBetween.size();
  }
  if (named == 0 || bank.kernels.size() < 2) return std::nullopt;
  request.limits.hold(base::Limit::list, static_cast<double>(bank.kernels.size()),
                      fmt::format("{}: {} kernels in a list", request.label, bank.kernels.size()));
  for (const NamedKernel& kernel : bank.kernels) {
    if (contains(kKernels, kernel.name)) continue;
    if (kernel.name.empty())
      throw Error(ErrorKind::usage, fmt::format("{}: a name is missing between ||", request.label),
                  "such as 'sobel-x||sobel-y||laplacian'");
    const auto near = base::nearest(kernel.name, std::vector<std::string_view>(kKernels.begin(), kKernels.end()));
    throw Error(ErrorKind::usage,
                fmt::format("{}: \"{}\" in a list of kernels is not the name of one", request.label,
                            std::string_view(kernel.name).substr(0, 60)),
                near ? fmt::format("did you mean {}?", *near)
                     : "convreel list kernels names them; numbers make a list of their own");
  }
  return bank;
}

bool looks_like_numbers(std::string_view text) {
  const std::string_view word = text.substr(0, text.find_first_of(" \t\n,;|"));
  return text.starts_with('[') || word.size() < text.size() || base::parse_double(word) ||
         std::string_view("0123456789+-.").find(text[0]) != std::string_view::npos;
}

}  // namespace

std::span<const std::string_view> generator_names() { return kGenerators; }
std::span<const std::string_view> kernel_names() { return kKernels; }

std::span<const FileKind> file_kinds() { return kFiles; }

bool names_file(std::string_view text) {
  const std::string lowered = base::lower(text);
  return !text.starts_with('[') &&
         std::ranges::any_of(kFiles, [&](const FileKind& kind) { return lowered.ends_with(kind.ending); });
}

Source open_source(std::string_view text, const Request& request) {
  text = base::trim(text);
  if (text.empty()) throw Error(ErrorKind::usage, fmt::format("{} is empty", request.label));
  if (names_file(text)) return open_file(std::string(text), request);
  if (text == "random" || text.starts_with("random:"))
    return random_generator(text.substr(std::min(text.size(), std::string_view("random:").size())), request);
  if (contains(kGenerators, text)) return Generator{std::string(text), 0};
  if (request.purpose == Purpose::kernel && contains(kKernels, text)) return NamedKernel{std::string(text)};
  if (request.purpose == Purpose::kernel)
    if (auto bank = bank_of(text, request)) return std::move(*bank);
  if (const auto number = base::parse_double(text)) return Number{*number};
  if (looks_like_numbers(text))
    return from_inline(text, request.dims, request.label, request.limits[base::Limit::values]);
  unknown(text, request);
}

}  // namespace convreel::data
