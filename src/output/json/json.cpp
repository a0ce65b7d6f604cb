#include "output/json/json.hpp"

#include "output/json/writer.hpp"

namespace convreel::output {

namespace {

using numerics::Cell;
using numerics::Layer;
using numerics::Place;
using numerics::Trace;

constexpr int kSchema = 1;

/// Writes the axes a layer uses, rows before columns.
class TraceWriter {
 public:
  TraceWriter(const Trace& trace, base::ByteSink& sink)
      : trace_(trace), layer_(trace.layer()), first_(numerics::first_axis(layer_.dims)), json_(sink) {}

  void write(TraceParts parts) {
    const bool all = parts == TraceParts::all;
    json_.begin_object();
    json_.key("schema").value(kSchema);
    write_layer();
    write_geometry();
    if (all) write_operands();
    write_bias();
    write_output(all);
    if (all) write_steps();
    json_.end_object();
    json_.finish();
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
    const numerics::Kernel& kernel = trace_.kernel();
    line("kernel");
    if (kernel.empty()) {
      json_.null();
    } else {
      shape_of({kernel.outer, kernel.inner}, kernel.size);
      json_.key("values").values(kernel.values);
      json_.end_object();
    }
  }
  void write_bias() {
    line("bias");
    if (trace_.bias().empty()) return json_.null();
    json_.begin_object();
    json_.key("shape").values(std::vector{trace_.bias().size()});
    json_.key("values").values(trace_.bias());
    json_.end_object();
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
  JsonWriter json_;
};

}  // namespace

void write_trace(const Trace& trace, TraceParts parts, base::ByteSink& sink) { TraceWriter(trace, sink).write(parts); }

void write_json(const Subject& subject, base::ByteSink& sink) {
  write_trace(subject.job.chain.only(), TraceParts::all, sink);
}

}  // namespace convreel::output
