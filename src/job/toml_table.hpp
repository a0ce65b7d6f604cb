// A parsed TOML table as a job: what job files and sweep files share. Private to this room, the only one besides theme
// that knows toml++.
#pragma once

#include <toml++/toml.h>

#include <span>
#include <string>
#include <string_view>

#include "job/fields.hpp"
#include "job/job_spec.hpp"

namespace convreel::job {

/// The file's name for messages, and where the files that it names lie.
struct TomlPlace {
  std::string_view label, folder;
};

/// Throws Error{impossible} with line and column.
[[nodiscard]] toml::table parse_toml(std::string_view text, std::string_view label);

/// The job that a table describes; keys in `ignored` are somebody else's. Throws Error{impossible} with line and
/// column.
[[nodiscard]] JobSpec job_of(const toml::table& table, const TomlPlace& place,
                             std::span<const std::string_view> ignored = {});

/// The text that `field` would read for that value: arrays joined, files placed.
[[nodiscard]] std::string field_text(const Field& field, const toml::node& value, const TomlPlace& place);

}  // namespace convreel::job
