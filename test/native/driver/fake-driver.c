// A driver for tests on machines without one, put before libc by LD_PRELOAD: /dev/dahdi/* opens as one end of
// a pair of sockets, into whose other end frames of 8 equal bytes (0, 1, 2 …) and FCS are fed each
// millisecond if $FAKE_DRIVER_FEED is set. Every ioctl succeeds and leaves its argument alone, but GETEVENT,
// which has no event, and all of them fail with $FAKE_DRIVER_ERRNO if it is set.
#define _GNU_SOURCE
#include <dahdi/user.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int is_ours[1024];

static void* feed(void* argument) {
  const int fd = (int)(long)argument;
  for (unsigned char n = 0;;) {
    const unsigned char frame[10] = {n, n, n, n, n, n, n, n, 0xfc, 0x50};
    if (send(fd, frame, sizeof frame, MSG_NOSIGNAL | MSG_DONTWAIT) > 0)
      n++;
    else if (errno == EPIPE || errno == ECONNRESET)
      break;
    usleep(1000);
  }
  close(fd);
  return NULL;
}

static int open_pair(void) {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends) != 0) return -1;
  if (ends[0] < 1024) is_ours[ends[0]] = 1;
  pthread_t thread;
  if (getenv("FAKE_DRIVER_FEED") != NULL && pthread_create(&thread, NULL, feed, (void*)(long)ends[1]) == 0)
    pthread_detach(thread);
  return ends[0];
}

static int fake_open(const char* name, const char* path, int flags, mode_t mode) {
  if (strncmp(path, "/dev/dahdi/", 11) == 0) return open_pair();
  int (*real)(const char*, int, ...) = (int (*)(const char*, int, ...))dlsym(RTLD_NEXT, name);
  return real(path, flags, mode);
}

int open(const char* path, int flags, ...) {
  va_list list;
  va_start(list, flags);
  const mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(list, mode_t) : 0;
  va_end(list);
  return fake_open("open", path, flags, mode);
}

int open64(const char* path, int flags, ...) {
  va_list list;
  va_start(list, flags);
  const mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(list, mode_t) : 0;
  va_end(list);
  return fake_open("open64", path, flags, mode);
}

int ioctl(int fd, unsigned long request, ...) {
  va_list list;
  va_start(list, request);
  void* argument = va_arg(list, void*);
  va_end(list);
  if (_IOC_TYPE(request) != DAHDI_CODE || fd < 0 || fd >= 1024 || !is_ours[fd]) {
    int (*real)(int, unsigned long, ...) = (int (*)(int, unsigned long, ...))dlsym(RTLD_NEXT, "ioctl");
    return real(fd, request, argument);
  }
  const char* failing = getenv("FAKE_DRIVER_ERRNO");
  if (failing != NULL && request != DAHDI_SPECIFY && request != DAHDI_GETEVENT) {
    errno = atoi(failing);
    return -1;
  }
  if (request == DAHDI_GETEVENT) *(int*)argument = DAHDI_EVENT_NONE;
  return 0;
}
