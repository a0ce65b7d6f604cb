#include "cli/run.hpp"

int main(int argc, char** argv) { return convreel::cli::run(argc, argv); }
