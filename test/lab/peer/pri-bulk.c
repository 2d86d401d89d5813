// SPDX-License-Identifier: GPL-2.0-only
// Calls by themselves, many at once. The called number says what becomes of a call, on whichever side:
//   x7yA       answered; A: 0 the caller hangs up, 1 the called party
//   x79A       the same, and the called party sends DTMF `1596`
//   x8CC       refused with cause CC
//   6...       of all terminals of a bus: who is not selected hears cause 26
// What goes well is only counted; what does not is told (`failed`).
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pri-peer.h"

enum { NUMBER = 4, TIMES = 2048 };

static struct {
  bool on;
  int hold_ms;
} answering;

static struct {
  int left, most, made, over, hold_ms, gap_ms, audio;
  bool running, overlap;
  int64_t next_ms;
  // From each SETUP to its first answer.
  int times[TIMES];
  int time_count;
} bulk;

bool bulk_answers(void) { return answering.on; }

static int by_size(const void* a, const void* b) { return *(const int*)a - *(const int*)b; }

static void bulk_finish(void) {
  bulk.running = false;
  qsort(bulk.times, (size_t)bulk.time_count, sizeof *bulk.times, by_size);
  const int count = bulk.time_count;
  emit("\"event\":\"bulk-end\",\"calls\":%d,\"p50\":%d,\"p99\":%d,\"max\":%d", bulk.made,
       count > 0 ? bulk.times[count / 2] : -1, count > 0 ? bulk.times[count * 99 / 100] : -1,
       count > 0 ? bulk.times[count - 1] : -1);
}

static int in_flight(void) { return bulk.made - bulk.over; }

static void place_next(void) {
  const int position = channel_pick();
  if (position < 0) return;
  char id[32];
  char called[32];
  snprintf(id, sizeof id, "bulk%d", ++bulk.made);
  // Of each way of dialling half are ended by either side.
  snprintf(called, sizeof called, "47%c%d", bulk.audio > 0 && bulk.made % bulk.audio == 0 ? '9' : '0',
           bulk.made / 2 % 2);
  const struct command command = {
      .count = 2, .keys = {"called", "calling"}, .values = {called, "13800138000"}};
  struct end* end = &ends[bulk.made / 4 % end_count];
  struct call* call = call_place(end, &command, id, position, bulk.overlap && bulk.made % 2 == 0);
  call->automatic = true;
  bulk.left--;
  bulk.next_ms = now_ms() + bulk.gap_ms;
}

bool bulk_command(const struct command* command) {
  if (strcmp(command->verb, "auto") == 0) {
    answering.on = command_number(command, "on", 1) != 0;
    answering.hold_ms = command_number(command, "hold", 200);
    emit("\"event\":\"auto\",\"on\":%s", answering.on ? "true" : "false");
    return true;
  }
  if (strcmp(command->verb, "bulk") != 0) return false;
  if (bulk.running) return emit_error("bulk: the last one still runs"), true;
  memset(&bulk, 0, sizeof bulk);
  bulk.left = command_number(command, "calls", 1);
  bulk.most = command_number(command, "most", 1);
  bulk.overlap = command_number(command, "overlap", 0) != 0;
  bulk.hold_ms = command_number(command, "hold", 200);
  bulk.audio = command_number(command, "audio", 0);
  bulk.gap_ms = command_number(command, "gap", 0);
  bulk.running = true;
  return true;
}

static bool refused_at_once(int cause) {
  return cause == PRI_CAUSE_UNALLOCATED || cause == PRI_CAUSE_NORMAL_CIRCUIT_CONGESTION;
}

static void speak(struct call* call) {
  const struct command words = {.verb = "play", .count = 1, .keys = {"dtmf"}, .values = {"1596"}};
  call_voice(call);
  if (call->voice != NULL) voice_command(call->voice, &words);
}

void bulk_offered(struct call* call, bool complete) {
  struct pri* pri = call->end->pri;
  if (strlen(call->number) < NUMBER && !complete) {
    if (!call->responded) pri_need_more_info(pri, call->q931, call->channel, 0);
    call->responded = true;
    return;
  }
  if (call->answered) return;
  if (call->number[1] == '8') {
    const int cause = atoi(call->number + 2);
    // In Call Present libpri can say RELEASE COMPLETE alone; its DISCONNECT would never be sent.
    if (!refused_at_once(cause)) {
      call->responded = true;
      pri_proceeding(pri, call->q931, call->channel, 0);
    }
    return call_hangup(call, cause);
  }
  call->responded = true;
  pri_proceeding(pri, call->q931, call->channel, 0);
  pri_acknowledge(pri, call->q931, call->channel, 0);
  call->answered = true;
  counters.answered++;
  pri_answer(pri, call->q931, call->channel, 0);
  if (call->number[2] == '9') speak(call);
  if (call->number[3] == '1') call->hangup_ms = now_ms() + answering.hold_ms;
}

void bulk_responded(struct call* call) {
  if (call->automatic && bulk.time_count < TIMES)
    bulk.times[bulk.time_count++] = (int)(now_ms() - call->placed_ms);
}

void bulk_answered(struct call* call) {
  if (call->number[2] == '9') call_voice(call);
  if (call->number[3] == '0') call->hangup_ms = now_ms() + bulk.hold_ms;
}

void bulk_ended(const struct call* call, int cause) {
  const bool refused = call->number[1] == '8';
  const bool unselected =
      call->number[0] == '6' && !call->outgoing && cause == PRI_CAUSE_NONSELECTED_USER_CLEARING;
  const bool well = refused ? cause == atoi(call->number + 2)
                            : unselected || (call->answered && cause == PRI_CAUSE_NORMAL_CLEARING);
  if (!well) {
    counters.failed++;
    emit("\"event\":\"failed\",\"call\":\"%s\",\"called\":\"%s\",\"cause\":%d,\"answered\":%s", call->id,
         quoted(call->number), cause, call->answered ? "true" : "false");
  }
  // A SETUP that is broadcast would overtake the RELEASE COMPLETE that waits for layer 2's window.
  bulk.next_ms = now_ms() + bulk.gap_ms;
  if (!call->outgoing) return;
  bulk.over++;
  if (bulk.running && bulk.left == 0 && in_flight() == 0) bulk_finish();
}

int bulk_run(void) {
  const int64_t now = now_ms();
  int wait = 1000;
  for (int i = 0; i < CALLS; i++) {
    struct call* call = &calls[i];
    if (call->q931 == NULL || call->hangup_ms == 0) continue;
    if (call->hangup_ms <= now)
      call_hangup(call, PRI_CAUSE_NORMAL_CLEARING);
    else if (call->hangup_ms - now < wait)
      wait = (int)(call->hangup_ms - now);
  }
  if (!bulk.running || bulk.left == 0 || in_flight() >= bulk.most) return wait;
  if (bulk.next_ms <= now) {
    place_next();
    return 0;
  }
  return bulk.next_ms - now < wait ? (int)(bulk.next_ms - now) : wait;
}
