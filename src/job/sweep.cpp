#include "job/sweep.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "base/error.hpp"
#include "base/text.hpp"
#include "job/nesting.hpp"

namespace convreel::job {

namespace {

using base::Error;
using base::ErrorKind;
using View = std::string_view;

/// What an axis sets: an option of the job, or one behind a layer of a stack.
struct Axis {
  const Field* field = nullptr;
  std::size_t layer = 0;
  std::string option = {};

  [[nodiscard]] std::string name() const {
    return layer > 0 ? fmt::format("{}.{}", layer, option) : std::string(field->name);
  }
  /// Of two numbers joined by an x.
  [[nodiscard]] bool sizes() const { return field && field->codec.joiner == "x"; }
};

std::string dashed(View name) {
  std::string text(name);
  std::replace(text.begin(), text.end(), '_', '-');
  return text;
}

/// "2.stride".
std::optional<Axis> layer_axis(View name) {
  const auto dot = name.find('.');
  if (dot == View::npos) return std::nullopt;
  const auto layer = base::parse_int(name.substr(0, dot));
  if (!layer || *layer < 1 || dot + 1 == name.size()) return std::nullopt;
  const std::string option = dashed(name.substr(dot + 1));
  const Field* field = field_named(option);
  return Axis{field, static_cast<std::size_t>(*layer), field ? std::string(field->name) : option};
}

Axis axis_named(View name) {
  if (auto axis = layer_axis(name)) return *std::move(axis);
  const Field* field = field_named(name);
  if (field && field->name != "output") return {field, 0, {}};
  if (field)
    throw Error(ErrorKind::usage, "output cannot be an axis", "put the axes into its name: -o 'out/{stride}.gif'");
  const std::string text = dashed(name);
  std::vector<View> names;
  for (const Field& known : fields()) names.push_back(known.name);
  const auto near = base::nearest(text, names);
  throw Error(ErrorKind::usage, fmt::format("unknown axis {}: no option has that name", name),
              near ? fmt::format("did you mean {}?", *near) : "convreel sweep --help lists the options");
}

/// "stride=1,2" cut at its first '='.
struct Named {
  View name, values;
};
Named named(View text, View example) {
  const auto equals = text.find('=');
  const View name = base::trim(text.substr(0, equals));
  if (equals == View::npos || name.empty() || base::trim(text.substr(equals + 1)).empty())
    throw Error(ErrorKind::usage, fmt::format("an axis is NAME=VALUES, not \"{}\"", text), std::string(example));
  return {name, base::trim(text.substr(equals + 1))};
}

/// Splits at commas outside of brackets and quotes.
std::vector<View> values_in(View text) {
  std::vector<View> parts;
  Nesting nesting("([{", ")]}");
  std::size_t start = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size()) nesting.read(text[i]);
    if (i < text.size() && (text[i] != ',' || !nesting.outside())) continue;
    parts.push_back(base::trim(text.substr(start, i - start)));
    start = i + 1;
  }
  return parts;
}

/// "(2,1)" -> "2x1" for sizes, "(0,1,0,1)" -> "0,1,0,1", "'a, b'" -> "a, b".
std::string bare(const Axis& axis, View value) {
  const bool quoted = value.size() >= 2 && (value[0] == '\'' || value[0] == '"') && value.back() == value[0];
  if (quoted) return std::string(value.substr(1, value.size() - 2));
  if (value.size() < 2 || value.front() != '(' || value.back() != ')') return std::string(value);
  const View inside = value.substr(1, value.size() - 2);
  const std::vector<View> parts = base::split(inside, ',');
  if (!axis.sizes() || parts.size() != 2) return std::string(inside);
  return fmt::format("{}x{}", base::trim(parts[0]), base::trim(parts[1]));
}

/// A value is tried at once, so that a wrong one is told with its axis before anything is multiplied.
void check(const Axis& axis, const std::string& text) {
  if (!axis.field) return;
  JobSpec scratch;
  axis.field->parse(scratch, text);
}

Dimension dimension_of(const Axis& axis, const std::vector<std::string>& texts, const base::Limits& limits) {
  limits.hold(base::Limit::cases, static_cast<double>(texts.size()),
              fmt::format("axis {} has {} values", axis.name(), texts.size()));
  Dimension dimension;
  std::set<std::string> seen;
  for (const std::string& text : texts) {
    check(axis, text);
    if (!seen.insert(text).second)
      throw Error(ErrorKind::usage, fmt::format("axis {} has the value {} twice", axis.name(), text));
    dimension.rows.push_back({{axis.field, text, axis.layer, axis.option}});
  }
  return dimension;
}

Dimension list_of(const Axis& axis, View values, const base::Limits& limits) {
  std::vector<std::string> texts;
  for (const View value : values_in(values)) texts.push_back(bare(axis, value));
  return dimension_of(axis, texts, limits);
}

/// A decimal as it was written: the value in units of its last place.
struct Decimal {
  double value = 0;
  int places = 0;
};
Decimal decimal(View text, View whole) {
  const auto value = base::parse_double(text);
  const bool dotted = text.starts_with('.') || text.ends_with('.');  // of "1...3", which would read ".3"
  if (!value || dotted || !std::isfinite(*value) || std::abs(*value) > 1e12 || text.find_first_of("eE") != View::npos)
    throw Error(ErrorKind::usage, fmt::format("\"{}\" is not a range", whole),
                "FIRST..LAST or FIRST..LAST:STEP, such as -P padding=0..3 or -P stride=1..9:2");
  const auto dot = text.find('.');
  return {*value, dot == View::npos ? 0 : static_cast<int>(text.size() - dot - 1)};
}

std::vector<std::string> range_values(View first_text, View last_text, View step_text, View whole,
                                      const base::Limits& limits) {
  const Decimal first = decimal(first_text, whole), last = decimal(last_text, whole);
  const Decimal step = decimal(step_text, whole);
  if (step.value <= 0) throw Error(ErrorKind::usage, fmt::format("{}: the step has to be above 0", whole));
  const double steps = std::floor(std::abs(last.value - first.value) / step.value + 1e-9);
  limits.hold(base::Limit::cases, steps + 1, fmt::format("{}: {:.0f} values", whole, steps + 1));
  const double direction = last.value < first.value ? -1 : 1;
  const int places = std::max(first.places, step.places);
  std::vector<std::string> values;
  for (std::int64_t i = 0; i <= static_cast<std::int64_t>(steps); ++i) {
    const std::string text =
        fmt::format("{:.{}f}", first.value + direction * static_cast<double>(i) * step.value, places);
    values.push_back(places == 0 || !base::parse_double(text) ? text : base::exact(*base::parse_double(text)));
  }
  return values;
}

struct Range {
  View first, last, step = "1";
};
std::optional<Range> range_in(View text) {
  const auto dots = text.find("..");
  if (dots == View::npos) return std::nullopt;
  const auto colon = text.find(':', dots);
  Range range{text.substr(0, dots), text.substr(dots + 2, colon == View::npos ? colon : colon - dots - 2)};
  if (colon != View::npos) range.step = base::trim(text.substr(colon + 1));
  range.first = base::trim(range.first);
  range.last = base::trim(range.last);
  return range;
}

/// "1x2..3x4": rows and columns move together, and so does the depth before them.
std::vector<std::string> size_values(const Range& range, View whole, const base::Limits& limits) {
  const auto first = base::split(range.first, 'x'), last = base::split(range.last, 'x');
  if (first.size() != last.size() || first.size() > numerics::kAxes)
    throw Error(ErrorKind::usage, fmt::format("{}: both ends of a range of sizes are [DEPTHx]ROWSxCOLUMNS", whole));
  std::vector<std::string> joined = range_values(first[0], last[0], range.step, whole, limits);
  for (std::size_t axis = 1; axis < first.size(); ++axis) {
    const auto along = range_values(first[axis], last[axis], range.step, whole, limits);
    if (along.size() != joined.size())
      throw Error(
          ErrorKind::usage,
          fmt::format("{}: {} numbers along one axis, but {} along the next", whole, joined.size(), along.size()),
          "use two lists: -L kernel_size=1x2,2x3");
    for (std::size_t i = 0; i < joined.size(); ++i) joined[i] += "x" + along[i];
  }
  return joined;
}

Dimension range_of(const Axis& axis, View values, const base::Limits& limits) {
  const auto range = range_in(values);
  if (!range) static_cast<void>(decimal("", values));
  const bool sizes = axis.sizes() && range->first.find('x') != View::npos;
  return dimension_of(axis,
                      sizes ? size_values(*range, values, limits)
                            : range_values(range->first, range->last, range->step, values, limits),
                      limits);
}

std::string name_of(const Assignment& assignment) {
  return Axis{assignment.field, assignment.layer, assignment.option}.name();
}

void write_behind(JobSpec& spec, const Assignment& assignment) {
  if (assignment.layer > spec.stack.size())
    throw Error(ErrorKind::usage,
                fmt::format("axis {}: {}", name_of(assignment),
                            spec.stack.empty() ? "this is no stack"
                                               : fmt::format("the stack has {} layer{}", spec.stack.size(),
                                                             spec.stack.size() == 1 ? "" : "s")),
                "layers are counted from 1");
  const char quote = assignment.text.find('\'') == std::string::npos ? '\'' : '"';
  std::string& layer = spec.stack[assignment.layer - 1];
  const std::string_view over = layer.find(" -") == std::string::npos ? "" : " --";  // options that it may have itself
  layer += fmt::format("{} --{} {}{}{}", over, assignment.option, quote, assignment.text, quote);
}

}  // namespace

Dimension list_axis(std::string_view text, const base::Limits& limits) {
  const Named parts = named(text, "-L stride=1,2,3");
  return list_of(axis_named(parts.name), parts.values, limits);
}

Dimension range_axis(std::string_view text, const base::Limits& limits) {
  const Named parts = named(text, "-P padding=0..3");
  return range_of(axis_named(parts.name), parts.values, limits);
}

Dimension axis(std::string_view name, std::string_view values, const base::Limits& limits) {
  const Axis axis = axis_named(name);
  const auto range = axis.field && axis.field->name == "steps" ? std::nullopt : range_in(values);
  const bool numbers = range && values.find(',') == View::npos;
  return numbers ? range_of(axis, values, limits) : list_of(axis, values, limits);
}

Dimension axis(std::string_view name, const std::vector<std::string>& values, const base::Limits& limits) {
  if (values.empty()) throw Error(ErrorKind::usage, fmt::format("axis {} has no values", name));
  return dimension_of(axis_named(name), values, limits);
}

Dimension zipped(std::span<const Dimension> dimensions) {
  Dimension result;
  for (const Dimension& dimension : dimensions) {
    if (result.rows.empty()) result.rows.resize(dimension.rows.size());
    if (dimension.rows.size() != result.rows.size())
      throw Error(ErrorKind::usage,
                  fmt::format("--zip: axis {} has {} values, axis {} has {}", name_of(dimensions.front().rows[0][0]),
                              result.rows.size(), name_of(dimension.rows[0][0]), dimension.rows.size()),
                  "give every axis as many values, or leave out --zip for all combinations");
    for (std::size_t i = 0; i < dimension.rows.size(); ++i)
      result.rows[i].insert(result.rows[i].end(), dimension.rows[i].begin(), dimension.rows[i].end());
  }
  return result;
}

std::vector<std::string> swept_names(std::span<const Dimension> dimensions) {
  std::vector<std::string> swept;
  for (const Dimension& dimension : dimensions)
    for (const Row& row : dimension.rows)
      for (const Assignment& assignment : row)
        if (const std::string name = name_of(assignment); std::find(swept.begin(), swept.end(), name) == swept.end())
          swept.push_back(name);
  return swept;
}

std::int64_t case_count(std::span<const Dimension> dimensions, const base::Limits& limits) {
  std::int64_t count = 1;
  std::set<std::string> taken;
  for (const Dimension& dimension : dimensions) {
    for (const std::string& name : swept_names({&dimension, 1}))
      if (!taken.insert(name).second)
        throw Error(ErrorKind::usage, fmt::format("two axes set {}", name), "join their values in one axis");
    count *= static_cast<std::int64_t>(dimension.rows.size());
    limits.hold(base::Limit::cases, static_cast<double>(count),
                fmt::format("the axes multiply to {} cases or more", count));
  }
  return count;
}

JobSpec case_at(const JobSpec& base, std::span<const Dimension> dimensions, std::int64_t index) {
  Row row;
  for (std::size_t d = dimensions.size(); d-- > 0;) {
    const auto& rows = dimensions[d].rows;
    const auto count = static_cast<std::int64_t>(rows.size());
    const Row& part = rows[static_cast<std::size_t>(index % count)];
    row.insert(row.begin(), part.begin(), part.end());
    index /= count;
  }
  std::stable_partition(row.begin(), row.end(), [](const Assignment& a) {
    return a.layer == 0 && (a.field->name == "layer" || a.field->name == "stack");
  });
  JobSpec spec = base;
  for (const Assignment& assignment : row) {
    if (assignment.layer > 0) {
      write_behind(spec, assignment);
      continue;
    }
    if (assignment.field->name == "stack") spec.stack.clear();  // reading adds layers
    assignment.field->parse(spec, assignment.text);
  }
  return spec;
}

std::optional<std::string> layer_option(const JobSpec& spec, std::string_view name) {
  const auto axis = layer_axis(name);
  if (!axis || axis->layer > spec.stack.size()) return std::nullopt;
  const std::string& layer = spec.stack[axis->layer - 1];
  const std::string flag = fmt::format(" --{} ", axis->option);
  const auto at = layer.rfind(flag);
  if (at == std::string::npos) return std::nullopt;
  return base::shell_words(layer.substr(at + flag.size())).front();
}

}  // namespace convreel::job
