#include "base/error.hpp"

#include <utility>

namespace convreel::base {

Error::Error(ErrorKind kind, std::string message, std::string hint)
    : kind_(kind), problems_{{std::move(message), std::move(hint)}} {}

Error::Error(ErrorKind kind, std::vector<Problem> problems) : kind_(kind), problems_(std::move(problems)) {
  if (problems_.empty()) problems_.push_back({"unknown error", {}});
}

}  // namespace convreel::base
