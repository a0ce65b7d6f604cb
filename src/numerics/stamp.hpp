// A transposed layer by its inputs: each input value times the kernel is stamped onto the output and overlaps add up;
// then padding crops the border (semantics: full[a*s + u*d] += x[a] * w[u], visible full[p .. p+o-1]).
// The sheet is the map the stamps land on: geometry().full, made longer at the end where output padding reaches past
// it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "numerics/trace.hpp"

namespace convreel::numerics {

/// One product on the sheet.
struct Landing {
  Cell sheet{};                ///< where, in sheet coordinates
  std::optional<Cell> output;  ///< the same cell of the output; empty when the crop removes it
  std::int64_t outer = 0, inner = 0;
  Cell tap{};  ///< index into the kernel: [outer, inner, tap]
  double w = 0.0, product = 0.0;
};

/// One input value times the kernel, on the sheet of one output channel.
struct Stamp {
  std::int64_t index = 0;
  Place input;
  double x = 0.0;
  std::int64_t output_channel = 0;
  std::vector<Landing> landings;  ///< places of the window row-major
};

class Stamps {
 public:
  /// Why a layer cannot be stamped, in a sentence; empty when it can: transposed layers can.
  [[nodiscard]] static std::optional<std::string> refuses(const Layer& layer);

  /// Throws Error{impossible} when refuses() says why. The trace must outlive this.
  explicit Stamps(const Trace& trace);

  /// Size of the sheet, and the rectangle of it that becomes the output: it begins at `visible` and has the output's
  /// size.
  [[nodiscard]] const Cell& sheet() const { return sheet_; }
  [[nodiscard]] const Cell& visible() const { return visible_; }

  /// Stamps that one output channel receives: the cells of the input channels it reads, channel by channel, row-major.
  [[nodiscard]] std::int64_t count() const;
  /// Number `index` of them. Throws Error{impossible} when there is none.
  [[nodiscard]] Stamp stamp(std::int64_t index, std::int64_t output_channel) const;
  /// The sheet of an output channel after its first `done` stamps, without bias (channels = 1).
  [[nodiscard]] Map sums_after(std::int64_t done, std::int64_t output_channel) const;
  /// Adds a stamp to a sheet.
  static void add(const Stamp& stamp, Map& sheet);
  /// The output channel that a finished sheet gives: cropped, bias added (channels = 1).
  [[nodiscard]] Map cropped(const Map& sheet, std::int64_t output_channel) const;

 private:
  const Trace& trace_;
  Cell sheet_{}, visible_{};
};

}  // namespace convreel::numerics
