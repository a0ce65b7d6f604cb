#include "cli/stdin_values.hpp"

#include <fmt/format.h>
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <string>
#include <vector>

#include "base/atomic_file.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "data/source.hpp"
#include "job/fields.hpp"

namespace convreel::cli {
namespace {

using base::Error;
using base::ErrorKind;

/// The option whose value is "-"; null when none is.
const job::Field* waiting(const job::JobSpec& flags) {
  const job::Field* found = nullptr;
  for (const job::Field& field : job::fields()) {
    if (field.group != job::Group::data || field.print(flags) != "-") continue;
    if (found)
      throw Error(ErrorKind::usage, fmt::format("--{} and --{} both read stdin", found->name, field.name),
                  "give one of them as a file");
    found = &field;
  }
  return found;
}

std::string all_of_stdin(std::string_view option, const base::Limits& limits) {
  if (isatty(STDIN_FILENO))
    throw Error(ErrorKind::usage, fmt::format("--{} - would read from the keyboard", option),
                fmt::format("pipe something: echo '1 2; 3 4' | convreel conv2d --{} - -o out.gif", option));
  std::string bytes;
  char part[1 << 16];
  for (;;) {
    const ssize_t count = read(STDIN_FILENO, part, sizeof part);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    bytes.append(part, static_cast<std::size_t>(count));
    limits.hold(base::Limit::data_file, static_cast<double>(bytes.size()),
                fmt::format("--{} -: {} bytes or more on stdin", option, bytes.size()));
  }
  return bytes;
}

std::string typed(std::string_view text) {
  text = base::trim(text);
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);  // the byte order mark that spreadsheets write
  return std::string(base::trim(text));
}

std::filesystem::path kept(const std::string& bytes, std::string_view ending, const base::Limits& limits) {
  const std::filesystem::path folder = limits.safe() ? "." : std::filesystem::temp_directory_path();
  std::string name = (folder / fmt::format("convreel-XXXXXX{}", ending)).string();
  const int file = mkstemps(name.data(), static_cast<int>(ending.size()));
  const auto* const first = reinterpret_cast<const std::uint8_t*>(bytes.data());
  const bool written = file >= 0 && base::write_all(file, {first, bytes.size()}, nullptr) == 0;
  if (file >= 0) close(file);
  if (!written) throw Error(ErrorKind::run_time, fmt::format("cannot keep what stdin holds in {}", name));
  return name;
}

}  // namespace

StdinValues::StdinValues(job::JobSpec& flags, const base::Limits& limits) {
  const job::Field* option = waiting(flags);
  if (!option) return;
  const std::string bytes = all_of_stdin(option->name, limits);
  for (const data::FileKind& kind : data::file_kinds())
    if (!kind.start.empty() && bytes.starts_with(kind.start)) file_ = kept(bytes, kind.ending, limits);
  const std::string text = file_.empty() ? typed(bytes) : file_.string();
  if (text.empty()) throw Error(ErrorKind::usage, fmt::format("--{} -: stdin is empty", option->name));
  option->parse(flags, text);
}

StdinValues::~StdinValues() {
  std::error_code ignored;
  if (!file_.empty()) std::filesystem::remove(file_, ignored);
}

}  // namespace convreel::cli
