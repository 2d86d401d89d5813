// SPDX-License-Identifier: GPL-2.0-only
// An independent peer for the D-channel machine: libpri behind two pipes. Frames come on stdin and go to
// stdout, each after its length in two octets; what happens is told on stderr, one line each.
//
//   libpri-peer user|network pri|ptp|ptmp CALLS
//
// It answers every call, asks for more digits until there are four when a number is not complete, and makes
// CALLS calls one after another, each cleared when it was answered: full numbers first, then one digit at a
// time.
#include <libpri.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

static int wanted;
static int made;
static int bri;
static int multipoint;
static int soon;
static int restarting;
static const char* rest;

static void read_all(unsigned char* to, int length) {
  for (int done = 0; done < length;) {
    ssize_t count = read(0, to + done, length - done);
    if (count <= 0) exit(0);
    done += count;
  }
}

// libpri reads and writes frames with room for the two octets of the FCS.
static int read_frame(struct pri* pri, void* to, int room) {
  (void)pri;
  unsigned char head[2];
  unsigned char frame[65536];
  read_all(head, 2);
  int length = head[0] << 8 | head[1];
  read_all(frame, length);
  if (length + 2 > room) return 0;
  memcpy(to, frame, length);
  memset((char*)to + length, 0, 2);
  return length + 2;
}

static int write_frame(struct pri* pri, void* from, int length) {
  (void)pri;
  unsigned char frame[65536];
  frame[0] = (length - 2) >> 8;
  frame[1] = (length - 2) & 0xff;
  memcpy(frame + 2, from, length - 2);
  if (write(1, frame, length) != length) exit(0);
  return length;
}

static void complain(struct pri* pri, char* text) {
  (void)pri;
  fprintf(stderr, "libpri %s", text);
}

static void place_call(struct pri* pri) {
  if (made >= wanted) return;
  // libpri's NT passes on no digits after a SETUP that it broadcast.
  int overlap = made % 2 && !multipoint;
  made++;
  struct pri_sr* request = pri_sr_new();
  q931_call* call = pri_new_call(pri);
  rest = overlap ? "711" : "";
  pri_sr_set_channel(request, bri ? 1 : 1 + made % 15, 1, 0);
  pri_sr_set_bearer(request, PRI_TRANS_CAP_3_1K_AUDIO, PRI_LAYER_1_ALAW);
  pri_sr_set_called(request, overlap ? "4" : "4711", PRI_NATIONAL_ISDN, !overlap);
  pri_sr_set_caller(request, "0815", "Peer", PRI_NATIONAL_ISDN, PRES_ALLOWED_USER_NUMBER_NOT_SCREENED);
  pri_setup(pri, call, request);
  pri_sr_free(request);
}

// The last channel's RESTART has come, or was acknowledged: after both, calls meet none on their way.
static void begin_after(struct pri* pri, int channel) {
  static int seen;
  if (channel == 31 && ++seen == 2) place_call(pri);
}

static void answer(struct pri* pri, q931_call* call, int channel, const char* number, int complete) {
  if (!complete && strlen(number) < 4) {
    pri_need_more_info(pri, call, channel, 0);
    return;
  }
  fprintf(stderr, "ring %s %d\n", number, channel);
  // 48NN: refused with cause NN. In Call Present libpri can say RELEASE COMPLETE alone (causes 1 and 34
  // here); its DISCONNECT would never be sent.
  if (strncmp(number, "48", 2) == 0) {
    int cause = atoi(number + 2);
    if (cause != PRI_CAUSE_UNALLOCATED && cause != PRI_CAUSE_NORMAL_CIRCUIT_CONGESTION)
      pri_proceeding(pri, call, channel, 0);
    pri_hangup(pri, call, cause);
    return;
  }
  pri_proceeding(pri, call, channel, 0);
  pri_acknowledge(pri, call, channel, 1);
  pri_answer(pri, call, channel, 0);
}

static void handle(struct pri* pri, pri_event* event) {
  static char digits[64];
  switch (event->e) {
    case PRI_EVENT_DCHAN_UP:
      fprintf(stderr, "up\n");
      if (restarting == 0) {
        restarting = 1;
        if (bri) {
          place_call(pri);
        } else {
          for (int channel = 1; channel <= 31; channel++)
            if (channel != 16) pri_reset(pri, channel);
        }
      }
      break;
    case PRI_EVENT_RESTART:
      fprintf(stderr, "restart %d\n", event->restart.channel);
      begin_after(pri, event->restart.channel);
      break;
    case PRI_EVENT_RESTART_ACK:
      fprintf(stderr, "restarted %d\n", event->restartack.channel);
      begin_after(pri, event->restartack.channel);
      break;
    case PRI_EVENT_RING:
      snprintf(digits, sizeof digits, "%s", event->ring.callednum);
      answer(pri, event->ring.call, event->ring.channel, digits, event->ring.complete);
      break;
    case PRI_EVENT_INFO_RECEIVED:
      strncat(digits, event->ring.callednum, sizeof digits - strlen(digits) - 1);
      if (strlen(digits) >= 4) answer(pri, event->ring.call, event->ring.channel, digits, 1);
      break;
    case PRI_EVENT_SETUP_ACK:
      for (; *rest != '\0'; rest++) pri_information(pri, event->setup_ack.call, *rest);
      break;
    case PRI_EVENT_ANSWER:
      fprintf(stderr, "answered %d\n", event->answer.channel);
      pri_hangup(pri, event->answer.call, PRI_CAUSE_NORMAL_CLEARING);
      break;
    case PRI_EVENT_HANGUP_REQ:
      fprintf(stderr, "cleared %d\n", event->hangup.cause);
      pri_hangup(pri, event->hangup.call, event->hangup.cause);
      break;
    case PRI_EVENT_HANGUP:
      fprintf(stderr, "ended %d\n", event->hangup.cause);
      pri_hangup(pri, event->hangup.call, event->hangup.cause);
      soon = 1;
      break;
    case PRI_EVENT_HANGUP_ACK:
      fprintf(stderr, "released\n");
      break;
    default:
      break;
  }
}

int main(int count, char** words) {
  if (count < 4) return 2;
  int node = strcmp(words[1], "network") == 0 ? PRI_NETWORK : PRI_CPE;
  bri = strcmp(words[2], "pri") != 0;
  multipoint = strcmp(words[2], "ptmp") == 0;
  wanted = atoi(words[3]);
  pri_set_message(complain);
  pri_set_error(complain);
  struct pri* pri =
      bri ? pri_new_bri_cb(0, !multipoint, node, PRI_SWITCH_EUROISDN_E1, read_frame, write_frame, NULL)
          : pri_new_cb(0, node, PRI_SWITCH_EUROISDN_E1, read_frame, write_frame, NULL);
  if (pri == NULL) return 1;
  pri_set_overlapdial(pri, 1);
  if (getenv("PRI_DEBUG") != NULL) pri_set_debug(pri, PRI_DEBUG_ALL);
  for (;;) {
    struct timeval* due = pri_schedule_next(pri);
    int wait = 1000;
    if (due != NULL) {
      struct timeval now;
      gettimeofday(&now, NULL);
      wait = (due->tv_sec - now.tv_sec) * 1000 + (due->tv_usec - now.tv_usec) / 1000;
      wait = wait < 0 ? 0 : wait > 1000 ? 1000 : wait;
    }
    // The next call waits a moment: a broadcast SETUP would overtake the RELEASE COMPLETE before it.
    if (soon && wait > 50) wait = 50;
    struct pollfd input = {.fd = 0, .events = POLLIN};
    int ready = poll(&input, 1, wait);
    pri_event* event = ready > 0 ? pri_check_event(pri) : pri_schedule_run(pri);
    if (event != NULL) {
      handle(pri, event);
    } else if (ready == 0 && soon) {
      soon = 0;
      place_call(pri);
    }
  }
}
