// The module's door: the one symbol the program asks for, and ModelReader by the ONNX library's protobuf.
#include <fcntl.h>
#include <fmt/format.h>
#include <google/protobuf/io/zero_copy_stream_impl.h>
#include <google/protobuf/stubs/logging.h>
#include <onnx/onnx_pb.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <limits>
#include <utility>

#include "base/error.hpp"
#include "base/inside.hpp"
#include "base/text.hpp"
#include "model/file.hpp"
#include "model/onnx/elements.hpp"
#include "model/onnx/survey.hpp"

namespace convreel::model {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const fs::path& path, std::string_view reason, std::string hint = {}) {
  throw base::Error(base::ErrorKind::impossible, fmt::format("{}: {}", base::mended(path.string()), reason),
                    std::move(hint));
}

class Descriptor {
 public:
  explicit Descriptor(const fs::path& path) : number_(open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    if (number_ < 0) refuse(path, errno == ENOENT ? "no such file" : std::strerror(errno));
  }
  ~Descriptor() { close(number_); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

void check_size(const fs::path& path) {
  std::error_code failed;
  if (fs::exists(path, failed) && !fs::is_regular_file(path, failed)) refuse(path, "is no file");
  const std::uintmax_t size = fs::file_size(path, failed);
  if (!failed && size > static_cast<std::uintmax_t>(std::numeric_limits<int>::max()))
    refuse(path, "is over 2 GiB, more than a protobuf file can have", "keep the weights in files beside the model");
}

/// The bytes of tensors do not count as the model's structure.
onnx::ModelProto parsed(const fs::path& path, const base::Limits& limits) {
  check_size(path);
  base::hold_inside(path, limits);
  const Descriptor file(path);
  const std::int64_t most = limits[base::Limit::model];
  {
    google::protobuf::io::FileInputStream stream(file.number());
    const Surveyed found = survey(stream, onnx::ModelProto::descriptor(), most);
    if (found == Surveyed::too_large)
      limits.hold(
          base::Limit::model, static_cast<double>(most + 1),
          fmt::format("{}: its structure takes more than {} bytes of memory", base::mended(path.string()), most));
    if (found == Surveyed::broken) refuse(path, "is cut short, or no ONNX model");
  }
  if (lseek(file.number(), 0, SEEK_SET) != 0) refuse(path, std::strerror(errno));
  google::protobuf::io::FileInputStream stream(file.number());
  onnx::ModelProto model;
  if (!model.ParseFromZeroCopyStream(&stream)) refuse(path, "is cut short, or no ONNX model");
  if (!model.has_graph() || model.graph().node_size() == 0)
    refuse(path, "has no graph of layers", "is it an ONNX model? torch.onnx.export() writes one");
  return model;
}

class OnnxFile final : public ModelFile {
 public:
  OnnxFile(const fs::path& path, const base::Limits& limits)
      : path_(path), folder_(path.parent_path()), safe_(limits.safe()), model_(parsed(path, limits)) {
    read();
  }

  const Graph& graph() const override { return graph_; }

  void check(const Tensor& tensor) const override { check_numbers(*tensors_.at(tensor.index), folder_); }

  std::vector<double> values(const Tensor& tensor, std::int64_t most) const override {
    return numbers_of(*tensors_.at(tensor.index), folder_, most);
  }

 private:
  void read() {
    const onnx::GraphProto& graph = model_.graph();
    graph_.producer = base::mended(model_.producer_name());
    for (const auto& set : model_.opset_import())
      if (set.domain().empty() || set.domain() == "ai.onnx") graph_.opset = set.version();
    for (const auto& tensor : graph.initializer()) graph_.tensors.push_back(add(tensor));
    for (const auto& node : graph.node()) graph_.nodes.push_back(node_of(node));
    ports(graph.input(), graph_.inputs);
    ports(graph.output(), graph_.outputs);
    ports(graph.value_info(), graph_.declared);
  }

  /// Every tensor comes through here, a constant's too.
  Tensor add(const onnx::TensorProto& tensor) {
    if (safe_ && tensor.data_location() == onnx::TensorProto::EXTERNAL)
      refuse(path_, "keeps numbers in other files, which --safe does not read", "keep them in the model itself");
    tensors_.push_back(&tensor);
    return {base::mended(tensor.name()), Dims(tensor.dims().begin(), tensor.dims().end()), tensors_.size() - 1,
            elements_of(tensor)};
  }

  Node node_of(const onnx::NodeProto& node) {
    Node made{base::mended(node.name()), base::mended(node.op_type()), base::mended(node.domain()), {}, {}, {}};
    for (const std::string& name : node.input()) made.inputs.push_back(base::mended(name));
    for (const std::string& name : node.output()) made.outputs.push_back(base::mended(name));
    for (const auto& attribute : node.attribute())
      if (!made.attributes.emplace(attribute.name(), attribute_of(attribute)).second)
        refuse(path_,
               fmt::format("{} ({}) has an attribute twice: {}", made.name, made.type, base::mended(attribute.name())));
    return made;
  }

  Attribute attribute_of(const onnx::AttributeProto& attribute) {
    Attribute made;
    if (attribute.has_i()) made.whole = attribute.i();
    if (attribute.has_f()) made.real = static_cast<double>(attribute.f());
    made.text = attribute.s();
    made.wholes.assign(attribute.ints().begin(), attribute.ints().end());
    made.reals.assign(attribute.floats().begin(), attribute.floats().end());
    if (attribute.has_t()) made.tensor = add(attribute.t());
    return made;
  }

  static void ports(const google::protobuf::RepeatedPtrField<onnx::ValueInfoProto>& infos, std::vector<Port>& ports) {
    for (const auto& info : infos) {
      Port port{base::mended(info.name()), std::nullopt};
      if (info.type().tensor_type().has_shape()) {
        port.dims.emplace();
        for (const auto& axis : info.type().tensor_type().shape().dim())
          port.dims->push_back(axis.has_dim_value() ? axis.dim_value() : -1);
      }
      ports.push_back(std::move(port));
    }
  }

  fs::path path_, folder_;
  bool safe_;
  onnx::ModelProto model_;
  Graph graph_;
  std::vector<const onnx::TensorProto*> tensors_;
};

class OnnxReader final : public ModelReader {
 public:
  OnnxReader() { google::protobuf::SetLogHandler(nullptr); }  // what is wrong we say ourselves

  std::unique_ptr<ModelFile> read(const fs::path& path, const base::Limits& limits) override {
    return std::make_unique<OnnxFile>(path, limits);
  }
  std::string version() override { return google::protobuf::internal::VersionString(GOOGLE_PROTOBUF_VERSION); }
};

}  // namespace

}  // namespace convreel::model

extern "C" __attribute__((visibility("default"))) void* convreel_open_model_reader(int revision) {
  if (revision != convreel::model::kReaderRevision) return nullptr;
  static convreel::model::OnnxReader reader;
  return static_cast<convreel::model::ModelReader*>(&reader);
}
