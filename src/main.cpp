#include "cli/run.hpp"

#if __has_include(<malloc.h>)
#include <malloc.h>
#endif

int main(int argc, char** argv) {
#ifdef M_MMAP_THRESHOLD
  // Pictures and encoders come and go. Left alone, glibc takes ever larger blocks from its heaps, which keep them.
  mallopt(M_MMAP_THRESHOLD, 1 << 18);
#endif
  return convreel::cli::run(argc, argv);
}
