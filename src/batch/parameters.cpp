#include "batch/parameters.hpp"

#include <fmt/format.h>

#include <array>

#include "job/layer_name.hpp"

namespace convreel::batch {

namespace {

using numerics::Cell;
using numerics::first_axis;
using numerics::kAxes;
using numerics::Layer;

/// "3" where all used axes agree, else "3x5".
std::string sizes(const Cell& cell, const Layer& layer) {
  const auto first = static_cast<std::size_t>(first_axis(layer.dims));
  bool same = true;
  std::string text;
  for (std::size_t a = first; a < kAxes; ++a) {
    same = same && cell[a] == cell[first];
    text += fmt::format("{}{}", a == first ? "" : "x", cell[a]);
  }
  return same ? std::to_string(cell[first]) : text;
}

/// As the option takes it: "1", "1x2", or top,bottom,left,right.
std::string padding(const Layer& layer) {
  Cell before{};
  bool symmetric = true;
  std::string sides;
  for (auto a = static_cast<std::size_t>(first_axis(layer.dims)); a < kAxes; ++a) {
    before[a] = layer.padding[a].before;
    symmetric = symmetric && layer.padding[a].before == layer.padding[a].after;
    sides += fmt::format("{}{},{}", sides.empty() ? "" : ",", layer.padding[a].before, layer.padding[a].after);
  }
  return symmetric ? sizes(before, layer) : sides;
}

std::string yes_no(bool yes) { return yes ? "true" : "false"; }

using Decided = std::optional<std::string> (*)(const job::Job&);

/// What resolve() decided for an option that nobody wrote.
struct Rule {
  std::string_view field;
  bool listed;  ///< belongs to the layer's description, not only to file names
  Decided decided;
};

template <auto kMember>
std::optional<std::string> size_of(const job::Job& job) {
  return sizes(job.chain.only().layer().*kMember, job.chain.only().layer());
}
template <auto kMember>
std::optional<std::string> number_of(const job::Job& job) {
  return std::to_string(job.chain.only().layer().*kMember);
}
template <auto kMember>
std::optional<std::string> switch_of(const job::Job& job) {
  return yes_no(job.chain.only().layer().*kMember);
}

job::LayerName name_of_layer(const job::Job& job) {
  return {job.chain.only().layer().kind, job.chain.only().layer().dims};
}

std::optional<std::string> layer_of(const job::Job& job) { return std::string(job::name(name_of_layer(job))); }
std::optional<std::string> padding_of(const job::Job& job) { return padding(job.chain.only().layer()); }
std::optional<std::string> mode_of(const job::Job& job) {
  return std::string(numerics::name(job.chain.only().layer().padding_mode));
}
std::optional<std::string> rules_of(const job::Job& job) {
  return std::string(numerics::row_of(job.chain.only().layer().rules).name);
}
std::optional<std::string> output_size_of(const job::Job& job) {
  return sizes(job.chain.only().geometry().output, job.chain.only().layer());
}
std::optional<std::string> views_of(const job::Job& job) {
  std::string text;
  for (const std::string& view : job.show.views) text += (text.empty() ? "" : "+") + view;
  return text;
}
std::optional<std::string> theme_of(const job::Job& job) { return *job.show.theme; }
std::optional<std::string> name_of(const job::Job& job) { return job.name; }

constexpr std::array kRules{
    Rule{"layer", true, layer_of},
    Rule{"input-size", true, size_of<&Layer::input>},
    Rule{"kernel-size", true, size_of<&Layer::kernel>},
    Rule{"stride", true, size_of<&Layer::stride>},
    Rule{"padding", true, padding_of},
    Rule{"dilation", true, size_of<&Layer::dilation>},
    Rule{"output-padding", true, size_of<&Layer::output_padding>},
    Rule{"output-size", false, output_size_of},
    Rule{"in-channels", true, number_of<&Layer::in_channels>},
    Rule{"out-channels", true, number_of<&Layer::out_channels>},
    Rule{"groups", true, number_of<&Layer::groups>},
    Rule{"padding-mode", false, mode_of},
    Rule{"ceil-mode", false, switch_of<&Layer::ceil_mode>},
    Rule{"count-include-pad", false, switch_of<&Layer::count_include_pad>},
    Rule{"flip-kernel", false, switch_of<&Layer::flip_kernel>},
    Rule{"rules", false, rules_of},
    Rule{"view", true, views_of},
    Rule{"theme", false, theme_of},
    Rule{"name", false, name_of},
};

const Rule* rule_of(const job::Field& field) {
  for (const Rule& rule : kRules)
    if (rule.field == field.name) return &rule;
  return nullptr;
}

}  // namespace

std::optional<std::string> parameter(const job::Field& field, const job::JobSpec& spec, const job::Job& job) {
  if (auto written = field.print(spec)) return written;
  const Rule* rule = rule_of(field);
  // Every layer has an output size, though only some take it as an option.
  if (job.chain.stack && rule && field.group <= job::Group::data) return std::nullopt;
  const bool has = field.name == "output-size" || job.chain.stack || job::has_option(name_of_layer(job), field.name);
  return rule && has ? rule->decided(job) : std::nullopt;
}

Parameters parameters(const job::JobSpec& spec, const job::Job& job) {
  Parameters all;
  for (const job::Field& field : job::fields()) {
    if (field.name == "output") continue;
    const Rule* rule = rule_of(field);
    if (!field.print(spec) && !(rule && rule->listed)) continue;
    if (auto text = parameter(field, spec, job)) all.emplace_back(field.name, std::move(*text));
  }
  return all;
}

}  // namespace convreel::batch
