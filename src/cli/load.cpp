#include "cli/load.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <functional>
#include <string>
#include <utility>

#include "base/atomic_file.hpp"
#include "base/error.hpp"
#include "base/inside.hpp"
#include "base/text.hpp"
#include "cli/glyph_check.hpp"
#include "cli/outputs.hpp"
#include "cli/side_by_side.hpp"
#include "cli/sources.hpp"
#include "data/source.hpp"
#include "encode/media.hpp"
#include "job/fields.hpp"
#include "job/layer_name.hpp"
#include "job/resolve.hpp"
#include "job/sources.hpp"
#include "job/stack.hpp"
#include "model/part.hpp"
#include "numerics/gradient.hpp"
#include "output/formats.hpp"
#include "output/options.hpp"
#include "views/catalogue.hpp"

namespace convreel::cli {
namespace {

using base::Error;
using base::ErrorKind;

constexpr std::string_view kPresetPrefix = "preset:";

std::vector<job::JobSpec> from_presets(std::string_view pattern) {
  const std::vector<std::string> names = job::preset_names(pattern);
  std::vector<job::JobSpec> specs;
  for (const std::string& name : names) specs.push_back(job::preset(name));
  if (specs.empty()) specs.push_back(job::preset(pattern));  // throws with a near name
  return specs;
}

job::JobSpec from_file(const std::filesystem::path& path, const base::Limits& limits) {
  if (data::names_file(path.string()))
    throw Error(ErrorKind::usage, fmt::format("{} names no layer", path.string()),
                fmt::format("it can be a layer's input: --input-values {}", path.string()));
  if (!std::filesystem::exists(path))
    throw Error(ErrorKind::usage, fmt::format("{}: no such file", path.string()),
                "give a .toml file, preset:NAME, or a layer such as 'Conv2d(1, 1, kernel_size=3)'");
  const std::vector<std::uint8_t> bytes = base::read_file(path, base::Limit::job_file, limits);
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  job::JobSpec spec = job::from_toml(text, path.string(), path.parent_path().string());
  if (!spec.name) spec.name = base::mended(path.stem().string());
  return spec;
}

base::Image read_image(std::span<const std::uint8_t> bytes, std::string_view label, int width, int height,
                       const base::Limits& limits) {
  encode::Media& media = encode::media();
  base::Image image = media.decode_image(bytes, label, limits[base::Limit::picture]);
  if (width > 0 && (width != image.width || height != image.height)) image = media.resize(image.view(), width, height);
  return image;
}

job::Tools tools_with(const std::function<void(const std::string&)>& note) {
  return {read_image, model::part_of, note};
}

std::string way_out(const job::Chain& chain) {
  const std::string_view made_for = views::default_view(chain);
  if (views::refusal(views::view_named(made_for), chain)) return "its numbers: -o a.json, -o a.txt";
  return fmt::format("the view {} is made for this {}", made_for, chain.stack ? "stack" : "layer");
}

bool shows_gradients(const job::Job& job) {
  return std::ranges::any_of(job.show.views, [](const auto& name) { return views::view_named(name).gradients; });
}

/// What tells of the layer beside such a view tells of the same gradients.
void add_gradient(job::Job& job) {
  if (!job.chain.stack && !job.chain.grad_output && shows_gradients(job))
    job.chain.grad_output = numerics::sample_gradient(job.chain.only().output());
}

/// Every job has a view, as a transcript speaks its words too; only pictures can be refused.
void choose_views(job::Job& job, bool drawn) {
  if (job.show.views.empty()) job.show.views.emplace_back(views::default_view(job.chain));
  std::vector<base::Problem> problems;
  for (const std::string& name : job.show.views)
    if (const auto reason = views::refusal(views::view_named(name), job.chain))
      problems.push_back({*reason, way_out(job.chain)});
  if (drawn && !problems.empty()) throw Error(ErrorKind::impossible, std::move(problems));
  add_gradient(job);
}

/// A format without transparency keeps its background: worth a word, and a mistake when no output can do it.
void check_transparency(const job::Job& job, Console& console) {
  if (!job.show.transparent) return;
  std::vector<std::string> opaque;
  for (const job::Output& output : job.outputs)
    if (output::draws(output) && !output::format_named(output.format)->alpha) opaque.push_back(output.path);
  const auto drawn = std::count_if(job.outputs.begin(), job.outputs.end(), output::draws);
  if (opaque.empty()) return;
  const std::string text = fmt::format("{}: this format has no transparency", fmt::join(opaque, ", "));
  if (static_cast<std::size_t>(drawn) == opaque.size())
    throw Error(ErrorKind::usage, text, "convreel list formats shows which have");
  console.note(text + "; the background stays");
}

}  // namespace

std::vector<job::JobSpec> specs_from(std::string_view source, const base::Limits& limits) {
  if (const auto layer = job::layer_named(source)) {
    job::JobSpec spec;
    spec.layer = layer;
    return {spec};
  }
  if (source.starts_with(kPresetPrefix)) return from_presets(source.substr(kPresetPrefix.size()));
  if (job::looks_like_stack(source) || job::looks_like_mapping(source) || source.find('\n') != std::string_view::npos) {
    job::JobSpec spec;
    spec.stack = job::stack_layers(source);
    return {spec};
  }
  if (job::looks_like_layer(source)) return {job::from_layer_string(source)};
  return {from_file(std::filesystem::path(source), limits)};
}

std::vector<std::string> mapping_layers(std::string_view command, const CommandLine& line) {
  const job::MappingCommand& mapping = *job::mapping_command_named(command);
  std::vector<std::optional<std::string>> values;
  for (const auto& parameter : mapping.parameters) values.push_back(value(line, parameter.option));
  return job::layers_of(mapping, values, line.flags.in_channels.value_or(1));
}

bool says_stack(const std::vector<std::string>& words) {
  return !words.empty() && (words.front() == "stack" || job::mapping_command_named(words.front()));
}

std::vector<job::JobSpec> stack_specs(const std::vector<std::string>& words, const CommandLine& line) {
  std::vector<job::JobSpec> specs;
  job::JobSpec written;
  for (const std::string& word : words) {
    if (!word.starts_with(kPresetPrefix) && !names_job_file(word)) {
      for (std::string& layer : job::stack_layers(word)) written.stack.push_back(std::move(layer));
      continue;
    }
    for (const job::JobSpec& spec : specs_from(word, line.limits)) {
      if (spec.stack.empty())
        throw Error(ErrorKind::usage, fmt::format("{} is no stack", word), "convreel render draws it");
      specs.push_back(completed(spec, line));
    }
  }
  if (!written.stack.empty() && !specs.empty())
    throw Error(ErrorKind::usage, "layers and a file in one stack", "name layers, or files and presets");
  if (specs.empty() && written.stack.empty())
    throw Error(ErrorKind::usage, "a stack without layers",
                "convreel stack 'Conv2d(1, 1, 3)' 'ReLU()' -i 6 -o stack.gif");
  if (specs.empty()) specs.push_back(completed(written, line));
  return specs;
}

std::vector<job::JobSpec> specs_of(const CommandLine& line) {
  if (says_stack(line.words)) {
    const std::string& word = line.words.front();
    const std::vector<std::string> layers(line.words.begin() + 1, line.words.end());
    if (word == "stack") return stack_specs(layers, line);
    if (!layers.empty())
      throw Error(ErrorKind::usage, fmt::format("unexpected \"{}\": {} takes options only", layers.front(), word));
    return stack_specs(mapping_layers(word, line), line);
  }
  std::vector<job::JobSpec> specs;
  for (const std::string& word : line.words)
    for (const job::JobSpec& spec : specs_from(word, line.limits)) specs.push_back(completed(spec, line));
  return specs;
}

namespace {

/// Gradients that nothing would show are a mistake.
void check_gradients(const job::Job& job) {
  if (!job.chain.grad_output || shows_gradients(job)) return;
  const auto holds = [](const job::Output& output) { return output::format_named(output.format)->gradients; };
  if (std::ranges::none_of(job.outputs, holds))
    throw Error(ErrorKind::usage, "--grad-values: no output shows gradients", "add --view backward, or -o a.json");
}

/// What a job says is bounded before anything is made of it.
void hold_words(const job::JobSpec& spec, const base::Limits& limits) {
  for (const auto& text : {spec.show.title, spec.name})
    if (text)
      limits.hold(base::Limit::text, static_cast<double>(text->size()),
                  fmt::format("a title or name of {} bytes", text->size()));
  const std::size_t outputs = spec.outputs.size(), views = spec.show.views.size();
  limits.hold(base::Limit::list, static_cast<double>(outputs), fmt::format("{} outputs", outputs));
  limits.hold(base::Limit::list, static_cast<double>(views), fmt::format("{} views", views));
}

job::Job decided(const job::JobSpec& spec, const job::JobSpec& defaults, Console& console, bool as_stack = false) {
  const job::JobSpec whole = job::merge(defaults, spec);
  hold_words(whole, spec.limits);
  job::Job job = job::resolve(whole, tools_with([&](const std::string& text) { console.note(text); }));
  job.chain.stack |= as_stack;
  job.outputs = outputs_of(whole, job.name);
  choose_views(job, std::any_of(job.outputs.begin(), job.outputs.end(), output::draws));
  check_gradients(job);
  return job;
}

std::vector<std::string> subtitles_of(const std::vector<job::Job>& jobs) {
  std::vector<std::string> lines;
  std::vector<const numerics::Layer*> layers;
  for (const job::Job& job : jobs) {
    if (job.chain.stack)
      lines.push_back(subtitle(job.chain.stages));
    else
      layers.push_back(&job.chain.only().layer());
  }
  if (!layers.empty()) lines = subtitles(layers);
  for (std::size_t j = 0; j < jobs.size(); ++j) lines[j] = jobs[j].show.title.value_or(lines[j]);
  return lines;
}

/// The first layer's job, the others beside it. Beside a stack a single layer is a stack of one.
job::Job decided_together(const job::JobSpec& spec, const job::JobSpec& defaults, Console& console) {
  const std::vector<job::JobSpec> specs = compared_specs(spec);
  std::vector<job::Job> jobs;
  for (const job::JobSpec& one : specs) jobs.push_back(decided(one, defaults, console, compares_stacks(specs)));
  const std::vector<std::string> lines = subtitles_of(jobs);
  job::Job whole = std::move(jobs.front());
  whole.name = spec.name.value_or("compare");
  whole.outputs = outputs_of(job::merge(defaults, spec), whole.name);
  whole.show.title = spec.show.title;
  whole.subtitle = lines.front();
  for (std::size_t j = 1; j < jobs.size(); ++j)
    whole.beside.push_back({std::move(jobs[j].chain), std::move(jobs[j].show), lines[j]});
  return whole;
}

/// The shortest time that a picture can stand in an output.
base::Duration shortest(const job::Job& job, const job::Output& output) {
  const output::Format& format = *output::format_named(output.format);
  if (format.clock(output) != output::Clock::steady) return format.shortest;
  return std::chrono::duration_cast<base::Duration>(std::chrono::seconds(1)) / output::frame_rate(output, job.show);
}

void note_lost_steps(const job::Job& job, Console& console) {
  for (const job::Output& output : job.outputs) {
    const base::Duration least = shortest(job, output);
    if (*job.show.step < least)
      console.note(fmt::format("{}: pictures stand for {} ms at least, so some steps of {} ms are left out",
                               output.path, std::chrono::duration_cast<std::chrono::milliseconds>(least).count(),
                               std::chrono::duration_cast<std::chrono::milliseconds>(*job.show.step).count()));
  }
}

/// Somebody who writes 600 means milliseconds.
void note_long_times(const job::Show& show, Console& console) {
  constexpr base::Duration kLong = std::chrono::minutes(1);
  const std::pair<std::string_view, base::Duration> times[] = {{"step", show.step},
                                                               {"hold-start", show.hold_start},
                                                               {"hold-end", show.hold_end},
                                                               {"predict", show.predict.value_or(base::Duration{})}};
  for (const auto& [name, time] : times)
    if (time >= kLong)
      console.note(
          fmt::format("--{} is {} minutes; milliseconds are written so: --{} {}ms", name,
                      base::exact(std::round(std::chrono::duration<double, std::ratio<60>>(time).count() * 10) / 10),
                      name, std::chrono::duration_cast<std::chrono::seconds>(time).count()));
}

}  // namespace

job::Job job_to_render(const job::JobSpec& spec, Console& console) {
  Themes themes;
  return job_to_render(spec, themes, console);
}

job::Job job_to_render(const job::JobSpec& spec, Themes& themes, Console& console) {
  base::hold_inside(*spec.show.theme, spec.limits);
  KnownTheme& known = themes.of(spec.show);
  const job::JobSpec& defaults = known.defaults;
  job::Job job = spec.compare.empty() ? decided(spec, defaults, console) : decided_together(spec, defaults, console);
  check_transparency(job, console);
  note_lost_steps(job, console);
  note_long_times(job.show, console);
  if (std::ranges::any_of(job.outputs, output::draws)) check_glyphs(job, known, console);
  return job;
}

job::Job job_to_show(const job::JobSpec& spec) {
  if (!spec.compare.empty())
    throw Error(ErrorKind::usage, "show takes one layer, and this job compares several", "convreel compare draws them");
  job::Job job = job::resolve(spec, tools_with({}));
  choose_views(job, true);
  return job;
}

std::vector<job::Job> jobs_to_explain(const job::JobSpec& spec) {
  const auto explained = [](const job::JobSpec& one) {
    job::Job job = job::resolve(one, tools_with({}));
    add_gradient(job);
    return job;
  };
  if (spec.compare.empty()) return {explained(spec)};
  std::vector<job::Job> jobs;
  for (const job::JobSpec& one : compared_specs(spec)) {
    jobs.push_back(explained(one));
    jobs.back().name = jobs.back().show.title.value_or(jobs.back().name);
  }
  return jobs;
}

void note_misnomer(std::string_view word, Console& console) {
  if (!word.starts_with("deconv") || !job::layer_named(word)) return;
  console.note(fmt::format(
      "{} is a transposed convolution: it gives an input's size back, not its values, as a real deconvolution "
      "would; the command is called {}",
      word, job::name(*job::layer_named(word))));
}

}  // namespace convreel::cli
