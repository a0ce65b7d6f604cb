#include "cli/print.hpp"

#include <unistd.h>

#include <string>

#include "batch/targets.hpp"

namespace convreel::cli {

void print(std::string_view text) { batch::DescriptorSink(STDOUT_FILENO, "stdout").write(text); }

void print_line(std::string_view text) { print(std::string(text) + "\n"); }

}  // namespace convreel::cli
