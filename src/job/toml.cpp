#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "base/text.hpp"
#include "base/toml_keys.hpp"
#include "data/source.hpp"
#include "job/resolve.hpp"
#include "job/sources.hpp"
#include "job/toml_table.hpp"

namespace convreel::job {

namespace {

using base::Error;
using base::ErrorKind;
using View = std::string_view;

constexpr std::pair<View, Group> kTables[] = {
    {"layer", Group::layer}, {"data", Group::data}, {"show", Group::show}, {"out", Group::out}};
constexpr View kPreset = "preset", kSummary = "summary";

View table_of(Group group) {
  for (const auto& [name, of] : kTables)
    if (of == group) return name;
  return {};
}

/// One key of the file with the row that reads it.
struct Entry {
  const Field* field;
  const toml::node* value;
  toml::source_position where;
};

class JobFile {
 public:
  JobFile(const toml::table& table, const TomlPlace& place, std::span<const View> ignored = {})
      : table_(table), label_(place.label), folder_(place.folder), ignored_(ignored) {}

  [[nodiscard]] JobSpec read() {
    collect(table_, std::nullopt);
    // A layer as PyTorch prints it comes first, so that keys of their own win over its parameters.
    std::stable_partition(entries_.begin(), entries_.end(), [](const Entry& e) { return e.field->name == "layer"; });
    JobSpec spec;
    for (const Entry& entry : entries_) take(entry, spec);
    for (const std::string& layer : stack_) spec.stack.push_back(layer);
    return base_ ? merge(*base_, spec) : spec;
  }

  [[nodiscard]] std::string value_text(const Field& field, const toml::node& value) const {
    return text_of({&field, &value, value.source().begin});
  }

  [[noreturn]] void fail(toml::source_position where, const std::string& what, std::string hint = {}) const {
    throw Error(ErrorKind::impossible, fmt::format("{}:{}:{}: {}", label_, where.line, where.column, what),
                std::move(hint));
  }

  [[noreturn]] void unknown(View key, toml::source_position where) const {
    std::vector<View> names = {kPreset, kSummary};
    for (const auto& [name, group] : kTables) names.push_back(name);
    for (const Field& field : fields()) names.push_back(field.name);
    names.insert(names.end(), ignored_.begin(), ignored_.end());
    std::string dashed(key);
    std::replace(dashed.begin(), dashed.end(), '_', '-');
    const auto near = base::nearest(dashed, names);
    fail(where, fmt::format("unknown key {}", key), near ? fmt::format("did you mean {}?", *near) : std::string{});
  }

 private:
  /// Every key of the top (no group) or of one table.
  void collect(const toml::table& table, std::optional<Group> group) {
    for (const auto& [key, value] : table) {
      const toml::source_position where = key.source().begin;
      if (!group && take_top(key.str(), value)) continue;
      const Field* field = field_named(key.str());
      if (!field) unknown(key.str(), where);
      if (group && field->group != *group)
        fail(where, fmt::format("{} does not belong into [{}]", key.str(), table_of(*group)),
             fmt::format("it belongs into [{}]", table_of(field->group)));
      if (!seen_.insert(field->name).second) fail(where, fmt::format("{} is given twice", field->name));
      entries_.push_back({field, &value, value.source().begin});
    }
  }

  /// The keys that only stand at the top: tables, the preset to start from, the summary.
  bool take_top(View key, const toml::node& value) {
    for (const auto& [name, group] : kTables)
      if (key == name && value.is_array_of_tables() && of_layers(name)) {
        for (const toml::node& layer : *value.as_array()) stack_.push_back(stack_layer(*layer.as_table()));
        return true;
      } else if (key == name && value.is_table()) {
        collect(*value.as_table(), group);
        return true;
      }
    if (std::find(ignored_.begin(), ignored_.end(), key) != ignored_.end()) return true;
    if (key != kPreset && key != kSummary) return false;
    if (!value.is_string()) fail(value.source().begin, fmt::format("{} takes a string", key));
    if (key == kPreset) take_preset(value);
    return true;
  }

  static bool of_layers(View table) { return table == table_of(Group::layer); }

  /// A table of [[layer]] as a stack's layer is written in one line: options behind the layer.
  [[nodiscard]] std::string stack_layer(const toml::table& table) const {
    const toml::node* layer = table.get("layer");
    if (!layer || !layer->is_string())
      fail(table.source().begin, "a layer of a stack needs the key layer", "such as layer = \"Conv2d(1, 1, 3)\"");
    std::string line(*layer->value<View>());
    for (const auto& [key, value] : table) {
      if (key == "layer") continue;
      const Field* field = field_named(key.str());
      const std::string text = field              ? text_of({field, &value, value.source().begin})
                               : value.is_array() ? json_text(*value.as_array())
                                                  : scalar_text(value);
      std::string name(key.str());
      std::replace(name.begin(), name.end(), '_', '-');
      const char quote = text.find('\'') == std::string::npos ? '\'' : '"';
      line += fmt::format(" --{} {}{}{}", name, quote, text, quote);
    }
    return line;
  }

  void take_preset(const toml::node& value) {
    try {
      base_ = preset(*value.value<View>());
    } catch (const Error& error) {
      fail(value.source().begin, error.problems().front().message, error.problems().front().hint);
    }
  }

  void take(const Entry& entry, JobSpec& spec) const {
    const std::string text = text_of(entry);
    try {
      entry.field->parse(spec, text);
    } catch (const Error& error) {
      const base::Problem& problem = error.problems().front();
      fail(entry.where, problem.message.starts_with("--") ? problem.message.substr(2) : problem.message, problem.hint);
    }
  }

  [[nodiscard]] std::string text_of(const Entry& entry) const {
    const Field& field = *entry.field;
    if (entry.value->is_string()) return placed(field, std::string(*entry.value->value<View>()));
    if (const toml::array* array = entry.value->as_array()) return array_text(field, *array, entry.where);
    const bool assignments = field.name == "set";
    if (assignments && entry.value->is_table()) return assignment_text(*entry.value->as_table(), "");
    return scalar_text(*entry.value);
  }

  /// Files that a job file names lie beside it.
  [[nodiscard]] std::string placed(const Field& field, std::string text) const {
    if (!names_file(field, text)) return text;
    return (std::filesystem::path(folder_) / text).string();
  }

  [[nodiscard]] std::string scalar_text(const toml::node& value) const {
    if (value.is_string()) return std::string(*value.value<View>());
    if (value.is_boolean()) return value.value_or(false) ? "true" : "false";
    if (value.is_integer()) return std::to_string(value.value_or(std::int64_t{0}));
    if (value.is_floating_point()) return base::exact(value.value_or(0.0));
    fail(value.source().begin, "expected a number, a string, true or false, or a list of them");
  }

  [[nodiscard]] std::string array_text(const Field& field, const toml::array& array,
                                       toml::source_position where) const {
    if (field.group == Group::data) return matrix_text(field, array, where);
    if (field.codec.joiner.empty()) fail(where, fmt::format("{} takes one value, not a list", field.name));
    std::vector<std::string> parts;
    const bool nested = append_parts(array, parts);
    // [[top, bottom], [left, right]] or all four in one list.
    const bool sides = field.name == "padding" && (nested || parts.size() == 4);
    return base::join(parts, sides ? "," : field.codec.joiner);
  }

  /// A matrix as JSON; a ragged one is refused here, where its place is known.
  [[nodiscard]] std::string matrix_text(const Field& field, const toml::array& array,
                                        toml::source_position where) const {
    std::string text = json_text(array);
    try {
      static_cast<void>(data::open_source(text, {.purpose = data::Purpose::input, .label = field.name}));
    } catch (const Error& error) {
      fail(where, error.problems().front().message, error.problems().front().hint);
    }
    return text;
  }

  bool append_parts(const toml::array& array, std::vector<std::string>& parts) const {
    bool nested = false;
    for (const toml::node& value : array) {
      if (const toml::array* inner = value.as_array()) {
        append_parts(*inner, parts);
        nested = true;
      } else {
        parts.push_back(scalar_text(value));
      }
    }
    return nested;
  }

  [[nodiscard]] std::string json_text(const toml::array& array) const {
    std::vector<std::string> parts;
    for (const toml::node& value : array)
      parts.push_back(value.is_array() ? json_text(*value.as_array()) : number_text(value));
    return "[" + base::join(parts, ",") + "]";
  }

  [[nodiscard]] std::string number_text(const toml::node& value) const {
    if (!value.is_number()) fail(value.source().begin, "expected a number");
    return scalar_text(value);
  }

  [[nodiscard]] std::string assignment_text(const toml::table& table, const std::string& prefix) const {
    std::vector<std::string> lines;
    for (const auto& [key, value] : table) {
      const std::string path = prefix + std::string(key.str());
      lines.push_back(value.is_table() ? assignment_text(*value.as_table(), path + ".")
                                       : fmt::format("{}={}", path, scalar_text(value)));
    }
    return base::join(lines, "\n");
  }

  const toml::table& table_;
  std::string label_, folder_;
  std::span<const View> ignored_;
  std::vector<Entry> entries_;
  std::vector<std::string> stack_;
  std::set<View> seen_;
  std::optional<JobSpec> base_;
};

}  // namespace

toml::table parse_toml(View text, View label) {
  base::refuse_deep_keys(text, label);
  try {
    return toml::parse(text, label);
  } catch (const toml::parse_error& error) {
    const toml::source_position where = error.source().begin;
    throw Error(ErrorKind::impossible,
                fmt::format("{}:{}:{}: {}", label, where.line, where.column, error.description()));
  }
}

JobSpec job_of(const toml::table& table, const TomlPlace& place, std::span<const View> ignored) {
  return JobFile(table, place, ignored).read();
}

std::string field_text(const Field& field, const toml::node& value, const TomlPlace& place) {
  const toml::table none;
  return JobFile(none, place).value_text(field, value);
}

JobSpec from_toml(std::string_view text, std::string_view label, std::string_view folder) {
  const toml::table table = parse_toml(text, label);
  return job_of(table, {label, folder});
}

std::string toml_summary(std::string_view text, std::string_view label) {
  const toml::table table = parse_toml(text, label);
  return std::string(table[kSummary].value_or(View{}));
}

}  // namespace convreel::job
