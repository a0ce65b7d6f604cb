// A layer in words: formulas with the numbers put in, what is derived, dropped and cropped, and how to say the same in
// PyTorch. Text only; printed by `convreel explain`, shown under pictures, read out as alt text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "explain/number.hpp"
#include "numerics/trace.hpp"

namespace convreel::explain {

/// "5×7", "5"; the axes the layer uses.
[[nodiscard]] std::string size_text(const numerics::Cell& size, int dims);
/// One number when all used axes agree ("2"), else "2×1".
[[nodiscard]] std::string per_axis_text(const numerics::Cell& value, int dims);
/// "1", "1×2" (rows×columns) or, asymmetric, "top 0, bottom 1, left 0, right 1".
[[nodiscard]] std::string padding_text(const numerics::Padding& padding, int dims);

/// "Convolution", "Transposed convolution", "Max pooling", "Average pooling"; channels and kind of groups added
/// ("Depthwise convolution").
[[nodiscard]] std::string layer_title(const numerics::Layer& layer);

/// What a layer is, without its channels, as within a sentence: "depthwise convolution".
[[nodiscard]] std::string layer_name(const numerics::Layer& layer);

/// `words`, which begin with a small letter a..z, with a capital.
[[nodiscard]] std::string capitalised(std::string words);

/// The output size formula with numbers, one line: "o = ⌊(i + 2p − k) / s⌋ + 1 = ⌊(5 + 2·1 − 3) / 2⌋ + 1 = 3".
/// Rows and columns are written apart only where they differ.
[[nodiscard]] std::string size_formula(const numerics::Layer& layer);

/// z and p' of a transposed layer: "z = s − 1 = 1, p′ = k − 1 − p = 1"; empty for other layers.
[[nodiscard]] std::string derived_parameters(const numerics::Layer& layer);

/// The article's four steps of a transposed layer as short details beside a chapter's title: "z = 1, p′ = 1",
/// "3×3 → 5×5", "5×5 → 7×7", "stride 1". Empty texts for other layers.
struct ChapterDetails {
  std::string derive, insert, pad, convolve;
};
[[nodiscard]] ChapterDetails chapter_details(const numerics::Layer& layer);

/// Whether the stamps of a transposed layer overlap evenly inside: the checkerboard question.
struct OverlapVerdict {
  bool even = true;    ///< every output away from the border receives equally many products
  bool holes = false;  ///< some outputs receive none, and are bias only
  std::string text;    ///< "3 mod 2 = 1: uneven, a checkerboard", "4 mod 2 = 0: even inside"
};
[[nodiscard]] OverlapVerdict overlap_verdict(const numerics::Layer& layer);

/// The equivalent line of PyTorch in its repr's style, "nn.Conv2d(1, 1, kernel_size=(3, 3), stride=(2, 2))"; with
/// "x = F.pad(x, ...); " before it or a slice after it where PyTorch has no such padding, and a "  # ..." behind it for
/// what its constructor cannot say.
[[nodiscard]] std::string pytorch_line(const numerics::Layer& layer, bool bias);

/// One sentence for people who cannot see the picture, such as
/// "3×3 kernel, stride 2, padding 1 over a 5×5 input; the output is 3×3."
[[nodiscard]] std::string alt_text(const numerics::Trace& trace);

/// "y[1,1]", "y[0,1,1]" with the channel first where the layer has several, "y[3]" in one dimension.
[[nodiscard]] std::string cell_text(const numerics::Layer& layer, std::string_view name, const numerics::Place& place);

/// The arithmetic of a step without its number: "y[1,1] = 1·1 + 2·0 + 3·(−1) + bias 1 = −1", "max(1, −∞, 3) = 3".
/// "≈" in the place of the last "=" where a shown number is rounded.
[[nodiscard]] std::string arithmetic(const numerics::Trace& trace, const numerics::Step& step);

/// The animation step by step, one line a step, every product written out: "step 5: y[1,1] = ...". A layer of more than
/// four million products has each step's middle left out, with the number of products that are missing.
[[nodiscard]] std::string transcript(const numerics::Trace& trace);

/// All of it, for `convreel explain`: lines without colour.
[[nodiscard]] std::string full_text(const numerics::Trace& trace);

}  // namespace convreel::explain
