// The tempo of a teacher: time for the words, the first steps slowly and part by part, then faster; many steps a row at
// a time, so that nobody waits.
#pragma once

#include <functional>
#include <string_view>

#include "story/storyboard.hpp"

namespace convreel::story {

/// What there is to read and to follow while a beat stands.
struct Reading {
  int words = 0;
  int parts = 0;  ///< of its sum, that can be told one after the other
};

/// Of a chapter of the board and a beat of it.
using Read = std::function<Reading(std::size_t chapter, std::int64_t beat)>;

/// Words that take time: those with a letter or a digit.
[[nodiscard]] int word_count(std::string_view text);

/// Gives every chapter its stretches. All times are multiples of `step`, how long an ordinary step lasts: at 0.6 s the
/// whole takes about a minute at most. `sweeps`: more steps than 60 are taken several at a time; otherwise each has its
/// beat, however short.
void set_tempo(Storyboard& board, base::Duration step, bool sweeps, const Read& read);

}  // namespace convreel::story
