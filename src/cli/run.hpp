// The program, as a function: parses, does, reports. The only catch and the only exit codes are here.
#pragma once

namespace convreel::cli {

/// Returns the process's exit code (docs/reference/exit-codes.md).
int run(int argc, char** argv);

}  // namespace convreel::cli
