// SPDX-License-Identifier: GPL-2.0-only
// An ISDN peer that is not ours: Debian's libpri on one D-channel, as network or user side of a PRI or a BRI,
// or as two terminals on one bus. It links libpri and is therefore GPL-2.0; it is a test program of its own
// and no part of the product.
//
//   pri-peer role=network|user type=pri|bri|bri-ptmp base=CHANNEL dchan=POSITION channels=COUNT
//   [law=alaw|ulaw] [overlap=1] [ends=2 msn0=NUMBER msn1=NUMBER] [keep=0] [debug=1]
//
// `base` is the driver's number of the span's first channel; B-channels are named by their position
// (timeslot). Commands (a line each):
//   call id=X called=N [calling=N] [name=TEXT] [channel=P] [incomplete=1] [end=I]     place a call;
//     also [diverted=N] [subaddress=TEXT]
//   digits call=X digits=N          further digits of an overlap call (INFORMATION)
//   setup-ack | proceeding | alert [inband=1] | progress [inband=1] | answer   call=X
//   hangup call=X [cause=16]        DISCONNECT, or what the call's state wants (reject: before answering)
//   charge call=X units=N [end=1]   advice of charge: so far, or what the call came to (EN 300 182-1)
//   voice call=X                    open the B-channel's audio before the answer (an answer opens it anyway)
//   play | stop | record | stop-record call=X …                               see kit.h
//   auto | bulk …                   calls by themselves, see pri-bulk.c
//   cut on=1|0                      withhold all frames in both directions, as a cut line would
//   flood ms=N                      useless frames, as fast as the line takes them
//   restart channel=P               RESTART of one B-channel
//   timer name=T309 value=N         change one of libpri's timers (ms) and counters
//   counters | quit
// Events: up down ring proceeding progress alerting answered setup-ack digits disconnect released refused
// restart
//   restart-ack notify cut flooded failed auto bulk-end error, and the voices' own; calls are named by
//   `call`.
#include "pri-peer.h"

#include <libpri.h>
#include <stdio.h>
#include <string.h>

bool network;
enum law law = LAW_ALAW;
int base;
int data_position;
static bool running = true;

static void place(const struct command* command) {
  const char* id = command_text(command, "id", "");
  const int position = command_number(command, "channel", channel_pick());
  if (call_named(id) != NULL || position < 0) return emit_error("call %s: in use, or no channel free", id);
  call_place(&ends[command_number(command, "end", 0) % ENDS], command, id, position, false);
}

/** Advice of charge in units: during the call, or with end=1 what it came to. */
static void charge(const struct call* call, const struct command* command) {
  const struct pri_aoc_recorded_units units = {
      .num_items = 1, .item = {{.number = command_number(command, "units", 0), .type = -1}}};
  const struct pri_subcmd_aoc_d during = {.charge = PRI_AOC_DE_CHARGE_UNITS, .recorded.unit = units};
  const struct pri_subcmd_aoc_e end = {.charge = PRI_AOC_DE_CHARGE_UNITS, .recorded.unit = units};
  const int failed = command_number(command, "end", 0) ? pri_aoc_e_send(call->end->pri, call->q931, &end)
                                                       : pri_aoc_d_send(call->end->pri, call->q931, &during);
  if (failed) emit_error("charge: libpri does not send it");
}

static bool call_command(struct call* call, const struct command* command) {
  const char* verb = command->verb;
  struct pri* pri = call->end->pri;
  const int inband = command_number(command, "inband", 0);
  if (strcmp(verb, "hangup") == 0) {
    call_hangup(call, command_number(command, "cause", PRI_CAUSE_NORMAL_CLEARING));
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
  else if (strcmp(verb, "charge") == 0)
    charge(call, command);
  else if (strcmp(verb, "digits") == 0)
    for (const char* digit = command_text(command, "digits", ""); *digit != 0; digit++)
      pri_information(pri, call->q931, *digit);
  else
    return call->voice != NULL && voice_command(call->voice, command);
  return true;
}

static void count(void) {
  int open = 0;
  for (int i = 0; i < CALLS; i++) open += calls[i].q931 != NULL;
  emit(
      "\"event\":\"counters\",\"placed\":%d,\"offered\":%d,\"answered\":%d,\"released\":%d,\"restarts\":%d,"
      "\"glare\":%d,\"failed\":%d,\"open\":%d,\"libpri\":%d",
      counters.placed, counters.offered, counters.answered, counters.released, counters.restarts,
      counters.glare, counters.failed, open, link_open_calls());
}

static void run(const struct command* command) {
  const char* verb = command->verb;
  if (strcmp(verb, "quit") == 0)
    running = false;
  else if (strcmp(verb, "call") == 0)
    place(command);
  else if (strcmp(verb, "restart") == 0)
    pri_reset(ends[0].pri, command_number(command, "channel", 1));
  else if (strcmp(verb, "timer") == 0)
    for (int i = 0; i < end_count; i++)
      pri_set_timer(ends[i].pri, pri_timer2idx(command_text(command, "name", "")),
                    command_number(command, "value", 0));
  else if (strcmp(verb, "counters") == 0)
    count();
  else if (!link_command(command) && !bulk_command(command)) {
    struct call* call = call_named(command_text(command, "call", ""));
    if (call == NULL)
      emit_error("%s: no call %s", verb, command_text(command, "call", ""));
    else if (!call_command(call, command))
      emit_error("%s: not a command, or the call has no audio yet", verb);
  }
}

int main(int count, char** arguments) {
  struct command options;
  command_arguments(count, arguments, &options);
  network = strcmp(command_text(&options, "role", ""), "network") == 0;
  base = command_number(&options, "base", 0);
  data_position = command_number(&options, "dchan", 16);
  channels_are(command_number(&options, "channels", 31));
  law = law_named(command_text(&options, "law", "alaw"));
  if (base <= 0)
    fatal(
        "usage: pri-peer role=network|user type=pri|bri|bri-ptmp base=CHANNEL dchan=POSITION channels=COUNT");
  link_open(&options);
  voices_start(NULL);
  emit("\"event\":\"ready\"");
  while (running && link_serve(run, bulk_run())) continue;
  for (int i = 0; i < CALLS; i++)
    if (calls[i].q931 != NULL && calls[i].voice != NULL) voice_close(calls[i].voice);
  emit("\"event\":\"bye\"");
  return 0;
}
