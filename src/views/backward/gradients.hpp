// The questions of the backward view and their answers: every output, then every input, then every weight, asked what
// it is joined to; in words as the sums of back-propagation. Knows no place on a page.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "numerics/adjacency.hpp"
#include "numerics/trace.hpp"
#include "views/parts/parts.hpp"

namespace convreel::views {

enum class Side { output, input, weight };

struct Question {
  Side side = Side::output;
  /// A weight's channel counts the kernel's first two axes row-major, its cell is the tap.
  numerics::Place asked;
  std::optional<numerics::Place> winner;  ///< max pooling, from an output: the input that won
};

class Questions {
 public:
  /// `trace` outlives this.
  explicit Questions(const numerics::Trace& trace) : trace_(trace) {}

  [[nodiscard]] std::int64_t count() const;
  [[nodiscard]] Question at(std::int64_t index) const;
  /// What the asked one is joined to. From a max pooling's input: only the windows that it won.
  [[nodiscard]] std::vector<numerics::Contribution> contributions(const Question& question) const;
  [[nodiscard]] double weight(const numerics::Contribution& contribution) const;
  /// `revealed` false: question marks instead of the answer.
  [[nodiscard]] Sentence sentence(const Question& question, bool revealed) const;

 private:
  [[nodiscard]] std::int64_t weights() const;
  [[nodiscard]] numerics::Step step_of(const numerics::Place& output) const;
  [[nodiscard]] std::vector<numerics::Contribution> fed_by(const numerics::Place& input) const;
  [[nodiscard]] std::string input_name(const numerics::Place& at) const;
  [[nodiscard]] std::string output_name(const numerics::Place& at) const;
  [[nodiscard]] std::string weight_name(const numerics::Place& at) const;
  [[nodiscard]] Sentence output_sentence(const Question& question, bool revealed) const;
  [[nodiscard]] Sentence input_sentence(const Question& question, bool revealed) const;
  [[nodiscard]] Sentence weight_sentence(const Question& question, bool revealed) const;
  [[nodiscard]] std::vector<scene::Span> input_term(const numerics::Contribution& c, bool first) const;

  const numerics::Trace& trace_;
};

}  // namespace convreel::views
