#include "base/digest.hpp"

#include <fmt/format.h>
#include <xxhash.h>

#include <array>
#include <fstream>

namespace convreel::base {

class Digest::State {
 public:
  State() : state_(XXH3_createState()) {
    if (!state_) throw std::bad_alloc();
    XXH3_128bits_reset(state_);
  }
  ~State() { XXH3_freeState(state_); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  [[nodiscard]] XXH3_state_t* get() const { return state_; }

 private:
  XXH3_state_t* state_;
};

Digest::Digest() : state_(std::make_unique<State>()) {}
Digest::~Digest() = default;

void Digest::update(std::span<const std::uint8_t> bytes) {
  XXH3_128bits_update(state_->get(), bytes.data(), bytes.size());
}

void Digest::update(std::string_view text) { XXH3_128bits_update(state_->get(), text.data(), text.size()); }

std::string Digest::hex() const {
  const XXH128_hash_t hash = XXH3_128bits_digest(state_->get());
  return fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
}

std::string digest_of(std::string_view text) {
  Digest digest;
  digest.update(text);
  return digest.hex();
}

FileDigest digest_of_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return {};
  Digest digest;
  FileDigest result;
  std::array<char, 1 << 16> part;
  while (file.read(part.data(), part.size()) || file.gcount() > 0) {
    const auto count = static_cast<std::size_t>(file.gcount());
    digest.update(std::string_view(part.data(), count));
    result.bytes += count;
  }
  if (file.bad()) return {};
  result.digest = digest.hex();
  return result;
}

}  // namespace convreel::base
