#include "api/convreel.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "batch/run_job.hpp"
#include "cli/command.hpp"
#include "cli/console.hpp"
#include "cli/load.hpp"
#include "explain/full_text.hpp"
#include "explain/stack_text.hpp"
#include "job/fields.hpp"
#include "job/sources.hpp"
#include "output/json/json.hpp"
#include "paint/painter.hpp"
#include "theme/theme.hpp"
#include "views/reel/reel.hpp"

namespace convreel {

namespace {

/// What is thrown within becomes what a caller can catch.
template <typename Work>
auto told(Work&& work) {
  try {
    return work();
  } catch (const base::Error& error) {
    std::string message, hint;
    for (const base::Problem& problem : error.problems()) {
      message += (message.empty() ? "" : "\n") + problem.message;
      if (hint.empty()) hint = problem.hint;
    }
    throw Failure(static_cast<int>(error.kind()), message, hint);
  }
}

job::JobSpec spec_of(std::string_view text, const std::vector<std::pair<std::string, std::string>>& options) {
  const bool toml = text.find('=') != text.npos && text.find('\n') != text.npos && !job::looks_like_layer(text);
  std::vector<job::JobSpec> specs{toml ? std::vector{job::from_toml(text, "job", "")} : cli::specs_from(text)};
  if (specs.size() != 1) throw base::Error(base::ErrorKind::usage, "an animation is one job, and this names several");
  for (const auto& [name, value] : options) {
    const job::Field* field = job::field_named(name);
    if (!field) throw base::Error(base::ErrorKind::usage, "unknown option " + name);
    field->parse(specs.front(), value);
  }
  return specs.front();
}

cli::Console quiet() { return cli::Console({.quiet = true, .progress = "none"}); }

Shape shape_of(const scene::Item& item) {
  Shape shape{item.id,        std::string(scene::name(item.role)), "", item.box.x, item.box.y, item.box.width,
              item.box.height};
  for (const scene::Span& span : item.text) shape.text += span.text;
  return shape;
}

}  // namespace

Failure::Failure(int code, std::string message, std::string hint)
    : code_(code), message_(std::move(message)), hint_(std::move(hint)) {}

/// The job, decided without outputs, and its pictures.
struct Animation::Decided {
  explicit Decided(job::JobSpec written)
      : spec(std::move(written)),
        job(cli::job_to_show(spec)),
        theme(theme::load(*job.show.theme, job.show.theme_overrides)),
        ruler(paint::make_ruler(theme)),
        reel(views::make_reel({views::panel_of(job.chain, job.show)}, job.show, {}, *ruler)) {}

  job::JobSpec spec;
  job::Job job;
  theme::Theme theme;
  std::unique_ptr<scene::Ruler> ruler;
  std::unique_ptr<views::Reel> reel;
};

Animation::Animation(std::string_view spec, const std::vector<std::pair<std::string, std::string>>& options)
    : decided_(told([&] { return std::make_unique<Decided>(spec_of(spec, options)); })) {}
Animation::~Animation() = default;
Animation::Animation(Animation&&) noexcept = default;
Animation& Animation::operator=(Animation&&) noexcept = default;

std::string Animation::trace_json() const {
  return told([&] {
    base::MemorySink sink;
    output::write_traces(decided_->job, sink);
    return std::string(sink.bytes().begin(), sink.bytes().end());
  });
}

std::string Animation::explanation() const {
  return told([&] {
    const job::Chain& chain = decided_->job.chain;
    return chain.stack ? explain::stack_text(chain.stages) : explain::full_text(chain.only());
  });
}

std::string Animation::alt_text() const { return decided_->reel->alt_text(); }
std::string Animation::transcript() const { return decided_->reel->transcript(); }

std::vector<Scene> Animation::scenes() const {
  return told([&] {
    std::vector<Scene> scenes;
    for (const std::int64_t still : decided_->reel->stills()) {
      const views::Shot shot = decided_->reel->shot(still);
      Scene scene{
          shot.scene.canvas.width, shot.scene.canvas.height, std::chrono::duration<double>(shot.duration).count(), {}};
      for (const scene::Item* item : scene::visible(shot.scene)) scene.shapes.push_back(shape_of(*item));
      scenes.push_back(std::move(scene));
    }
    return scenes;
  });
}

void Animation::write(const std::vector<std::string>& outputs) const {
  told([&] {
    job::JobSpec spec = decided_->spec;
    spec.outputs = outputs;
    cli::Console console = quiet();
    batch::run_job(cli::job_to_render(spec, console), {.version = cli::version()}, console.progress(), base::Cancel());
  });
}

std::string version() { return cli::version(); }

}  // namespace convreel
