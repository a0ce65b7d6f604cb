// What people read, filled in: a sentence stands whole in sentences.hpp, with a {name} where a number or another word
// goes, and nobody else joins words. A second language is a second text for each name.
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace convreel::words {

struct Sentence {
  std::string_view name;  ///< what it is, for other languages
  std::string_view text;
};

/// Words that follow their number: {n} is filled by it.
struct Counted {
  Sentence one, many;
};

/// What goes where {name} stands.
struct Blank {
  std::string_view name;
  std::string text;

  Blank(std::string_view of, std::string filling) : name(of), text(std::move(filling)) {}
  Blank(std::string_view of, std::string_view filling) : name(of), text(filling) {}
  Blank(std::string_view of, const char* filling) : name(of), text(filling) {}
  Blank(std::string_view of, std::integral auto filling) : name(of), text(std::to_string(filling)) {}
};

/// The sentence with every blank filled. A blank without a filling, or a filling without a blank, is a fault of the
/// program: std::logic_error.
[[nodiscard]] std::string say(const Sentence& sentence, const std::vector<Blank>& blanks = {});
[[nodiscard]] std::string say(const Counted& counted, std::int64_t n, std::vector<Blank> blanks = {});
[[nodiscard]] const Sentence& form(const Counted& counted, std::int64_t n);

/// "a, b, c": remarks one after the other; empty ones are none.
[[nodiscard]] std::string listed(const std::vector<std::string>& remarks);
/// "a, b or c"; where all are alike, that one.
[[nodiscard]] std::string either(const std::vector<std::string>& alternatives);
/// "a, b and c".
[[nodiscard]] std::string both(const std::vector<std::string>& things);

/// A sentence cut where its blanks are, for those who give each a look of its own.
struct Piece {
  std::string_view text;  ///< a blank's name without its braces
  bool blank = false;
};
[[nodiscard]] std::vector<Piece> pieces(const Sentence& sentence);

}  // namespace convreel::words
