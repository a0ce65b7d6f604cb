#include "job/resolve.hpp"

#include <fmt/format.h>

#include <cmath>
#include <utility>
#include <variant>

#include "job/fields.hpp"
#include "job/layer_name.hpp"
#include "job/resolve_parts.hpp"

namespace convreel::job {

namespace {

base::Duration scaled(base::Duration duration, double speed) {
  return base::Duration(std::llround(static_cast<double>(duration.count()) / speed));
}

}  // namespace

Show decide_show(const JobSpec& spec) {
  Show show = spec.show;
  // Who says how long a step lasts means every step.
  if (!show.pace.chosen() && !show.step.chosen() && !show.predict) show.pace = Pace::teach;
  const double speed = spec.speed.value_or(1);
  for (auto* time : {&show.step, &show.hold_start, &show.hold_end}) *time = scaled(*time, speed);
  if (show.predict) show.predict = scaled(*show.predict, speed);
  return show;
}

namespace {

void refuse_without_model(const JobSpec& spec) {
  for (const std::string_view option : {"model-part", "channels", "crop"})
    if (field_named(option)->print(spec))
      throw base::Error(base::ErrorKind::usage, fmt::format("--{} belongs to a layer of a model", option),
                        "convreel model FILE.onnx --layer NAME");
}

Job resolve_model(const JobSpec& spec, const Tools& tools) {
  if (spec.layer)
    throw base::Error(base::ErrorKind::usage, "a model and a layer of its own do not go together",
                      "model-part names the model's layer");
  refuse_layer_options(spec, "a model", kModelOptions);
  ModelPart part = tools.read_model(spec, tools);
  if (!part.note.empty() && tools.note) tools.note(part.note);
  return {spec.name.value_or(part.name), std::move(*part.chain), decide_show(spec), {}};
}

Job resolved(const JobSpec& spec, const Tools& tools) {
  if (!spec.stack.empty() && spec.model)
    throw base::Error(base::ErrorKind::usage, "a stack and a model do not go together", "name one of them");
  if (!spec.model) refuse_without_model(spec);
  if (!spec.stack.empty()) return {spec.name.value_or("stack"), resolve_stack(spec, tools), decide_show(spec), {}};
  if (spec.model) return resolve_model(spec, tools);
  if (!spec.layer) throw base::Error(base::ErrorKind::usage, "no layer is named", "such as layer = \"conv2d\"");
  refuse_foreign_options(spec, *spec.layer);
  Numbers numbers = open_numbers(spec, *spec.layer, tools);
  const numerics::Layer layer = decide_layer(spec, *spec.layer, numbers);
  std::vector<double> bias = fitted_bias(layer, numbers);
  numerics::Trace trace(layer, fitted_input(layer, numbers), fitted_kernel(layer, numbers), std::move(bias));
  Show show = decide_show(spec);
  show.photo = numbers.input && std::holds_alternative<data::Picture>(*numbers.input);
  if (const auto* bank = numbers.kernel ? std::get_if<data::KernelBank>(&*numbers.kernel) : nullptr)
    for (const data::NamedKernel& kernel : bank->kernels) show.kernel_names.push_back(kernel.name);
  Chain chain(std::move(trace));
  chain.grad_output = fitted_gradient(spec, *spec.layer, chain.only().output());
  return {spec.name.value_or(std::string(name(*spec.layer))), std::move(chain), std::move(show), {}};
}

}  // namespace

Job resolve(const JobSpec& spec, const Tools& tools) {
  Job job = resolved(spec, tools);
  job.limits = spec.limits;
  return job;
}

}  // namespace convreel::job
