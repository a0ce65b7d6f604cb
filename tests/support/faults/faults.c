/* Preloaded into convreel by tests: one call of one kind fails, the FAULT_NTH of FAULT_CALL, as a full disk, a broken
   one or an empty machine would let it fail. Every call is counted; what was counted, and whether one failed, is written
   to FAULT_LOG at the end. With FAULT_CALL=short every write takes half of what it is given, which no program may
   mistake for all of it. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static const char* kind;
static long nth;
static atomic_long count;
static atomic_int failed;
enum { kBig = 1 << 20 };

/* Before anything else is constructed: malloc comes first, and getenv() needs none. */
static void begin(void) {
  if (kind) return;
  const char* number = getenv("FAULT_NTH");
  kind = getenv("FAULT_CALL");
  if (!kind) kind = "";
  nth = number ? atol(number) : 0;
}

static int is(const char* call) {
  begin();
  return strcmp(kind, call) == 0;
}

/* Whether this call is the one. */
static int due(const char* call) {
  if (!is(call) || atomic_fetch_add(&count, 1) + 1 != nth) return 0;
  atomic_store(&failed, 1);
  return 1;
}

static void* next(const char* name) { return dlsym(RTLD_NEXT, name); }

/* Pipes, terminals and the log are not the disk. */
static int on_disk(int descriptor) {
  struct stat of;
  return fstat(descriptor, &of) == 0 && S_ISREG(of.st_mode);
}

static size_t part(size_t size) { return is("short") && size > 1 ? size / 2 : size; }

ssize_t write(int descriptor, const void* bytes, size_t size) {
  ssize_t (*real)(int, const void*, size_t) = next("write");
  if (!on_disk(descriptor)) return real(descriptor, bytes, size);
  if (due("write")) return errno = ENOSPC, -1;
  return real(descriptor, bytes, part(size));
}

ssize_t pwrite(int descriptor, const void* bytes, size_t size, off_t at) {
  ssize_t (*real)(int, const void*, size_t, off_t) = next("pwrite");
  if (due("write")) return errno = ENOSPC, -1;
  return real(descriptor, bytes, part(size), at);
}
ssize_t pwrite64(int descriptor, const void* bytes, size_t size, off64_t at) {
  return pwrite(descriptor, bytes, size, (off_t)at);
}

int fsync(int descriptor) {
  int (*real)(int) = next("fsync");
  return due("fsync") ? (errno = EIO, -1) : real(descriptor);
}

int close(int descriptor) {
  int (*real)(int) = next("close");
  if (!is("close") || !on_disk(descriptor) || (fcntl(descriptor, F_GETFL) & O_ACCMODE) == O_RDONLY) return real(descriptor);
  return due("close") ? (real(descriptor), errno = EIO, -1) : real(descriptor);
}

int rename(const char* from, const char* to) {
  int (*real)(const char*, const char*) = next("rename");
  return due("rename") ? (errno = EACCES, -1) : real(from, to);
}

int mkdir(const char* path, mode_t mode) {
  int (*real)(const char*, mode_t) = next("mkdir");
  return due("mkdir") ? (errno = EACCES, -1) : real(path, mode);
}

/* open: what is made or changed; read: what is only read. */
static int open_fails(int flags) {
  return (flags & O_ACCMODE) == O_RDONLY ? due("read") : due("open");
}

#define OPEN(name)                                              \
  int name(const char* path, int flags, ...) {                  \
    int (*real)(const char*, int, ...) = next(#name);           \
    va_list list;                                               \
    va_start(list, flags);                                      \
    const mode_t mode = va_arg(list, mode_t);                   \
    va_end(list);                                               \
    if (open_fails(flags)) return errno = EMFILE, -1;           \
    return real(path, flags, mode);                             \
  }
OPEN(open)
OPEN(open64)

void* malloc(size_t size) {
  static void* (*real)(size_t);
  if (!real) real = next("malloc");
  if (size >= kBig && due("malloc")) return errno = ENOMEM, NULL;
  return real(size);
}

void* realloc(void* old, size_t size) {
  static void* (*real)(void*, size_t);
  if (!real) real = next("realloc");
  if (size >= kBig && due("malloc")) return errno = ENOMEM, NULL;
  return real(old, size);
}

static char first[1 << 12]; /* of calloc(), which dlsym() may ask for while it looks for calloc() */
static __thread int looking;

void free(void* memory) {
  static void (*real)(void*);
  if (!real) real = next("free");
  if (memory != first) real(memory);
}

void* calloc(size_t number, size_t size) {
  static void* (*real)(size_t, size_t);
  if (!real && looking) return first;
  if (!real) {
    looking = 1;
    real = next("calloc");
    looking = 0;
  }
  if (number * size >= kBig && due("malloc")) return errno = ENOMEM, NULL;
  return real(number, size);
}

void* memalign(size_t alignment, size_t size) {
  static void* (*real)(size_t, size_t);
  if (!real) real = next("memalign");
  if (size >= kBig && due("malloc")) return errno = ENOMEM, NULL;
  return real(alignment, size);
}

int posix_memalign(void** made, size_t alignment, size_t size) {
  static int (*real)(void**, size_t, size_t);
  if (!real) real = next("posix_memalign");
  return size >= kBig && due("malloc") ? ENOMEM : real(made, alignment, size);
}

void* aligned_alloc(size_t alignment, size_t size) {
  static void* (*real)(size_t, size_t);
  if (!real) real = next("aligned_alloc");
  if (size >= kBig && due("malloc")) return errno = ENOMEM, NULL;
  return real(alignment, size);
}

/* The module of libav was opened for itself, where RTLD_NEXT does not look. */
static void* of_libav(const char* name) {
  static const char* const libraries[] = {"libavcodec.so.59", "libavformat.so.59", "libavcodec.so.60", "libavformat.so.60",
                                          "libavcodec.so.61", "libavformat.so.61"};
  for (size_t i = 0; i < sizeof libraries / sizeof *libraries; ++i) {
    void* library = dlopen(libraries[i], RTLD_LAZY | RTLD_NOLOAD);
    void* found = library ? dlsym(library, name) : NULL;
    if (found) return found;
  }
  abort();
}

#define ENCODER(name)                                     \
  int name(void* a, void* b, void* c) {                   \
    int (*real)(void*, void*, void*) = of_libav(#name);   \
    return due("encoder") ? -ENOMEM : real(a, b, c);      \
  }
ENCODER(avcodec_open2)
ENCODER(avcodec_send_frame)
ENCODER(avcodec_receive_packet)
ENCODER(avformat_write_header)
ENCODER(av_write_frame)
ENCODER(av_interleaved_write_frame)
ENCODER(av_write_trailer)

__attribute__((destructor)) static void tell(void) {
  const char* log = getenv("FAULT_LOG");
  if (!log) return;
  kind = "none";
  FILE* file = fopen(log, "w");
  if (!file) return;
  fprintf(file, "%ld %d\n", atomic_load(&count), atomic_load(&failed));
  fclose(file);
}
