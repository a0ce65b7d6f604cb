#include "words/words.hpp"

#include <algorithm>
#include <stdexcept>

#include "words/sentences.hpp"

namespace convreel::words {

std::vector<Piece> pieces(const Sentence& sentence) {
  std::vector<Piece> pieces;
  std::string_view rest = sentence.text;
  while (!rest.empty()) {
    const std::size_t open = rest.find('{');
    if (open > 0) pieces.push_back({rest.substr(0, open), false});
    if (open == std::string_view::npos) break;
    const std::size_t close = rest.find('}', open);
    pieces.push_back({rest.substr(open + 1, close - open - 1), true});
    rest.remove_prefix(close + 1);
  }
  return pieces;
}

std::string say(const Sentence& sentence, const std::vector<Blank>& blanks) {
  std::string text;
  std::size_t filled = 0;
  for (const Piece& piece : pieces(sentence)) {
    if (!piece.blank) {
      text += piece.text;
      continue;
    }
    const auto found = std::ranges::find(blanks, piece.text, &Blank::name);
    if (found == blanks.end()) throw std::logic_error("nothing fills a blank of " + std::string(sentence.name));
    text += found->text;
    ++filled;
  }
  if (filled < blanks.size()) throw std::logic_error("a filling without a blank in " + std::string(sentence.name));
  return text;
}

const Sentence& form(const Counted& counted, std::int64_t n) { return n == 1 ? counted.one : counted.many; }

std::string say(const Counted& counted, std::int64_t n, std::vector<Blank> blanks) {
  blanks.emplace_back("n", n);
  return say(form(counted, n), blanks);
}

std::string listed(const std::vector<std::string>& remarks) {
  std::string text;
  for (const std::string& remark : remarks) {
    if (remark.empty()) continue;
    text = text.empty() ? remark : say(kNextRemark, {{"before", text}, {"next", remark}});
  }
  return text;
}

namespace {

std::string joined(const Sentence& last_two, const std::vector<std::string>& all) {
  if (all.size() == 1) return all.front();
  return say(last_two, {{"before", listed({all.begin(), all.end() - 1})}, {"last", all.back()}});
}

}  // namespace

std::string either(const std::vector<std::string>& alternatives) {
  const bool alike =
      std::ranges::all_of(alternatives, [&](const std::string& one) { return one == alternatives.front(); });
  return alike ? alternatives.front() : joined(kEither, alternatives);
}

std::string both(const std::vector<std::string>& things) { return joined(kBoth, things); }

}  // namespace convreel::words
