// SPDX-License-Identifier: GPL-2.0-only
// An ISDN peer that is not ours: Debian's libpri on one D-channel, as network or user side of a PRI or a BRI.
// It links libpri and is therefore GPL-2.0; it is a test program of its own and no part of the product.
//
//   pri-peer role=network|user type=pri|bri|bri-ptmp base=CHANNEL dchan=POSITION channels=COUNT
//   [law=alaw|ulaw] [debug=1]
//
// `base` is the driver's number of the span's first channel; B-channels are named by their position
// (timeslot). Commands (a line each):
//   call id=X called=N [calling=N] [name=TEXT] [channel=P] [incomplete=1]     place a call
//   digits call=X digits=N          further digits of an overlap call (INFORMATION)
//   setup-ack | proceeding | alert [inband=1] | progress [inband=1] | answer   call=X
//   hangup call=X [cause=16]        DISCONNECT, or what the call's state wants (reject: the same before
//   answering) voice call=X                    open the B-channel's audio before the answer (an answer opens
//   it anyway) play | stop | record | stop-record call=X …                               see kit.h restart
//   channel=P               RESTART of one B-channel timer name=T309 ms=N            change one of libpri's
//   timers counters | quit
// Events: up down ring proceeding progress alerting answered setup-ack digits disconnect released restart
//   restart-ack notify error, and the voices' own; calls are named by `call`.
#include <dahdi/user.h>
#include <errno.h>
#include <libpri.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/time.h>
#include <unistd.h>

#include "kit.h"

enum { CALLS = 64 };

struct call {
  char id[32];
  q931_call* q931;
  int channel;
  bool outgoing;
  // We have sent something: until then a hang-up is a RELEASE COMPLETE, after which libpri tells nothing
  // more.
  bool responded;
  // Why it ends, as far as was said: libpri does not repeat it at the end.
  int cause;
  struct voice* voice;
};

static struct call calls[CALLS];
static struct pri* pri;
static int data_fd;
static enum law law = LAW_ALAW;
static int base;
static int data_position;
static int channel_count;
static bool network;
static bool running = true;
static struct { int placed, offered, answered, released, restarts; } counters;

// ---- calls ---------------------------------------------------------------------------------------------

static struct call* call_named(const char* id) {
  for (int i = 0; i < CALLS; i++)
    if (calls[i].q931 != NULL && strcmp(calls[i].id, id) == 0) return &calls[i];
  return NULL;
}

static struct call* call_of(const q931_call* q931) {
  for (int i = 0; i < CALLS; i++)
    if (q931 != NULL && calls[i].q931 == q931) return &calls[i];
  return NULL;
}

static struct call* call_new(const char* id, q931_call* q931, int channel, bool outgoing) {
  for (int i = 0; i < CALLS; i++) {
    if (calls[i].q931 != NULL) continue;
    calls[i] = (struct call){.q931 = q931, .channel = channel, .outgoing = outgoing};
    snprintf(calls[i].id, sizeof calls[i].id, "%s", id);
    return &calls[i];
  }
  return NULL;
}

static bool channel_free(int position) {
  for (int i = 0; i < CALLS; i++)
    if (calls[i].q931 != NULL && calls[i].channel == position) return false;
  return position != data_position;
}

static int channel_pick(void) {
  // The two sides hunt from opposite ends, so that they seldom meet.
  for (int i = 1; i <= channel_count; i++) {
    const int position = network ? i : channel_count + 1 - i;
    if (channel_free(position)) return position;
  }
  return -1;
}

static void call_voice(struct call* call) {
  if (call->voice == NULL && call->channel > 0)
    call->voice = voice_open(base + call->channel - 1, law, call->id);
}

static void call_drop(struct call* call, int cause, const char* by) {
  if (call->voice != NULL) voice_close(call->voice);
  counters.released++;
  if (cause <= 0) cause = call->cause;
  emit("\"event\":\"released\",\"call\":\"%s\",\"channel\":%d,\"cause\":%d,\"by\":\"%s\"", call->id,
       call->channel, cause, by);
  *call = (struct call){0};
}

// What the far side said about the B-channel (the low octet of libpri's encoded channel).
static void call_channel(struct call* call, int encoded) {
  if (encoded > 0 && (encoded & 0xff) != 0) call->channel = encoded & 0xff;
}

// ---- what libpri tells ---------------------------------------------------------------------------------

static void on_ring(const pri_event_ring* ring) {
  static int offers;
  char id[32];
  snprintf(id, sizeof id, "in%d", ++offers);
  int position = ring->channel & 0xff;
  if (ring->channel <= 0 || position == 0 || position == 0xff) position = channel_pick();
  if (!channel_free(position)) {
    pri_hangup(pri, ring->call, PRI_CAUSE_REQUESTED_CHAN_UNAVAIL);
    return emit_error("a call was offered on channel %d, which is in use", position);
  }
  if (call_new(id, ring->call, position, false) == NULL) {
    pri_hangup(pri, ring->call, PRI_CAUSE_SWITCH_CONGESTION);
    return emit_error("more than %d calls", CALLS);
  }
  counters.offered++;
  emit(
      "\"event\":\"ring\",\"call\":\"%s\",\"channel\":%d,\"called\":\"%s\",\"calling\":\"%s\",\"name\":\"%"
      "s\","
      "\"presentation\":%d,\"plan\":%d,\"complete\":%s,\"bearer\":%d,\"layer1\":%d",
      id, position, quoted(ring->callednum), quoted(ring->callingnum), quoted(ring->callingname),
      ring->callingpres, ring->calledplan, ring->complete ? "true" : "false", ring->ctype, ring->layer1);
}

static void on_hangup(const pri_event* event) {
  struct call* call = call_of(event->hangup.call);
  const int cause = event->hangup.cause;
  if (event->e == PRI_EVENT_HANGUP_REQ) {
    if (call != NULL) {
      call->cause = cause;
      emit("\"event\":\"disconnect\",\"call\":\"%s\",\"cause\":%d", call->id, cause);
    }
    pri_hangup(pri, event->hangup.call, cause);
    return;
  }
  if (event->e == PRI_EVENT_HANGUP) pri_hangup(pri, event->hangup.call, cause);
  if (call != NULL) call_drop(call, cause, event->e == PRI_EVENT_HANGUP ? "remote" : "local");
}

static void on_restart(int channel) {
  counters.restarts++;
  emit("\"event\":\"restart\",\"channel\":%d", channel > 0 ? channel & 0xff : -1);
  for (int i = 0; i < CALLS; i++) {
    if (calls[i].q931 == NULL || (channel > 0 && calls[i].channel != (channel & 0xff))) continue;
    pri_destroycall(pri, calls[i].q931);
    call_drop(&calls[i], 0, "restart");
  }
}

static void on_progress(const char* name, q931_call* q931, int channel, int mask) {
  struct call* call = call_of(q931);
  if (call == NULL) return;
  call_channel(call, channel);
  emit("\"event\":\"%s\",\"call\":\"%s\",\"channel\":%d,\"inband\":%s", name, call->id, call->channel,
       (mask & PRI_PROG_INBAND_AVAILABLE) != 0 ? "true" : "false");
}

static void on_event(const pri_event* event) {
  struct call* call = NULL;
  switch (event->e) {
    case PRI_EVENT_DCHAN_UP:
      return emit("\"event\":\"up\"");
    case PRI_EVENT_DCHAN_DOWN:
      return emit("\"event\":\"down\"");
    case PRI_EVENT_RING:
      return on_ring(&event->ring);
    case PRI_EVENT_HANGUP:
    case PRI_EVENT_HANGUP_REQ:
    case PRI_EVENT_HANGUP_ACK:
      return on_hangup(event);
    case PRI_EVENT_RESTART:
      return on_restart(event->restart.channel);
    case PRI_EVENT_RESTART_ACK:
      return emit("\"event\":\"restart-ack\",\"channel\":%d", event->restartack.channel & 0xff);
    case PRI_EVENT_PROCEEDING:
      return on_progress("proceeding", event->proceeding.call, event->proceeding.channel,
                         event->proceeding.progressmask);
    case PRI_EVENT_PROGRESS:
      return on_progress("progress", event->proceeding.call, event->proceeding.channel,
                         event->proceeding.progressmask);
    case PRI_EVENT_SETUP_ACK:
      return on_progress("setup-ack", event->setup_ack.call, event->setup_ack.channel, 0);
    case PRI_EVENT_RINGING:
      return on_progress("alerting", event->ringing.call, event->ringing.channel,
                         event->ringing.progressmask);
    case PRI_EVENT_ANSWER:
      if ((call = call_of(event->answer.call)) == NULL) return;
      call_channel(call, event->answer.channel);
      call_voice(call);
      counters.answered++;
      return on_progress("answered", event->answer.call, event->answer.channel, 0);
    case PRI_EVENT_CONNECT_ACK:
      return on_progress("connect-ack", event->connect_ack.call, event->connect_ack.channel, 0);
    case PRI_EVENT_INFO_RECEIVED:
    case PRI_EVENT_KEYPAD_DIGIT:
      call = call_of(event->e == PRI_EVENT_INFO_RECEIVED ? event->ring.call : event->digit.call);
      return emit("\"event\":\"digits\",\"call\":\"%s\",\"digits\":\"%s\",\"complete\":%s",
                  call ? call->id : "",
                  quoted(event->e == PRI_EVENT_INFO_RECEIVED ? event->ring.callednum : event->digit.digits),
                  event->e == PRI_EVENT_INFO_RECEIVED && event->ring.complete ? "true" : "false");
    case PRI_EVENT_NOTIFY:
      return emit("\"event\":\"notify\",\"info\":%d", event->notify.info);
    default:
      return emit("\"event\":\"other\",\"what\":\"%s\"", quoted(pri_event2str(event->e)));
  }
}

// ---- commands ------------------------------------------------------------------------------------------

static void place(const struct command* command) {
  const char* id = command_text(command, "id", "");
  const int position = command_number(command, "channel", channel_pick());
  if (call_named(id) != NULL || position < 0) return emit_error("call %s: in use, or no channel free", id);
  q931_call* q931 = pri_new_call(pri);
  struct pri_sr* request = pri_sr_new();
  if (q931 == NULL || request == NULL) fatal("libpri has no call");
  struct call* call = call_new(id, q931, position, true);
  if (call == NULL) fatal("more than %d calls", CALLS);
  pri_sr_set_channel(request, position, network ? 1 : command_number(command, "exclusive", 0), 0);
  pri_sr_set_bearer(request, command_number(command, "bearer", PRI_TRANS_CAP_3_1K_AUDIO),
                    law == LAW_ALAW ? PRI_LAYER_1_ALAW : PRI_LAYER_1_ULAW);
  pri_sr_set_called(request, (char*)command_text(command, "called", ""),
                    command_number(command, "plan", PRI_UNKNOWN), !command_number(command, "incomplete", 0));
  const char* calling = command_text(command, "calling", NULL);
  if (calling != NULL)
    pri_sr_set_caller(request, (char*)calling, (char*)command_text(command, "name", NULL), PRI_NATIONAL_ISDN,
                      command_number(command, "presentation", PRES_ALLOWED_NETWORK_NUMBER));
  counters.placed++;
  if (pri_setup(pri, q931, request) != 0) emit_error("call %s: set-up failed", id);
  pri_sr_free(request);
}

static bool call_command(struct call* call, const struct command* command) {
  const char* verb = command->verb;
  const int inband = command_number(command, "inband", 0);
  if (strcmp(verb, "hangup") == 0) {
    call->cause = command_number(command, "cause", PRI_CAUSE_NORMAL_CLEARING);
    pri_hangup(pri, call->q931, call->cause);
    if (!call->outgoing && !call->responded) call_drop(call, call->cause, "local");
    return true;
  }
  static const char* const responses[] = {"setup-ack", "proceeding", "progress", "alert", "answer"};
  for (size_t i = 0; i < sizeof responses / sizeof *responses; i++)
    if (strcmp(verb, responses[i]) == 0) call->responded = true;
  if (strcmp(verb, "setup-ack") == 0)
    pri_setup_ack(pri, call->q931, call->channel, 0, inband);
  else if (strcmp(verb, "proceeding") == 0)
    pri_proceeding(pri, call->q931, call->channel, inband);
  else if (strcmp(verb, "progress") == 0)
    pri_progress(pri, call->q931, call->channel, inband);
  else if (strcmp(verb, "alert") == 0)
    pri_acknowledge(pri, call->q931, call->channel, inband);
  else if (strcmp(verb, "answer") == 0) {
    call_voice(call);
    counters.answered++;
    pri_answer(pri, call->q931, call->channel, 0);
  } else if (strcmp(verb, "voice") == 0)
    call_voice(call);
  else if (strcmp(verb, "digits") == 0)
    for (const char* digit = command_text(command, "digits", ""); *digit != 0; digit++)
      pri_information(pri, call->q931, *digit);
  else
    return call->voice != NULL && voice_command(call->voice, command);
  return true;
}

static void run(const struct command* command) {
  const char* verb = command->verb;
  if (strcmp(verb, "quit") == 0)
    running = false;
  else if (strcmp(verb, "call") == 0)
    place(command);
  else if (strcmp(verb, "restart") == 0)
    pri_reset(pri, command_number(command, "channel", 1));
  else if (strcmp(verb, "timer") == 0)
    pri_set_timer(pri, pri_timer2idx(command_text(command, "name", "")), command_number(command, "ms", 0));
  else if (strcmp(verb, "counters") == 0) {
    int open = 0;
    for (int i = 0; i < CALLS; i++) open += calls[i].q931 != NULL;
    emit(
        "\"event\":\"counters\",\"placed\":%d,\"offered\":%d,\"answered\":%d,\"released\":%d,\"restarts\":%d,"
        "\"open\":%d",
        counters.placed, counters.offered, counters.answered, counters.released, counters.restarts, open);
  } else {
    struct call* call = call_named(command_text(command, "call", ""));
    if (call == NULL)
      emit_error("%s: no call %s", verb, command_text(command, "call", ""));
    else if (!call_command(call, command))
      emit_error("%s: not a command, or the call has no audio yet", verb);
  }
}

// ---- the D-channel -------------------------------------------------------------------------------------

static void on_message(struct pri* from, char* text) {
  (void)from;
  fputs(text, stderr);
}

static void open_data(void) {
  data_fd = channel_open(base + data_position - 1);
  struct dahdi_bufferinfo buffers = {.txbufpolicy = DAHDI_POLICY_IMMEDIATE,
                                     .rxbufpolicy = DAHDI_POLICY_IMMEDIATE,
                                     .numbufs = 32,
                                     .bufsize = 1024};
  if (data_fd < 0 || ioctl(data_fd, DAHDI_SET_BUFINFO, &buffers) != 0)
    fatal("D-channel %d: %s", base + data_position - 1, strerror(errno));
}

static void driver_event(void) {
  int event = 0;
  while (ioctl(data_fd, DAHDI_GETEVENT, &event) == 0 && event != DAHDI_EVENT_NONE)
    emit("\"event\":\"driver\",\"channel\":%d,\"code\":%d", base + data_position - 1, event);
}

static int wait_ms(void) {
  const struct timeval* next = pri_schedule_next(pri);
  if (next == NULL) return 1000;
  struct timeval now;
  gettimeofday(&now, NULL);
  const long long left = (next->tv_sec - now.tv_sec) * 1000LL + (next->tv_usec - now.tv_usec) / 1000;
  return left < 0 ? 0 : left > 1000 ? 1000 : (int)left + 1;
}

static void serve(void) {
  struct pollfd polls[] = {{.fd = STDIN_FILENO, .events = POLLIN},
                           {.fd = data_fd, .events = POLLIN | POLLPRI}};
  const int ready = poll(polls, 2, wait_ms());
  if (ready < 0 && errno != EINTR) fatal("poll: %s", strerror(errno));
  const pri_event* event = NULL;
  if (ready == 0 && (event = pri_schedule_run(pri)) != NULL) on_event(event);
  if ((polls[1].revents & POLLPRI) != 0) driver_event();
  if ((polls[1].revents & POLLIN) != 0 && (event = pri_check_event(pri)) != NULL) on_event(event);
  if (polls[0].revents != 0 && !command_read(run)) running = false;
}

int main(int count, char** arguments) {
  char line[1024] = "start";
  for (int i = 1; i < count; i++) {
    strncat(line, " ", sizeof line - strlen(line) - 1);
    strncat(line, arguments[i], sizeof line - strlen(line) - 1);
  }
  struct command options;
  command_parse(line, &options);
  const char* type = command_text(&options, "type", "pri");
  network = strcmp(command_text(&options, "role", ""), "network") == 0;
  base = command_number(&options, "base", 0);
  data_position = command_number(&options, "dchan", 16);
  channel_count = command_number(&options, "channels", 31);
  law = law_named(command_text(&options, "law", "alaw"));
  if (base <= 0)
    fatal(
        "usage: pri-peer role=network|user type=pri|bri|bri-ptmp base=CHANNEL dchan=POSITION channels=COUNT");

  pri_set_message(on_message);
  pri_set_error(on_message);
  open_data();
  const int side = network ? PRI_NETWORK : PRI_CPE;
  pri = strcmp(type, "pri") == 0
            ? pri_new(data_fd, side, PRI_SWITCH_EUROISDN_E1)
            : pri_new_bri(data_fd, strcmp(type, "bri") == 0, side, PRI_SWITCH_EUROISDN_E1);
  if (pri == NULL) fatal("libpri did not start");
  pri_hangup_fix_enable(pri, 1);
  pri_set_overlapdial(pri, command_number(&options, "overlap", 0));
  if (command_number(&options, "debug", 0))
    pri_set_debug(pri, PRI_DEBUG_Q931_STATE | PRI_DEBUG_Q931_DUMP | PRI_DEBUG_Q921_STATE);
  voices_start(NULL);
  emit("\"event\":\"ready\"");
  while (running) serve();
  for (int i = 0; i < CALLS; i++)
    if (calls[i].q931 != NULL && calls[i].voice != NULL) voice_close(calls[i].voice);
  emit("\"event\":\"bye\"");
  return 0;
}
