// A layer as a matrix: output = M * input + bias. Rows are the output's cells, columns the input's, both row-major over
// [channel, depth, rows, columns]. For a convolution M = C; for a transposed layer M is the transpose of the C that the
// convolution with the same parameters has (where that convolution gives the input's size back, i.e. op = r).
// Nothing is stored: entries are worked out when asked for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "numerics/trace.hpp"

namespace convreel::numerics {

struct MatrixEntry {
  std::int64_t row = 0, column = 0;
  std::int64_t outer = 0, inner = 0;  ///< the weight: [outer, inner, tap]
  Cell tap{};
  double w = 0.0;
};

class Matrix {
 public:
  /// Why a layer is no matrix of weights (pooling, a padding mode other than zeros), in a sentence; empty when it is.
  [[nodiscard]] static std::optional<std::string> refuses(const Layer& layer);

  /// Throws Error{impossible} when refuses() says why. The trace must outlive this.
  explicit Matrix(const Trace& trace);

  [[nodiscard]] std::int64_t rows() const;
  [[nodiscard]] std::int64_t columns() const;
  [[nodiscard]] Place output(std::int64_t row) const;
  [[nodiscard]] Place input(std::int64_t column) const;

  /// The weight at (row, column); empty where no weight joins the two, which is not the same as a weight 0.
  [[nodiscard]] std::optional<MatrixEntry> entry(std::int64_t row, std::int64_t column) const;
  /// A row's weights by ascending column: at most kernel cells times input channels.
  [[nodiscard]] std::vector<MatrixEntry> row(std::int64_t row) const;
  /// A column's weights by ascending row.
  [[nodiscard]] std::vector<MatrixEntry> column(std::int64_t column) const;

 private:
  const Trace& trace_;
};

}  // namespace convreel::numerics
