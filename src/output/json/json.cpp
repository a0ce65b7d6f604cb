#include "output/json/json.hpp"

#include <fmt/format.h>

#include "numerics/gradient.hpp"
#include "output/json/writer.hpp"

namespace convreel::output {

namespace {

using numerics::Cell;
using numerics::Layer;
using numerics::Place;
using numerics::Stage;
using numerics::Trace;

constexpr int kSchema = 1;

/// Writes the axes a layer uses, rows before columns.
class TraceWriter {
 public:
  TraceWriter(const Trace& trace, JsonWriter& json)
      : trace_(trace), layer_(trace.layer()), first_(numerics::first_axis(layer_.dims)), json_(json) {}

  void write_gradients(const numerics::Gradients& gradients) {
    line("gradient");
    json_.begin_object();
    json_.key("output");
    map(gradients.output, true);
    json_.key("input");
    map(gradients.input, true);
    json_.key("kernel");
    kernel(gradients.kernel);
    json_.key("bias");
    row(gradients.bias);
    json_.end_object();
  }

  /// All of it but what opens and closes the object.
  void write(TraceParts parts) {
    const bool all = parts == TraceParts::all;
    write_layer();
    write_geometry();
    if (all) write_operands();
    write_bias();
    write_output(all);
    if (all) write_steps();
  }

 private:
  void line(std::string_view name) {
    json_.new_line();
    json_.key(name);
  }

  void cell(const Cell& value) {
    json_.begin_array();
    axes(value);
    json_.end_array();
  }
  void axes(const Cell& value) {
    for (int axis = first_; axis < numerics::kAxes; ++axis) json_.value(value[static_cast<std::size_t>(axis)]);
  }
  void sides(const numerics::Padding& padding) {
    json_.begin_array();
    for (int axis = first_; axis < numerics::kAxes; ++axis) {
      const numerics::Sides& side = padding[static_cast<std::size_t>(axis)];
      json_.values(std::vector{side.before, side.after});
    }
    json_.end_array();
  }
  void place(const Place& value) {
    json_.begin_array();
    json_.value(value.channel);
    axes(value.cell);
    json_.end_array();
  }

  void write_layer() {
    line("layer");
    json_.begin_object();
    json_.key("kind").value(layer_.row().name);
    json_.key("dims").value(layer_.dims);
    cell_of("stride", layer_.stride);
    json_.key("padding");
    sides(layer_.padding);
    cell_of("dilation", layer_.dilation);
    cell_of("output_padding", layer_.output_padding);
    json_.key("groups").value(layer_.groups);
    cell_of("kernel_size", layer_.kernel);
    layer_.row().weights ? write_weighing() : write_pooling();
    if (layer_.rules != numerics::Rules::pytorch) json_.key("rules").value(numerics::row_of(layer_.rules).name);
    json_.end_object();
  }
  void write_pooling() {
    json_.key("ceil_mode").value(layer_.ceil_mode);
    if (!layer_.row().divides) return;
    json_.key("count_include_pad").value(layer_.count_include_pad);
    json_.key("divisor_override");
    layer_.divisor_override ? json_.value(*layer_.divisor_override) : json_.null();
  }
  void write_weighing() {
    json_.key("padding_mode").value(numerics::name(layer_.padding_mode));
    json_.key("flip_kernel").value(layer_.flip_kernel);
  }
  void cell_of(std::string_view name, const Cell& value) {
    json_.key(name);
    cell(value);
  }

  void write_geometry() {
    const numerics::Geometry& geometry = trace_.geometry();
    line("geometry");
    json_.begin_object();
    cell_of("effective_kernel", geometry.effective_kernel);
    cell_of("zeros_inserted", geometry.zeros_inserted);
    json_.key("equivalent_padding");
    sides(geometry.equivalent_padding);
    cell_of("stretched", geometry.stretched);
    cell_of("output", geometry.output);
    json_.key("unread").begin_array();
    for (const Place& unread : trace_.unread()) place(unread);
    json_.end_array();
    json_.end_object();
  }

  void write_operands() {
    line("input");
    map(trace_.input(), true);
    line("kernel");
    kernel(trace_.kernel());
  }
  void write_bias() {
    line("bias");
    row(trace_.bias());
  }

  /// Opens {"shape": [...]; the caller closes it.
  void shape_of(const std::vector<std::int64_t>& outer, const Cell& size) {
    json_.begin_object();
    json_.key("shape").begin_array();
    for (const std::int64_t number : outer) json_.value(number);
    axes(size);
    json_.end_array();
  }
  void map(const numerics::Map& values, bool with_values) {
    shape_of({values.channels}, values.size);
    if (with_values) json_.key("values").values(values.values);
    json_.end_object();
  }
  void kernel(const numerics::Kernel& kernel) {
    if (kernel.empty()) return json_.null();
    shape_of({kernel.outer, kernel.inner}, kernel.size);
    json_.key("values").values(kernel.values);
    json_.end_object();
  }
  void row(const std::vector<double>& values) {
    if (values.empty()) return json_.null();
    json_.begin_object();
    json_.key("shape").values(std::vector{values.size()});
    json_.key("values").values(values);
    json_.end_object();
  }
  void write_output(bool with_values) {
    line("output");
    map(trace_.output(), with_values);
  }

  void write_steps() {
    line("steps");
    json_.begin_array();
    for (std::int64_t index = 0; index < trace_.step_count(); ++index) {
      json_.new_line();
      write_step(trace_.step(index));
    }
    json_.end_array();
  }
  void write_step(const numerics::Step& step) {
    json_.begin_object();
    json_.key("index").value(step.index);
    json_.key("output");
    place(step.output);
    json_.key("terms").begin_array();
    for (const numerics::Term& term : step.terms) write_term(term);
    json_.end_array();
    if (!trace_.bias().empty()) json_.key("bias").value(step.bias);
    if (layer_.row().divides) json_.key("divisor").value(step.divisor);
    if (step.winner) json_.key("winner").value(*step.winner);
    json_.key("sum").value(step.sum);
    json_.end_object();
  }
  void write_term(const numerics::Term& term) {
    json_.begin_object();
    json_.key("input");
    term.input ? place(*term.input) : json_.null();
    write_weight(term);
    json_.end_object();
  }

  /// Pooling has a place in the window and no weight; the keys stay.
  void write_weight(const numerics::Term& term) {
    const bool weights = layer_.row().weights;
    if (!weights) {
      json_.key("kernel").null();
      json_.key("tap").begin_array();
    } else {
      json_.key("kernel").begin_array();
      json_.value(term.outer);
      json_.value(term.inner);
    }
    axes(term.tap);
    json_.end_array();
    json_.key("x").value(term.x);
    json_.key("w");
    weights ? json_.value(term.w) : json_.null();
  }

  const Trace& trace_;
  const Layer& layer_;
  int first_;
  JsonWriter& json_;
};

/// The stages of a stack: those of window layers as a trace by itself, the others in the same words as far as they go.
class StackWriter {
 public:
  StackWriter(const std::vector<Stage>& stages, JsonWriter& json)
      : stages_(stages),
        fields_(numerics::receptive_fields(stages)),
        first_(numerics::first_axis(stages.front().dims())),
        json_(json) {}

  void write(TraceParts parts) {
    json_.new_line();
    json_.key("input");
    map(stages_.front().input(), stages_.front().input_shape(), parts == TraceParts::all);
    json_.new_line();
    json_.key("stages").begin_array();
    for (std::size_t n = 0; n < stages_.size(); ++n) {
      json_.new_line();
      write_stage(stages_[n], fields_[n], parts);
    }
    json_.end_array();
  }

 private:
  void write_stage(const Stage& stage, const numerics::ReceptiveField& field, TraceParts parts) {
    json_.begin_object();
    json_.key("name").value(stage.name());
    json_.key("receptive_field").begin_object();
    axes("size", field.size);
    axes("jump", field.jump);
    axes("start", field.start);
    json_.end_object();
    json_.key("parameters").value(stage.parameters());
    json_.key("multiplications").value(stage.multiplications());
    if (const Trace* trace = stage.trace())
      TraceWriter(*trace, json_).write(parts);
    else
      write_mapping(stage, parts == TraceParts::all);
    json_.end_object();
  }

  void write_mapping(const Stage& stage, bool all) {
    json_.new_line();
    json_.key("layer").begin_object();
    json_.key("kind").value(stage.kind());
    json_.key("dims").value(stage.dims());
    json_.end_object();
    json_.new_line();
    if (all) {
      json_.key("input");
      map(stage.input(), stage.input_shape(), true);
      json_.key("kernel").null();
    }
    json_.key("output");
    map(stage.output(), stage.output_shape(), all);
    if (all && stage.combines() && stage.has_values()) write_steps(stage);
  }

  void write_steps(const Stage& stage) {
    json_.new_line();
    json_.key("steps").begin_array();
    for (std::int64_t index = 0; index < stage.step_count(); ++index) {
      const numerics::Step step = stage.step(index);
      json_.new_line();
      json_.begin_object();
      json_.key("index").value(index);
      json_.key("output");
      place(step.output);
      json_.key("terms").begin_array();
      for (const numerics::Term& term : step.terms) write_term(term);
      json_.end_array();
      if (step.divisor != 1) json_.key("divisor").value(step.divisor);
      if (step.winner) json_.key("winner").value(*step.winner);
      json_.key("sum").value(step.sum);
      json_.end_object();
    }
    json_.end_array();
  }
  void write_term(const numerics::Term& term) {
    json_.begin_object();
    json_.key("input");
    place(*term.input);
    json_.key("kernel").null();
    json_.key("x").value(term.x);
    json_.key("w").value(term.w);
    json_.end_object();
  }

  void place(const Place& value) {
    json_.begin_array();
    json_.value(value.channel);
    for (int a = first_; a < numerics::kAxes; ++a) json_.value(value.cell[static_cast<std::size_t>(a)]);
    json_.end_array();
  }
  template <class Numbers>
  void axes(std::string_view name, const Numbers& numbers) {
    json_.key(name).begin_array();
    for (int a = first_; a < numerics::kAxes; ++a) json_.value(numbers[static_cast<std::size_t>(a)]);
    json_.end_array();
  }
  /// Values in a row have one axis; what has only a shape has null for its values.
  void map(const numerics::Map& map, const numerics::Shape& shape, bool with_values) {
    json_.begin_object();
    json_.key("shape").begin_array();
    json_.value(shape.channels);
    for (int a = first_; !shape.flat && a < numerics::kAxes; ++a) json_.value(shape.size[static_cast<std::size_t>(a)]);
    json_.end_array();
    if (with_values) {
      json_.key("values");
      map.values.empty() ? json_.null() : json_.values(map.values);
    }
    json_.end_object();
  }

  const std::vector<Stage>& stages_;
  std::vector<numerics::ReceptiveField> fields_;
  int first_;
  JsonWriter& json_;
};

void write_members(const job::Chain& chain, TraceParts parts, JsonWriter& json) {
  if (chain.stack) return StackWriter(chain.stages, json).write(parts);
  TraceWriter writer(chain.only(), json);
  writer.write(parts);
  if (chain.grad_output) writer.write_gradients(numerics::gradients(chain.only(), *chain.grad_output));
}

/// The first stays the document itself, so that who knows of one layer reads a comparison as well.
void write_beside(const job::Job& job, JsonWriter& json) {
  json.new_line();
  json.key("subtitle").value(job.subtitle);
  json.key("beside").begin_array();
  for (const job::Beside& beside : job.beside) {
    json.new_line();
    json.begin_object();
    json.key("subtitle").value(beside.subtitle);
    write_members(beside.chain, TraceParts::all, json);
    json.end_object();
  }
  json.end_array();
}

/// An object with the schema's number and what `write` adds.
template <class Write>
void write_document(base::ByteSink& sink, Write write) {
  JsonWriter json(sink);
  json.begin_object();
  json.key("schema").value(kSchema);
  write(json);
  json.end_object();
  json.finish();
}

}  // namespace

void write_chain(const job::Chain& chain, TraceParts parts, base::ByteSink& sink) {
  write_document(sink, [&](JsonWriter& json) { write_members(chain, parts, json); });
}

void write_traces(const job::Job& job, base::ByteSink& sink) {
  write_document(sink, [&](JsonWriter& json) {
    write_members(job.chain, TraceParts::all, json);
    if (!job.beside.empty()) write_beside(job, json);
  });
}

void write_json(const Subject& subject, base::ByteSink& sink) {
  constexpr double kBytesATerm = 70;
  double bytes = 0;
  const auto count = [&](const job::Chain& chain) {
    for (const Stage& stage : chain.stages)
      if (const Trace* trace = stage.trace())
        bytes += kBytesATerm * static_cast<double>(numerics::product_count(trace->layer()));
  };
  count(subject.job.chain);
  for (const job::Beside& beside : subject.job.beside) count(beside.chain);
  subject.job.limits.hold(base::Limit::file, bytes,
                          fmt::format("{} would have about {}", subject.output.path,
                                      base::limit_text(base::Unit::bytes, static_cast<std::int64_t>(bytes))));
  write_traces(subject.job, sink);
}

}  // namespace convreel::output
