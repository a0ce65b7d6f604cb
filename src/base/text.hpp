// Numbers and words as text: locale-free, exact.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace convreel::base {

/// The shortest text that reads back as the same double; "NaN", "Infinity", "-Infinity" for those.
[[nodiscard]] std::string exact(double value);
/// The whole text as a number; empty when anything is left over. Takes nan, inf, infinity (any case, signed).
[[nodiscard]] std::optional<double> parse_double(std::string_view text);
[[nodiscard]] std::optional<std::int64_t> parse_int(std::string_view text);

[[nodiscard]] std::string_view trim(std::string_view text);
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);
[[nodiscard]] std::string join(std::span<const std::string> parts, std::string_view separator);
[[nodiscard]] std::string lower(std::string_view text);

/// Words as a shell would part them: spaces part, quotes ('...' or "...") keep together. Throws Error{usage} for a
/// quote that does not end.
[[nodiscard]] std::vector<std::string> shell_words(std::string_view text);

/// The candidate nearest to `text` (Damerau-Levenshtein, at most a third of its length off); empty when none is near.
[[nodiscard]] std::optional<std::string> nearest(std::string_view text, std::span<const std::string_view> candidates);

/// True when `text` matches a glob of * and ? (no character is special besides).
[[nodiscard]] bool glob_match(std::string_view pattern, std::string_view text);

/// Code points of UTF-8 text; an invalid byte counts as one.
[[nodiscard]] std::size_t utf8_length(std::string_view text);

/// Bytes of the character at the front; 0 for broken UTF-8 and for what no text file may hold (control characters but
/// tab and line ends, surrogates, and what Unicode says is no character): what every format takes. `text` is not empty.
[[nodiscard]] std::size_t character_bytes(std::string_view text);
/// The first place where character_bytes() is 0, named: "U+0001", "the byte 0xFF"; empty for text that is all right.
[[nodiscard]] std::string forbidden_character(std::string_view text);
/// U+FFFD for every byte that is forbidden.
[[nodiscard]] std::string mended(std::string_view text);
/// For one line or cell on a terminal: control characters, line ends and tabs among them, and broken UTF-8, as \x1b.
[[nodiscard]] std::string printable(std::string_view text);

/// Escapes for XML text and attributes: & < > " '.
[[nodiscard]] std::string xml_escaped(std::string_view text);

}  // namespace convreel::base
