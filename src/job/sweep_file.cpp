#include "job/sweep_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>
#include <set>
#include <utility>

#include "base/error.hpp"
#include "job/toml_table.hpp"

namespace convreel::job {

namespace {

using base::Error;
using base::ErrorKind;
using View = std::string_view;

constexpr std::array<View, 5> kTop{"job", "axes", "zip", "cases", "case"};
constexpr std::array<View, 4> kInJob{"axes", "zip", "cases", "case"};

/// What a file or one of its jobs says about varying.
struct Variation {
  std::vector<std::pair<std::string, Dimension>> axes;
  std::optional<bool> zip;
  std::vector<Dimension> rows;
};

class SweepFile {
 public:
  SweepFile(const toml::table& table, const TomlPlace& place, const ReadText& read_text, const base::Limits& limits)
      : table_(table), place_(place), read_text_(read_text), limits_(limits) {}

  std::vector<SweepJob> read() {
    const JobSpec defaults = job_of(table_, place_, kTop);
    const Variation shared = variation(table_);
    const toml::node* jobs = table_.get("job");
    if (!jobs) return {{defaults, dimensions(shared, {})}};
    if (!jobs->is_array_of_tables()) fail(*jobs, "jobs are tables of their own", "[[job]]");
    std::vector<SweepJob> all;
    for (const toml::node& node : *jobs->as_array()) {
      const toml::table& job = *node.as_table();
      all.push_back({merge(defaults, job_of(job, place_, kInJob)), dimensions(shared, variation(job))});
    }
    return all;
  }

 private:
  [[noreturn]] void fail(const toml::node& where, const std::string& what, std::string hint = {}) const {
    const toml::source_position at = where.source().begin;
    throw Error(ErrorKind::impossible, fmt::format("{}:{}:{}: {}", place_.label, at.line, at.column, what),
                std::move(hint));
  }

  /// Mistakes in values get the file's line.
  template <class Work>
  auto located(const toml::node& where, Work&& work) const {
    try {
      return work();
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::usage) throw;
      fail(where, error.problems().front().message, error.problems().front().hint);
    }
  }

  Variation variation(const toml::table& table) const {
    Variation result;
    if (const toml::node* axes = table.get("axes")) result.axes = read_axes(*axes);
    if (const toml::node* zip = table.get("zip")) {
      if (!zip->is_boolean()) fail(*zip, "zip takes true or false");
      result.zip = zip->value_or(false);
    }
    if (const toml::node* cases = table.get("cases")) result.rows.push_back(read_csv(*cases));
    if (const toml::node* rows = table.get("case")) result.rows.push_back(read_rows(*rows));
    return result;
  }

  std::vector<std::pair<std::string, Dimension>> read_axes(const toml::node& node) const {
    const toml::table* table = node.as_table();
    if (!table) fail(node, "axes is a table of lists", "axes = { stride = [1, 2], padding = \"0..3\" }");
    std::vector<std::pair<const toml::key*, const toml::node*>> written;
    for (const auto& [key, value] : *table) written.emplace_back(&key, &value);
    // toml++ sorts keys; a person's order says which axis moves fastest.
    std::sort(written.begin(), written.end(), [](const auto& a, const auto& b) {
      const auto x = a.first->source().begin, y = b.first->source().begin;
      return std::pair(x.line, x.column) < std::pair(y.line, y.column);
    });
    std::vector<std::pair<std::string, Dimension>> axes;
    for (const auto& [key, value] : written) {
      Dimension dimension =
          located(*value, [&, name = key->str(), node_of = value] { return read_axis(name, *node_of); });
      std::string set = swept_names({&dimension, 1}).front();
      axes.emplace_back(std::move(set), std::move(dimension));
    }
    return axes;
  }

  Dimension read_axis(View name, const toml::node& value) const {
    // "2.stride" of a stack's second layer is written as the option is.
    const Field* field = field_named(name.substr(name.find('.') == View::npos ? 0 : name.find('.') + 1));
    const toml::array* array = value.as_array();
    if (!field || (!array && value.is_string())) return axis(name, value.value_or(View{}), limits_);
    std::vector<std::string> texts;
    if (array)
      for (const toml::node& entry : *array) texts.push_back(field_text(*field, entry, place_));
    else
      texts.push_back(field_text(*field, value, place_));
    return axis(name, texts, limits_);
  }

  Dimension read_csv(const toml::node& node) const {
    if (!node.is_string()) fail(node, "cases names a CSV file", "cases = \"rows.csv\"; rows in place are [[case]]");
    const std::string path = (std::filesystem::path(place_.folder) / node.value_or(View{})).string();
    return rows_from_csv(read_text_(path), path);
  }

  Dimension read_rows(const toml::node& node) const {
    const toml::array* rows = node.as_array();
    if (!rows || !rows->is_homogeneous(toml::node_type::table)) fail(node, "cases in place are tables", "[[case]]");
    Dimension dimension;
    for (const toml::node& row : *rows) dimension.rows.push_back(read_row(*row.as_table()));
    return dimension;
  }

  Row read_row(const toml::table& table) const {
    Row row;
    std::set<std::string> seen;
    for (const auto& [key, value] : table) {
      const Dimension one = located(value, [&, name = key.str(), node = &value] {
        const Field* field = field_named(name);
        return axis(name, std::vector{field ? field_text(*field, *node, place_) : std::string{}});
      });
      if (std::string set = swept_names({&one, 1}).front(); !seen.insert(set).second)
        fail(value, fmt::format("{} is given twice", set));
      row.push_back(one.rows[0][0]);
    }
    return row;
  }

  std::vector<Dimension> dimensions(const Variation& shared, const Variation& own) const {
    std::vector<Dimension> axes;
    for (const auto& [field, dimension] : shared.axes) {
      const auto same = std::find_if(own.axes.begin(), own.axes.end(),
                                     [&wanted = field](const auto& axis) { return axis.first == wanted; });
      if (same == own.axes.end()) axes.push_back(dimension);
    }
    for (const auto& [field, dimension] : own.axes) axes.push_back(dimension);
    if (own.zip.value_or(shared.zip.value_or(false)) && !axes.empty())
      axes = {located(table_, [&] { return zipped(axes); })};
    for (const Variation* one : {&shared, &own}) axes.insert(axes.end(), one->rows.begin(), one->rows.end());
    return axes;
  }

  const toml::table& table_;
  TomlPlace place_;
  const ReadText& read_text_;
  const base::Limits& limits_;
};

}  // namespace

std::vector<SweepJob> from_sweep_toml(std::string_view text, std::string_view label, std::string_view folder,
                                      const ReadText& read_text, const base::Limits& limits) {
  const toml::table table = parse_toml(text, label);
  return SweepFile(table, {label, folder}, read_text, limits).read();
}

}  // namespace convreel::job
