// THE table of options. The flag, the TOML key, the sweep axis, the completion and the reference page all come from one
// row of it.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "job/job_spec.hpp"

namespace convreel::job {

enum class Group { layer, data, show, out };

/// How a row's member of JobSpec is read, printed, merged and decided.
struct Codec {
  void (*parse)(JobSpec&, std::string_view name, std::string_view text) = nullptr;
  std::optional<std::string> (*print)(const JobSpec&) = nullptr;
  /// `over`'s where it was written.
  void (*take)(JobSpec& base, const JobSpec& over) = nullptr;
  /// Sets what the layer has of it; only where no more is to be decided.
  void (*decide)(numerics::Layer&, const JobSpec&) = nullptr;
  std::span<const std::string_view> choices = {};  ///< closed sets, for completions and did-you-mean; empty otherwise
  /// What joins the entries of a TOML array into the text that parse() reads: "x" for sizes; empty: no array.
  std::string_view joiner = {};
  bool repeats = false;  ///< may be given several times (-o, --set)
};

struct Field {
  std::string_view name;                      ///< "kernel-size"; TOML and sweeps also take "kernel_size"
  char short_name = 0;                        ///< 'k', 0 for none
  std::span<const std::string_view> aliases;  ///< other frameworks' words: "strides"
  Group group = Group::layer;
  std::string_view value;  ///< "N|[Dx]RxC"; empty for a switch (--name / --no-name)
  std::string_view help;
  std::string_view fallback;  ///< the default, in words
  Codec codec;

  /// Reads `text` ("true"/"false" for a switch); a repeating row adds one entry a line. Throws Error{usage} with what
  /// was expected. Characters that no text file may hold stop here, for every option and wherever it comes from.
  void parse(JobSpec& spec, std::string_view text) const;
  /// The text that parse() would read back; empty when not set. A repeating row's entries stand on lines of their own.
  [[nodiscard]] std::optional<std::string> print(const JobSpec& spec) const { return codec.print(spec); }
};

[[nodiscard]] std::span<const Field> fields();
/// What is left of the options of a layer and its numbers where every layer says its own: in a stack, in a model.
inline constexpr std::array<std::string_view, 3> kStackOptions{"input-size", "input-values", "in-channels"};
inline constexpr std::array<std::string_view, 4> kModelOptions{"input-size", "input-values", "channels", "crop"};
/// Whether the option's text names a file.
[[nodiscard]] bool names_file(const Field& field, std::string_view text);
/// By name or alias, '-' and '_' alike; null when unknown.
[[nodiscard]] const Field* field_named(std::string_view name);

}  // namespace convreel::job
