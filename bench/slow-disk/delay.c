/* A disk that takes longer: loaded before the C library, it adds FLUSH_DELAY_US microseconds to whatever returns only when
   data is on the disk: fsync, fdatasync, and writes into files opened with O_SYNC or O_DSYNC. The thread sleeps, as it would
   for the disk, and the processor is free meanwhile. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <time.h>

static long delay_us = -1;

static void wait_for_disk(void) {
  if (delay_us < 0) {
    const char *text = getenv("FLUSH_DELAY_US");
    delay_us = text ? atol(text) : 0;
  }
  if (delay_us == 0) return;
  /* Else the system may wake the thread up to 50 us late, which would count as ours. */
  prctl(PR_SET_TIMERSLACK, 1);
  struct timespec left = {delay_us / 1000000, (delay_us % 1000000) * 1000};
  while (nanosleep(&left, &left) != 0) {
  }
}

static int returns_when_durable(int descriptor) {
  int flags = fcntl(descriptor, F_GETFL);
  return flags >= 0 && (flags & (O_SYNC | O_DSYNC)) != 0;
}

#define REAL(name) \
  static __typeof__(name) *real; \
  if (real == NULL) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

int fsync(int descriptor) {
  REAL(fsync);
  wait_for_disk();
  return real(descriptor);
}

int fdatasync(int descriptor) {
  REAL(fdatasync);
  wait_for_disk();
  return real(descriptor);
}

ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t offset) {
  REAL(pwrite);
  if (returns_when_durable(descriptor)) wait_for_disk();
  return real(descriptor, bytes, count, offset);
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off64_t offset) {
  REAL(pwrite64);
  if (returns_when_durable(descriptor)) wait_for_disk();
  return real(descriptor, bytes, count, offset);
}

ssize_t pwritev(int descriptor, const struct iovec *pieces, int count, off_t offset) {
  REAL(pwritev);
  if (returns_when_durable(descriptor)) wait_for_disk();
  return real(descriptor, pieces, count, offset);
}

ssize_t pwritev64(int descriptor, const struct iovec *pieces, int count, off64_t offset) {
  REAL(pwritev64);
  if (returns_when_durable(descriptor)) wait_for_disk();
  return real(descriptor, pieces, count, offset);
}
