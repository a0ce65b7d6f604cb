// An ONNX model: its tensors, its sizes, its first layer and its last with values, and all as a stack.
#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <utility>

#include "fuzz.hpp"
#include "model/part.hpp"

namespace convreel::fuzz {

namespace {

/// A file in memory, as readers of files want one.
class MemoryFile {
 public:
  explicit MemoryFile(Bytes bytes) : number_(memfd_create("fuzz.onnx", MFD_CLOEXEC)) {
    hold(number_ >= 0 && write(number_, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()), "a file");
  }
  ~MemoryFile() { close(number_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  [[nodiscard]] std::string path() const { return fmt::format("/proc/self/fd/{}", number_); }

 private:
  int number_;
};

/// How many layers it has to choose from.
std::size_t read_model(const std::string& path, const base::Limits& limits) {
  const auto file = model::reader().read(path, limits);
  for (const model::Tensor& tensor : file->graph().tensors) {
    try {
      file->check(tensor);
      if (tensor.elements != model::Elements::other)
        static_cast<void>(file->values(tensor, limits[base::Limit::values]));
    } catch (const base::Error&) {  // the next may be sound
    }
  }
  const model::Network network(*file, std::nullopt);
  static_cast<void>(network.fields());
  return model::listed_units(network).size();
}

void animate(const std::string& path, const base::Limits& limits, std::string part) {
  job::JobSpec spec;
  spec.limits = limits;
  spec.model = path;
  spec.model_part = std::move(part);
  try {
    static_cast<void>(model::part_of(spec, {}));
  } catch (const base::Error&) {  // another part may be sound
  }
}

}  // namespace

CONVREEL_FUZZ(onnx) {
  const MemoryFile file(bytes);
  base::Limits limits;
  for (const auto& [limit, most] : {std::pair{base::Limit::axis, std::int64_t{256}},
                                    {base::Limit::values, std::int64_t{1 << 14}},
                                    {base::Limit::products, std::int64_t{1 << 18}},
                                    {base::Limit::model, std::int64_t{1 << 22}}})
    limits.set(limit, most);
  const std::size_t layers = read_model(file.path(), limits);
  animate(file.path(), limits, "1");
  if (layers < 2) return;
  animate(file.path(), limits, fmt::format("{}", layers));
  animate(file.path(), limits, fmt::format("1..{}", layers));
}

}  // namespace convreel::fuzz
