// SPDX-License-Identifier: GPL-2.0-only
// The calls of pri-peer and the B-channels that they have.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pri-peer.h"

struct call calls[CALLS];
struct counters counters;
static int channel_count;

struct call* call_named(const char* id) {
  for (int i = 0; i < CALLS; i++)
    if (calls[i].q931 != NULL && strcmp(calls[i].id, id) == 0) return &calls[i];
  return NULL;
}

struct call* call_of(const q931_call* q931) {
  for (int i = 0; i < CALLS; i++)
    if (q931 != NULL && calls[i].q931 == q931) return &calls[i];
  return NULL;
}

struct call* call_new(const char* id, struct end* end, q931_call* q931, int channel, bool outgoing) {
  for (int i = 0; i < CALLS; i++) {
    if (calls[i].q931 != NULL) continue;
    calls[i] = (struct call){.q931 = q931, .end = end, .channel = channel, .outgoing = outgoing};
    snprintf(calls[i].id, sizeof calls[i].id, "%s", id);
    return &calls[i];
  }
  return NULL;
}

struct call* call_on(const struct end* end, int position) {
  for (int i = 0; i < CALLS; i++)
    if (calls[i].q931 != NULL && position > 0 && calls[i].channel == position &&
        (end == NULL || calls[i].end == end))
      return &calls[i];
  return NULL;
}

void channels_are(int count) { channel_count = count; }

int channel_pick(void) {
  // The two sides hunt from opposite ends, so that they seldom meet.
  for (int i = 1; i <= channel_count; i++) {
    const int position = network ? i : channel_count + 1 - i;
    if (position != data_position && call_on(NULL, position) == NULL) return position;
  }
  return -1;
}

void call_voice(struct call* call) {
  if (call->voice == NULL && call->channel > 0)
    call->voice = voice_open(base + call->channel - 1, law, call->id);
}

void call_drop(struct call* call, int cause, const char* by) {
  if (call->voice != NULL) voice_close(call->voice);
  counters.released++;
  if (cause <= 0) cause = call->cause;
  if (call->automatic)
    bulk_ended(call, cause);
  else
    emit("\"event\":\"released\",\"call\":\"%s\",\"channel\":%d,\"cause\":%d,\"by\":\"%s\"", call->id,
         call->channel, cause, by);
  *call = (struct call){0};
}

void call_hangup(struct call* call, int cause) {
  call->cause = cause;
  call->hangup_ms = 0;
  pri_hangup(call->end->pri, call->q931, cause);
  if (!call->outgoing && !call->responded) call_drop(call, cause, "local");
}

void call_channel(struct call* call, int encoded) {
  if (encoded > 0 && (encoded & 0xff) != 0) call->channel = encoded & 0xff;
}

struct call* call_place(struct end* end, const struct command* command, const char* id, int position,
                        bool overlap) {
  q931_call* q931 = pri_new_call(end->pri);
  struct pri_sr* request = pri_sr_new();
  if (q931 == NULL || request == NULL) fatal("libpri has no call");
  struct call* call = call_new(id, end, q931, position, true);
  if (call == NULL) fatal("more than %d calls", CALLS);
  const char* called = command_text(command, "called", "");
  snprintf(call->number, sizeof call->number, "%.*s", overlap ? 1 : 63, called);
  snprintf(call->rest, sizeof call->rest, "%s", overlap ? called + 1 : "");
  call->placed_ms = now_ms();
  pri_sr_set_channel(request, position, network ? 1 : command_number(command, "exclusive", 0), 0);
  pri_sr_set_bearer(request, command_number(command, "bearer", PRI_TRANS_CAP_3_1K_AUDIO),
                    law == LAW_ALAW ? PRI_LAYER_1_ALAW : PRI_LAYER_1_ULAW);
  pri_sr_set_called(request, call->number, command_number(command, "plan", PRI_UNKNOWN),
                    !overlap && !command_number(command, "incomplete", 0));
  const char* calling = command_text(command, "calling", NULL);
  if (calling != NULL)
    pri_sr_set_caller(request, (char*)calling, (char*)command_text(command, "name", NULL), PRI_NATIONAL_ISDN,
                      command_number(command, "presentation", PRES_ALLOWED_NETWORK_NUMBER));
  const char* diverted = command_text(command, "diverted", NULL);
  if (diverted != NULL)
    pri_sr_set_redirecting(request, (char*)diverted, PRI_NATIONAL_ISDN, PRES_ALLOWED_NETWORK_NUMBER,
                           PRI_REDIR_FORWARD_ON_BUSY);
  const char* subaddress = command_text(command, "subaddress", NULL);
  // An NSAP of IA5 characters begins with 0x50 (ITU-T X.213).
  struct pri_party_subaddress from = {.valid = 1, .type = 0, .data = {0x50}};
  snprintf((char*)from.data + 1, sizeof from.data - 1, "%s", subaddress == NULL ? "" : subaddress);
  from.length = (int)strlen((char*)from.data);
  if (subaddress != NULL) pri_sr_set_caller_subaddress(request, &from);
  counters.placed++;
  if (pri_setup(end->pri, q931, request) != 0) emit_error("call %s: set-up failed", id);
  pri_sr_free(request);
  return call;
}
