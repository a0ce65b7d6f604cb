// convreel list: what there is to choose from, read from the tables.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

#include "base/error.hpp"
#include "base/limits.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/commands/commands.hpp"
#include "cli/print.hpp"
#include "data/named_kernel.hpp"
#include "data/source.hpp"
#include "job/layer_name.hpp"
#include "job/sources.hpp"
#include "job/stack.hpp"
#include "output/formats.hpp"
#include "theme/theme.hpp"
#include "views/catalogue.hpp"

namespace convreel::cli {
namespace {

using Json = nlohmann::ordered_json;

/// A line of a list: what to type, and what it is. `facts` are further columns of the JSON.
struct Entry {
  std::string name, summary;
  Json facts = Json::object();
};

std::vector<Entry> layers() {
  std::vector<Entry> entries;
  for (const job::LayerRow& row : job::layer_rows())
    entries.push_back({std::string(row.name),
                       std::string(row.summary),
                       {{"short_name", row.short_name},
                        {"pytorch", row.torch_name},
                        {"keras", row.keras_name},
                        {"onnx", numerics::row_of(row.layer.kind).onnx_name}}});
  for (const job::MappingCommand& mapping : job::mapping_commands())
    entries.push_back({mapping.command, std::string(mapping.summary), {{"pytorch", mapping.torch_name}}});
  return entries;
}

std::vector<Entry> views_known() {
  std::vector<Entry> entries;
  for (const views::Row& row : views::catalogue()) entries.push_back({std::string(row.name), std::string(row.summary)});
  return entries;
}

std::vector<Entry> formats_known() {
  std::vector<Entry> entries;
  for (const output::Format& format : output::formats())
    entries.push_back({std::string(format.name),
                       std::string(format.summary),
                       {{"ending", format.ending},
                        {"encoder", format.encoder},
                        {"animated", format.animated},
                        {"vector", format.vector},
                        {"lossless", format.lossless},
                        {"transparency", format.alpha},
                        {"ignores", output::idle_options({"", std::string(format.name), {}}, {})},
                        {"options", output::option_names(format)}}});
  return entries;
}

std::vector<Entry> themes_known() {
  std::vector<Entry> entries;
  for (const std::string& name : theme::names()) entries.push_back({name, ""});
  return entries;
}

std::vector<Entry> presets_known() {
  std::vector<Entry> entries;
  for (const std::string& name : job::preset_names()) entries.push_back({name, job::preset_summary(name)});
  return entries;
}

std::vector<Entry> kernels_known() {
  std::vector<Entry> entries;
  for (const std::string_view name : data::kernel_names())
    entries.push_back({std::string(name), std::string(data::legal_sizes(name))});
  return entries;
}

std::vector<Entry> limits_known() {
  std::vector<Entry> entries;
  for (const base::LimitRow& row : base::limit_rows())
    entries.push_back({std::string(row.name),
                       fmt::format("{}: {}, {} with --safe", row.what, base::limit_text(row.unit, row.usual),
                                   base::limit_text(row.unit, row.safe)),
                       {{"usual", row.usual}, {"safe", row.safe}, {"most", row.most}}});
  return entries;
}

std::vector<Entry> entries_of(std::string_view what) {
  if (what == "layers") return layers();
  if (what == "views") return views_known();
  if (what == "formats") return formats_known();
  if (what == "themes") return themes_known();
  if (what == "presets") return presets_known();
  if (what == "limits") return limits_known();
  return kernels_known();
}

std::string as_text(const std::vector<Entry>& entries) {
  std::size_t width = 0;
  for (const Entry& entry : entries) width = std::max(width, entry.name.size());
  std::string text;
  for (const Entry& entry : entries)
    text += entry.summary.empty() ? entry.name + "\n" : fmt::format("{:<{}}  {}\n", entry.name, width, entry.summary);
  return text;
}

std::string as_json(const std::vector<Entry>& entries) {
  Json list = Json::array();
  for (const Entry& entry : entries) {
    Json one{{"name", entry.name}};
    if (!entry.summary.empty()) one["summary"] = entry.summary;
    one.update(entry.facts);
    list.push_back(std::move(one));
  }
  return list.dump(2) + "\n";
}

}  // namespace

void run_list(const Session& session) {
  const std::vector<Entry> entries = entries_of(session.line.words.front());
  print(session.line.json ? as_json(entries) : as_text(entries));
}

}  // namespace convreel::cli
