// SPDX-License-Identifier: Apache-2.0
// Takes a virtual span away and brings it back: `span-ctl destroy 1:1`, `span-ctl create 1:1 31`. Its peer
// span then has a RED alarm, or none. The driver refuses (EBUSY) while one of the span's channels is open.
#include <dahdi/user.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

int main(int count, char** arguments) {
  const int fd = open("/dev/dahdi/ctl", O_RDWR);
  struct dahdi_dynamic_span span = {.driver = "loc"};
  if (fd < 0 || count < 3)
    return fprintf(stderr, "usage: span-ctl destroy|create ADDRESS [CHANNELS]: %s\n", strerror(errno)), 1;
  snprintf(span.addr, sizeof span.addr, "%s", arguments[2]);
  span.numchans = count > 3 ? atoi(arguments[3]) : 0;
  const int done = strcmp(arguments[1], "destroy") == 0 ? ioctl(fd, DAHDI_DYNAMIC_DESTROY, &span)
                                                        : ioctl(fd, DAHDI_DYNAMIC_CREATE, &span);
  if (done < 0)
    return fprintf(stderr, "span-ctl %s %s: %s\n", arguments[1], arguments[2], strerror(errno)), 1;
  return 0;
}
