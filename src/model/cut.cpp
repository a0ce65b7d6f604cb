#include "model/cut.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <set>
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "model/run.hpp"

namespace convreel::model {

namespace {

using base::Error;
using base::ErrorKind;
using numerics::Cell;
using numerics::kAxes;
using numerics::Kernel;
using numerics::Layer;
using numerics::Map;
using numerics::Mapping;
using numerics::MappingKind;
using Channels = std::vector<std::int64_t>;

constexpr std::int64_t kMostChannels = 1 << 16;

[[noreturn]] void reject_channels(std::string_view text) {
  throw Error(ErrorKind::usage, fmt::format("--channels takes lists such as 0,2 or 0..3, not \"{}\"", text),
              "the input's channels, then behind : those of each layer's output: 0,1:3");
}

/// "0,2..4"; empty for all.
std::optional<Channels> read_channels(std::string_view text) {
  if (base::trim(text).empty()) return std::nullopt;
  Channels channels;
  for (const std::string_view part : base::split(text, ',')) {
    const auto dots = part.find("..");
    const auto first = base::parse_int(base::trim(part.substr(0, dots)));
    const auto last = dots == std::string_view::npos ? first : base::parse_int(base::trim(part.substr(dots + 2)));
    if (!first || !last || *first < 0 || *last < *first || *last > kMostChannels) reject_channels(text);
    for (std::int64_t c = *first; c <= *last; ++c) channels.push_back(c);
  }
  if (std::set<std::int64_t>(channels.begin(), channels.end()).size() != channels.size()) reject_channels(text);
  return channels;
}

Channels all_of(std::int64_t count) {
  Channels all(static_cast<std::size_t>(count));
  std::iota(all.begin(), all.end(), 0);
  return all;
}

/// A window of every channel, and where it begins.
struct Window {
  Cell size{1, 1, 1}, at{0, 0, 0};
};

/// "8x8" from the middle, "8x8+0+3" from row 0 and column 3.
Window read_window(const std::string& text, const Cell& size, int dims) {
  const auto reject = [&] {
    throw Error(ErrorKind::usage,
                fmt::format("--crop takes {0}, or {0}+ROW+COLUMN, not \"{1}\"", dims == 1 ? "N" : "RxC", text),
                "without a place the window lies in the middle");
  };
  const std::vector<std::string_view> parts = base::split(text, '+');
  const std::vector<std::string_view> sizes = base::split(parts.front(), 'x');
  const auto axes = static_cast<std::size_t>(dims);
  if ((sizes.size() != axes && sizes.size() != 1) || (parts.size() != 1 && parts.size() != axes + 1)) reject();
  Window window;
  for (std::size_t n = 0; n < axes; ++n) {
    const auto a = static_cast<std::size_t>(numerics::first_axis(dims)) + n;
    const auto wanted = base::parse_int(sizes[sizes.size() == 1 ? 0 : n]);
    const auto at = parts.size() == 1 ? std::optional<std::int64_t>(0) : base::parse_int(parts[n + 1]);
    if (!wanted || *wanted < 1 || !at || *at < 0) reject();
    window.size[a] = *wanted;
    window.at[a] = parts.size() == 1 ? (size[a] - *wanted) / 2 : *at;
    if (*wanted > size[a] || window.at[a] > size[a] - *wanted)
      throw Error(
          ErrorKind::impossible,
          fmt::format("--crop {} does not lie within the layer's input of {} cells along an axis", text, size[a]));
  }
  return window;
}

Map picked(const Map& map, const Channels& channels, const Window& window) {
  Map made(static_cast<std::int64_t>(channels.size()), window.size);
  for (std::int64_t v = 0; v < static_cast<std::int64_t>(made.values.size()); ++v) {
    numerics::Place place = numerics::place_at(v, made.size);
    place.channel = channels[static_cast<std::size_t>(place.channel)];
    for (int a = 0; a < kAxes; ++a) place.cell[a] += window.at[a];
    made.values[static_cast<std::size_t>(v)] = map.at(place);
  }
  return made;
}

class Cutter {
 public:
  Cutter(const Network& network, Run& run, const job::JobSpec& spec, std::string& note)
      : network_(network), run_(run), note_(note) {
    if (spec.channels)
      for (const std::string_view list : base::split(*spec.channels, ':')) lists_.push_back(read_channels(list));
    crop_ = spec.crop;
    limits_ = spec.limits;
  }

  std::vector<numerics::Stage> cut(const std::vector<const Unit*>& units, const numerics::SharedMap& input) {
    const int dims = units.front()->operation().dims();
    kept_ = chosen(input->channels, "the input");
    if (lists_.size() > 1 && !lists_[0] && lists_[1]) keep_groups(*units.front(), *lists_[1]);
    whole_ = kept_ == all_of(input->channels);
    Window window{input->size, {0, 0, 0}};
    if (crop_) window = read_window(*crop_, input->size, dims);
    cropped_ = window.size != input->size;
    map_ = whole_ && !cropped_ ? input : std::make_shared<const Map>(picked(*input, kept_, window));
    for (const Unit* unit : units) add(*unit);
    if (next_ < lists_.size())
      throw Error(ErrorKind::usage,
                  fmt::format("--channels has {} lists, and there are {} maps to choose from", lists_.size(), next_),
                  "the input's channels, then behind : those of every convolution's output");
    return std::move(stages_);
  }

 private:
  Channels chosen(std::int64_t count, const std::string& of) {
    const auto list = next_ < lists_.size() ? lists_[next_] : std::nullopt;
    ++next_;
    if (!list) return all_of(count);
    for (const std::int64_t channel : *list)
      if (channel >= count)
        throw Error(ErrorKind::impossible,
                    fmt::format("--channels {}: {} has {} channels, counted from 0", channel, of, count));
    return *list;
  }

  void add(const Unit& unit) {
    const numerics::Operation operation = unit.operation();
    if (operation.layer) {
      stages_.emplace_back(window_layer(unit, *operation.layer));
    } else {
      Mapping one = mapping(unit, *operation.mapping);
      hold(unit, {nullptr, &one});
      stages_.emplace_back(std::move(one), map_);
    }
    made_.push_back({&unit, kept_});
    map_ = stages_.back().shared_output();
  }

  numerics::Trace window_layer(const Unit& unit, Layer layer) {
    layer.input = map_->size;
    if (layer.row().mixes_channels) return weighted(unit, std::move(layer));
    layer.in_channels = layer.out_channels = map_->channels;
    return checked(unit, layer, {}, {});
  }

  numerics::Trace weighted(const Unit& unit, Layer layer) {
    const Kernel kernel = kernel_of(network_, unit);
    const std::vector<double> bias = bias_of(network_, unit);
    const Channels outputs = outputs_of(unit, layer);
    const bool all = outputs == all_of(layer.out_channels);
    const std::vector<Group> groups = groups_of(unit, layer, outputs);
    if (groups.front().inputs.size() < static_cast<std::size_t>(layer.in_channels / layer.groups))
      note_sums(unit, layer, groups.front().inputs.size());
    Kernel part = kernel_part(layer, kernel, groups);
    std::vector<double> biases;
    for (const std::int64_t channel : outputs)
      if (!bias.empty()) biases.push_back(bias.at(static_cast<std::size_t>(channel)));
    layer.groups = static_cast<std::int64_t>(groups.size());
    layer.in_channels = static_cast<std::int64_t>(kept_.size());
    layer.out_channels = static_cast<std::int64_t>(outputs.size());
    kept_ = outputs;
    whole_ = all;
    return checked(unit, layer, std::move(part), std::move(biases));
  }

  /// What one group is left with: its input channels, and its output channels, counted as in the whole layer.
  struct Group {
    std::int64_t number = 0;
    Channels inputs, outputs;
  };

  /// Those asked for; without a list all that the groups of the kept inputs make. Of a depthwise layer whose inputs
  /// were chosen nothing is left to choose.
  Channels outputs_of(const Unit& unit, const Layer& layer) {
    const std::int64_t inputs = layer.in_channels / layer.groups, each = layer.out_channels / layer.groups;
    if (layer.groups == 1 || whole_) return chosen(layer.out_channels, unit.name);
    if (inputs > 1 && next_ < lists_.size() && lists_[next_]) return chosen(layer.out_channels, unit.name);
    if (inputs > 1) ++next_;
    Channels outputs, groups;
    for (const std::int64_t channel : kept_)
      if (const std::int64_t group = channel / inputs; std::ranges::find(groups, group) == groups.end()) {
        groups.push_back(group);
        for (std::int64_t m = 0; m < each; ++m) outputs.push_back(group * each + m);
      }
    return outputs;
  }

  /// The chosen channels group by group, in one order on both sides and as many in each: what a layer can say.
  std::vector<Group> groups_of(const Unit& unit, const Layer& layer, const Channels& outputs) const {
    const std::int64_t in_each = layer.in_channels / layer.groups, out_each = layer.out_channels / layer.groups;
    std::vector<Group> groups;
    bool even = true;
    for (const std::int64_t channel : kept_) {
      if (groups.empty() || groups.back().number != channel / in_each) groups.push_back({channel / in_each, {}, {}});
      groups.back().inputs.push_back(channel);
    }
    std::size_t at = 0;
    for (const std::int64_t channel : outputs) {
      while (at < groups.size() && groups[at].number != channel / out_each) ++at;
      if (at == groups.size()) break;
      groups[at].outputs.push_back(channel);
    }
    for (const Group& group : groups)
      even = even && group.inputs.size() == groups.front().inputs.size() && !group.outputs.empty() &&
             group.outputs.size() == groups.front().outputs.size();
    if (at == groups.size() || !even)
      throw Error(
          ErrorKind::impossible,
          fmt::format("{} has {} groups: its output {} reads the channels {} to {} only", unit.name, layer.groups,
                      outputs.front(), outputs.front() / out_each * in_each,
                      (outputs.front() / out_each + 1) * in_each - 1),
          "as many inputs and outputs of each group, in the same order; an empty list takes what goes together");
    return groups;
  }

  /// A list of outputs alone takes the inputs of their groups with it.
  void keep_groups(const Unit& unit, const Channels& outputs) {
    const Layer* layer = unit.operation().layer;
    if (!layer || layer->groups == 1 || layer->groups == layer->in_channels || !layer->row().mixes_channels) return;
    const std::int64_t in_each = layer->in_channels / layer->groups, out_each = layer->out_channels / layer->groups;
    kept_.clear();
    for (const std::int64_t output : outputs)
      for (std::int64_t i = 0; i < in_each; ++i)
        if (const std::int64_t channel = output / out_each * in_each + i;
            std::ranges::find(kept_, channel) == kept_.end())
          kept_.push_back(channel);
  }

  static Kernel kernel_part(const Layer& layer, const Kernel& kernel, const std::vector<Group>& groups) {
    const std::int64_t in_each = layer.in_channels / layer.groups, out_each = layer.out_channels / layer.groups;
    const auto inputs = static_cast<std::int64_t>(groups.front().inputs.size());
    const auto outputs = static_cast<std::int64_t>(groups.front().outputs.size());
    const auto count = static_cast<std::int64_t>(groups.size());
    const bool turned = layer.transposed();
    Kernel part(count * (turned ? inputs : outputs), turned ? outputs : inputs, kernel.size);
    for (std::int64_t g = 0; g < count; ++g)
      for (std::int64_t o = 0; o < outputs; ++o)
        for (std::int64_t i = 0; i < inputs; ++i) {
          const std::int64_t from = groups[static_cast<std::size_t>(g)].inputs[static_cast<std::size_t>(i)];
          const std::int64_t to = groups[static_cast<std::size_t>(g)].outputs[static_cast<std::size_t>(o)];
          numerics::each_cell(kernel.size, [&](const Cell& tap) {
            if (turned)
              part.at(g * inputs + i, o, tap) = kernel.at(from, to % out_each, tap);
            else
              part.at(g * outputs + o, i, tap) = kernel.at(to, from % in_each, tap);
          });
        }
    return part;
  }

  void hold(const Unit& unit, const numerics::Operation& operation) const {
    hold_cost(unit.name, operation.output_shape().values(), operation.multiplications(), limits_);
  }

  numerics::Trace checked(const Unit& unit, const Layer& layer, Kernel kernel, std::vector<double> bias) {
    try {
      if (numerics::check(layer).empty()) hold(unit, {&layer});
      return {layer, map_, std::move(kernel), std::move(bias)};
    } catch (const Error& error) {
      rethrow(unit, error);
    }
  }

  [[noreturn]] void rethrow(const Unit& unit, const Error& error) const {
    if (error.kind() == ErrorKind::interrupted) throw Error(error);
    auto problems = error.problems();
    for (base::Problem& problem : problems) problem.message = fmt::format("{}: {}", unit.name, problem.message);
    throw Error(error.kind(), std::move(problems));
  }

  Mapping mapping(const Unit& unit, Mapping mapping) {
    const numerics::Shape before = mapping.input;
    mapping.input =
        stages_.empty() ? numerics::Shape{map_->channels, map_->size, before.flat} : stages_.back().output_shape();
    if (!whole_ && (mapping.kind == MappingKind::pixel_shuffle || mapping.kind == MappingKind::linear))
      throw Error(ErrorKind::impossible, fmt::format("{} needs all channels of the map before it", unit.name),
                  "leave out --channels");
    if (mapping.kind == MappingKind::batch_norm) pick(mapping);
    if (unit.pool) unpool(unit, mapping);
    if (cropped_ && mapping.kind == MappingKind::upsample) keep_scale(mapping, before);
    try {
      if (auto problems = numerics::check(mapping); !problems.empty())
        throw Error(ErrorKind::impossible, std::move(problems));
    } catch (const Error& error) {
      rethrow(unit, error);
    }
    return mapping;
  }

  void pick(Mapping& mapping) const {
    if (whole_) return;
    for (auto* member : {&mapping.weight, &mapping.bias, &mapping.mean, &mapping.variance}) {
      std::vector<double> part;
      for (const std::int64_t channel : kept_)
        if (!member->empty()) part.push_back(member->at(static_cast<std::size_t>(channel)));
      *member = std::move(part);
    }
    mapping.in_features = static_cast<std::int64_t>(kept_.size());
  }

  /// A window is enlarged as much as its map was.
  static void keep_scale(Mapping& mapping, const numerics::Shape& before) {
    for (int a = numerics::first_axis(mapping.dims); a < kAxes; ++a) {
      if (!mapping.size[a]) continue;
      mapping.scale[a] = static_cast<double>(*mapping.size[a]) / static_cast<double>(before.size[a]);
      mapping.size[a].reset();
    }
  }

  /// The places come from its pool, which is cut as well where it is one of the layers.
  void unpool(const Unit& unit, Mapping& mapping) {
    const Unit* pool = &network_.units()[*unit.pool];
    const auto drawn = std::ranges::find(made_, pool, &Made::unit);
    if (drawn != made_.end()) {
      if (drawn->kept != kept_)
        throw Error(ErrorKind::impossible,
                    fmt::format("{} reads other channels than its pool {}", unit.name, pool->name),
                    "give both the same list in --channels");
      const numerics::Trace& trace = *stages_[static_cast<std::size_t>(drawn - made_.begin())].trace();
      mapping.unpooled = trace.input().size;
      mapping.sources = numerics::unpool_sources(trace);
      return;
    }
    if (cropped_)
      throw Error(ErrorKind::impossible, fmt::format("{} is not cropped without its pool {}", unit.name, pool->name),
                  fmt::format("--layers {}..{}", pool->name, unit.name));
    const auto sources = run_.sources(unit);
    if (!sources)
      throw Error(ErrorKind::impossible, fmt::format("{} gives no values, so the places that {} found are not known",
                                                     run_.stopped_by(), pool->name));
    const std::int64_t from = numerics::area(map_->size), to = numerics::area(*mapping.unpooled);
    for (std::size_t k = 0; k < kept_.size(); ++k)
      for (std::int64_t at = 0; at < to; ++at) {
        const std::int64_t source = (*sources)[static_cast<std::size_t>(kept_[k] * to + at)];
        mapping.sources.push_back(source < 0 ? -1 : source + (static_cast<std::int64_t>(k) - kept_[k]) * from);
      }
  }

  void note_sums(const Unit& unit, const Layer& layer, std::size_t kept) {
    note_ += fmt::format("{}{} sums over {} of its {} input channels{}", note_.empty() ? "" : "; ", unit.name, kept,
                         layer.in_channels / layer.groups, layer.groups > 1 ? " a group" : "");
  }

  /// A unit that became a stage, and which of its output's channels are left.
  struct Made {
    const Unit* unit;
    Channels kept;
  };

  const Network& network_;
  Run& run_;
  std::string& note_;
  std::vector<Made> made_;
  std::vector<std::optional<Channels>> lists_;
  std::optional<std::string> crop_;
  base::Limits limits_;
  std::size_t next_ = 0;
  Channels kept_;
  bool whole_ = true, cropped_ = false;
  numerics::SharedMap map_;
  std::vector<numerics::Stage> stages_;
};

}  // namespace

std::vector<numerics::Stage> cut(const Network& network, const std::vector<const Unit*>& units,
                                 numerics::SharedMap input, Run& run, const job::JobSpec& spec, std::string& note) {
  return Cutter(network, run, spec, note).cut(units, input);
}

}  // namespace convreel::model
