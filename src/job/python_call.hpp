// A call as Python writes and prints it: Name(1, 8, kernel_size=(3, 3), padding='same'). Knows no layer.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace convreel::job {

/// A text cut into the class name and what stands between its brackets.
struct PythonCall {
  std::string_view name, arguments;
  bool closed = true;
  std::string_view after;       ///< what stands behind the closing bracket
  std::string_view path;        ///< "tf.nn" of tf.nn.conv2d
  std::string_view attributes;  ///< ONNX' text: what stands in <> or [] before the bracket
  std::size_t end = 0;          ///< where `after` begins in the text
};

/// "(conv1): nn.Conv2d(1, 1, 3)" and "self.up = nn.ConvTranspose2d(...)" too, as they stand in printed models and code;
/// ONNX' "y = Conv <strides = [2, 2]> (x, w)". A name without a capital needs its path, "tf.nn.conv2d(...)". Empty for
/// a text that begins like no such call.
[[nodiscard]] std::optional<PythonCall> python_call(std::string_view text);

/// Where the bracket opened at `open` closes, those in quotes left aside; the text's size when nowhere.
[[nodiscard]] std::size_t closing_bracket(std::string_view text, std::size_t open);

/// Splits at commas outside of brackets and quotes.
[[nodiscard]] std::vector<std::string_view> python_arguments(std::string_view text);

/// 'same', "same".
[[nodiscard]] bool is_quoted(std::string_view value);
/// '3', which Python takes for a word.
[[nodiscard]] bool is_quoted_number(std::string_view value);
/// A Python value as an option's text: (3, 5) -> 3x5, 'same' -> same, True -> true.
[[nodiscard]] std::string option_text(std::string_view value);

/// A parameter and the value that it was given.
struct PythonArgument {
  std::string_view name, value;
};
/// A call's arguments by their parameters' names, as Python would join them. The first `required` of `parameters` must
/// be given. Throws Error{usage} that names the call.
[[nodiscard]] std::vector<PythonArgument> bound_arguments(const PythonCall& call,
                                                          const std::vector<std::string_view>& parameters,
                                                          int required);
/// The numbers of a value: 3, (3, 5), [[1, 2], (3, 4)], one after the other. Empty when it is anything else.
[[nodiscard]] std::vector<std::int64_t> numbers_of(std::string_view value);

/// Error about one call: "Conv2d: unknown argument strid".
[[noreturn]] void fail_in(std::string_view call, const std::string& what, std::string hint = {},
                          base::ErrorKind kind = base::ErrorKind::usage);

}  // namespace convreel::job
