// The kinds of values that options after the colon take.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "base/text.hpp"
#include "output/options.hpp"

namespace convreel::output {

using View = std::string_view;

/// What was written and for which option, for messages.
struct Written {
  const job::Output& output;
  View name, text;

  /// `mp4:crf=99: expected a whole number from 0 to 51`
  [[noreturn]] void refuse(View expected, std::string hint = {}) const;
};

inline constexpr int kMostPictures = 64;  ///< on a sheet

[[nodiscard]] int read_whole(const Written& written, int low, int high);
[[nodiscard]] std::size_t read_choice(const Written& written, std::span<const View> choices);
[[nodiscard]] double read_scale(const Written& written);
[[nodiscard]] std::uint32_t read_colour(const Written& written);
[[nodiscard]] std::int64_t read_bytes(const Written& written);
[[nodiscard]] std::int64_t read_still(const Written& written);
[[nodiscard]] job::Grid read_grid(const Written& written);

/// A member that `read` reads, `write` prints and that takes what `takes` says.
template <auto kMember, auto kRead, auto kWrite, auto kTakes>
constexpr OptionCodec option_codec() {
  using job::OutputOptions;
  return {[](job::Output& output, View name, View text) {
            output.options.*kMember = kRead(Written{output, name, text});
          },
          [](const OutputOptions& options) { return job::written(options.*kMember); },
          [](const OutputOptions& options) -> std::optional<std::string> {
            if constexpr (requires { (options.*kMember).has_value(); })
              if (!(options.*kMember)) return std::nullopt;
            return kWrite(*(options.*kMember));
          },
          [] { return std::string(kTakes()); }};
}

template <auto kMember, int kLow, int kHigh>
constexpr OptionCodec whole() {
  return option_codec<kMember, [](const Written& written) { return read_whole(written, kLow, kHigh); },
                      [](int number) { return std::to_string(number); },
                      [] { return fmt::format("{}..{}", kLow, kHigh); }>();
}

/// One of `kChoices`, as it is or as an enumeration of their indices.
template <auto kMember, const auto& kChoices>
constexpr OptionCodec choice() {
  using Value = std::remove_cvref_t<decltype(*(std::declval<job::OutputOptions>().*kMember))>;
  return option_codec<kMember,
                      [](const Written& written) -> Value {
                        const std::size_t index = read_choice(written, kChoices);
                        if constexpr (std::is_same_v<Value, View>)
                          return kChoices[index];
                        else
                          return static_cast<Value>(index);
                      },
                      [](Value value) {
                        if constexpr (std::is_same_v<Value, View>)
                          return std::string(value);
                        else
                          return std::string(kChoices[static_cast<std::size_t>(value)]);
                      },
                      [] { return fmt::format("{}", fmt::join(kChoices, "|")); }>();
}

}  // namespace convreel::output
