// What may follow an output's colon: a.mp4:crf=20:preset=slow. Read and held to its bounds before anything is painted.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "job/output.hpp"
#include "job/show.hpp"
#include "theme/theme.hpp"

namespace convreel::output {

/// How an option's member of OutputOptions is read and printed; option_codecs.hpp makes them.
struct OptionCodec {
  void (*read)(job::Output&, std::string_view name, std::string_view text) = nullptr;
  bool (*given)(const job::OutputOptions&) = nullptr;
  /// The text that read() would read back, also of a default; empty where there is none.
  std::optional<std::string> (*print)(const job::OutputOptions&) = nullptr;
  std::string (*takes)() = nullptr;  ///< "0..51"
};

/// A row of a format's table.
struct Option {
  std::string_view name;  ///< "crf"
  std::string_view help;
  OptionCodec codec;
  std::string_view fallback = {};  ///< the default in words, where the codec prints none
};

/// One of the format's, or max-bytes, which every file takes; null for another.
[[nodiscard]] const Option* option_named(const job::Output& output, std::string_view name);

/// Reads one option. Throws Error{usage} for an unknown key, a value that it does not take, and the second of two.
void read_option(job::Output& output, std::string_view name, std::string_view text);

/// What was said after the colon, by name.
[[nodiscard]] std::map<std::string_view, std::string> given_options(const job::Output& output);

[[nodiscard]] std::uint32_t opaque(theme::Colour colour);

/// Frames a second of this output: its own option, else the job's, else the format's default.
[[nodiscard]] int frame_rate(const job::Output& output, const job::Show& show);

}  // namespace convreel::output
