// SPDX-License-Identifier: GPL-2.0-only
// The D-channel of pri-peer: a relay between the driver and libpri, which withholds frames in both directions
// when told to, and gives each frame to every terminal of a bus.
#include <dahdi/user.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/time.h>
#include <unistd.h>

#include "pri-peer.h"

enum { FRAME = 1024 };

struct end ends[ENDS];
int end_count;
static int fd;
static bool cut;
static int withheld_in;
static int withheld_out;
static uint8_t frame[FRAME];
static int frame_length;
static int64_t flood_until;
static int flooded;

static int read_frame(struct pri* pri, void* to, int room) {
  (void)pri;
  if (frame_length > room) return 0;
  memcpy(to, frame, (size_t)frame_length);
  return frame_length;
}

static int write_frame(struct pri* pri, void* from, int length) {
  (void)pri;
  if (cut) {
    withheld_out++;
    return length;
  }
  // A flood fills the driver's queue; what libpri has to say must not fall out of it.
  ssize_t written;
  while ((written = write(fd, from, (size_t)length)) < 0 && errno == EAGAIN) {
    struct pollfd room = {.fd = fd, .events = POLLOUT};
    poll(&room, 1, 100);
  }
  return (int)written;
}

static void on_message(struct pri* from, char* text) {
  (void)from;
  fputs(text, stderr);
}

static struct pri* start(const char* type, int side) {
  if (strcmp(type, "pri") == 0)
    return pri_new_cb(fd, side, PRI_SWITCH_EUROISDN_E1, read_frame, write_frame, NULL);
  return pri_new_bri_cb(fd, strcmp(type, "bri") == 0, side, PRI_SWITCH_EUROISDN_E1, read_frame, write_frame,
                        NULL);
}

void link_open(const struct command* options) {
  pri_set_message(on_message);
  pri_set_error(on_message);
  fd = channel_open(base + data_position - 1);
  struct dahdi_bufferinfo buffers = {.txbufpolicy = DAHDI_POLICY_IMMEDIATE,
                                     .rxbufpolicy = DAHDI_POLICY_IMMEDIATE,
                                     .numbufs = 32,
                                     .bufsize = FRAME};
  if (fd < 0 || ioctl(fd, DAHDI_SET_BUFINFO, &buffers) != 0)
    fatal("D-channel %d: %s", base + data_position - 1, strerror(errno));
  static char msn[ENDS][32];
  end_count = command_number(options, "ends", 1);
  if (end_count < 1 || end_count > ENDS) fatal("ends: 1 to %d", ENDS);
  for (int i = 0; i < end_count; i++) {
    char key[8];
    snprintf(key, sizeof key, "msn%d", i);
    snprintf(msn[i], sizeof msn[i], "%s", command_text(options, key, ""));
    struct pri* pri = start(command_text(options, "type", "pri"), network ? PRI_NETWORK : PRI_CPE);
    if (pri == NULL) fatal("libpri did not start");
    ends[i] = (struct end){.pri = pri, .index = i, .msn = msn[i]};
    pri_hangup_fix_enable(pri, 1);
    pri_set_overlapdial(pri, command_number(options, "overlap", 0));
    if (strcmp(command_text(options, "type", "pri"), "bri-ptmp") == 0)
      pri_persistent_layer2_option(pri, command_number(options, "keep", 1) ? PRI_L2_PERSISTENCE_KEEP_UP
                                                                           : PRI_L2_PERSISTENCE_LEAVE_DOWN);
    if (command_number(options, "debug", 0))
      pri_set_debug(pri, PRI_DEBUG_Q931_STATE | PRI_DEBUG_Q931_DUMP | PRI_DEBUG_Q921_STATE);
  }
}

bool link_command(const struct command* command) {
  if (strcmp(command->verb, "cut") == 0) {
    cut = command_number(command, "on", 1) != 0;
    emit("\"event\":\"cut\",\"on\":%s,\"in\":%d,\"out\":%d", cut ? "true" : "false", withheld_in,
         withheld_out);
    return true;
  }
  if (strcmp(command->verb, "flood") != 0) return false;
  flood_until = now_ms() + command_number(command, "ms", 1000);
  flooded = 0;
  return true;
}

int link_open_calls(void) {
  int open = 0;
  for (int i = 0; i < end_count; i++) {
    char* dump = pri_dump_info_str(ends[i].pri);
    unsigned active = 0;
    const char* line = dump == NULL ? NULL : strstr(dump, "Total active-calls:");
    if (line == NULL || sscanf(line, "Total active-calls:%u", &active) != 1) fatal("libpri counts no calls");
    open += (int)active;
    free(dump);
  }
  return open;
}

// STATUS ENQUIRY of a call that there is not, in an unnumbered frame: whole in layer 2, useless in layer 3,
// and no window holds it back. The last two octets are the FCS, which the driver makes.
static void flood(void) {
  static const uint8_t useless[] = {0x02, 0x01, 0x03, 0x08, 0x02, 0x7f, 0x7f, 0x75, 0, 0};
  while (now_ms() < flood_until && write(fd, useless, sizeof useless) == (ssize_t)sizeof useless) flooded++;
  if (now_ms() < flood_until) return;
  flood_until = 0;
  emit("\"event\":\"flooded\",\"frames\":%d", flooded);
}

static void driver_event(void) {
  int event = 0;
  while (ioctl(fd, DAHDI_GETEVENT, &event) == 0 && event != DAHDI_EVENT_NONE)
    emit("\"event\":\"driver\",\"channel\":%d,\"code\":%d", base + data_position - 1, event);
}

static void frames_in(void) {
  frame_length = (int)read(fd, frame, sizeof frame);
  if (frame_length <= 0) return;
  if (cut) {
    withheld_in++;
    return;
  }
  for (int i = 0; i < end_count; i++) {
    const pri_event* event = pri_check_event(ends[i].pri);
    if (event != NULL) on_event(&ends[i], event);
  }
}

static int timer_wait(struct end* end, int most) {
  const struct timeval* next = pri_schedule_next(end->pri);
  if (next == NULL) return most;
  struct timeval now;
  gettimeofday(&now, NULL);
  const long long left = (next->tv_sec - now.tv_sec) * 1000LL + (next->tv_usec - now.tv_usec) / 1000;
  return left < 0 ? 0 : left > most ? most : (int)left + 1;
}

bool link_serve(void (*run)(const struct command* command), int wait_ms) {
  int wait = wait_ms;
  for (int i = 0; i < end_count; i++) wait = timer_wait(&ends[i], wait);
  const short out = flood_until != 0 ? POLLOUT : 0;
  struct pollfd polls[] = {{.fd = STDIN_FILENO, .events = POLLIN},
                           {.fd = fd, .events = (short)(POLLIN | POLLPRI | out)}};
  if (poll(polls, 2, wait) < 0 && errno != EINTR) fatal("poll: %s", strerror(errno));
  for (int i = 0; i < end_count; i++) {
    const pri_event* event = pri_schedule_run(ends[i].pri);
    if (event != NULL) on_event(&ends[i], event);
  }
  if ((polls[1].revents & POLLPRI) != 0) driver_event();
  if ((polls[1].revents & POLLIN) != 0) frames_in();
  if (flood_until != 0) flood();
  return polls[0].revents == 0 || command_read(run);
}
