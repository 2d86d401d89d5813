// SPDX-License-Identifier: GPL-2.0-only
// What libpri tells pri-peer: calls offered, their way, their end; RESTART; the data link.
#include <stdio.h>
#include <string.h>

#include "pri-peer.h"

// The channel that an offered call gets; 0 to refuse it with cause 44, -1 for none free. Two SETUPs that meet
// on one channel: the network's has it (Q.931 §5.7), ours waits for the channel that its answer names.
static int channel_for(const struct end* end, const pri_event_ring* ring) {
  const int position = ring->channel & 0xff;
  if (ring->channel <= 0 || position == 0 || position == 0xff) return channel_pick();
  struct call* other = call_on(end, position);
  if (other == NULL) return position;
  const bool met = other->outgoing && !other->responded;
  if (met) counters.glare++;
  if (met && !network) {
    other->channel = 0;
    return position;
  }
  return ring->flexible ? channel_pick() : 0;
}

static void on_ring(struct end* end, const pri_event_ring* ring) {
  static int offers;
  if (end->msn[0] != 0 && (ring->callednum[0] == 0 || strchr(end->msn, ring->callednum[0]) == NULL)) {
    // A number of another terminal of the bus.
    pri_destroycall(end->pri, ring->call);
    return;
  }
  char id[32];
  snprintf(id, sizeof id, "in%d", ++offers);
  const int position = channel_for(end, ring);
  if (position <= 0) {
    pri_hangup(end->pri, ring->call,
               position == 0 ? PRI_CAUSE_REQUESTED_CHAN_UNAVAIL : PRI_CAUSE_NORMAL_CIRCUIT_CONGESTION);
    return emit("\"event\":\"refused\",\"channel\":%d", ring->channel & 0xff);
  }
  struct call* call = call_new(id, end, ring->call, position, false);
  if (call == NULL) {
    pri_hangup(end->pri, ring->call, PRI_CAUSE_SWITCH_CONGESTION);
    return emit_error("more than %d calls", CALLS);
  }
  counters.offered++;
  snprintf(call->number, sizeof call->number, "%.63s", ring->callednum);
  call->automatic = bulk_answers();
  if (call->automatic) return bulk_offered(call, ring->complete);
  emit(
      "\"event\":\"ring\",\"call\":\"%s\",\"end\":%d,\"channel\":%d,\"called\":\"%s\",\"calling\":\"%s\","
      "\"name\":\"%s\",\"presentation\":%d,\"plan\":%d,\"complete\":%s,\"bearer\":%d,\"layer1\":%d",
      id, end->index, position, quoted(ring->callednum), quoted(ring->callingnum), quoted(ring->callingname),
      ring->callingpres, ring->calledplan, ring->complete ? "true" : "false", ring->ctype, ring->layer1);
}

static void on_hangup(struct end* end, const pri_event* event) {
  struct call* call = call_of(event->hangup.call);
  const int cause = event->hangup.cause;
  if (event->e == PRI_EVENT_HANGUP_REQ) {
    if (call != NULL) {
      call->cause = cause;
      if (!call->automatic) emit("\"event\":\"disconnect\",\"call\":\"%s\",\"cause\":%d", call->id, cause);
    }
    pri_hangup(end->pri, event->hangup.call, cause);
    return;
  }
  if (event->e == PRI_EVENT_HANGUP) pri_hangup(end->pri, event->hangup.call, cause);
  if (call != NULL) call_drop(call, cause, event->e == PRI_EVENT_HANGUP ? "remote" : "local");
}

static void on_restart(int channel) {
  counters.restarts++;
  emit("\"event\":\"restart\",\"channel\":%d", channel > 0 ? channel & 0xff : -1);
  for (int i = 0; i < CALLS; i++) {
    if (calls[i].q931 == NULL || (channel > 0 && calls[i].channel != (channel & 0xff))) continue;
    pri_destroycall(calls[i].end->pri, calls[i].q931);
    call_drop(&calls[i], 0, "restart");
  }
}

static void on_progress(const char* name, q931_call* q931, int channel, int mask) {
  struct call* call = call_of(q931);
  if (call == NULL) return;
  call_channel(call, channel);
  if (call->outgoing && !call->responded) bulk_responded(call);
  if (call->outgoing) call->responded = true;
  if (call->automatic) return;
  emit("\"event\":\"%s\",\"call\":\"%s\",\"channel\":%d,\"inband\":%s", name, call->id, call->channel,
       (mask & PRI_PROG_INBAND_AVAILABLE) != 0 ? "true" : "false");
}

static void on_setup_ack(struct end* end, const pri_event_setup_ack* event) {
  struct call* call = call_of(event->call);
  on_progress("setup-ack", event->call, event->channel, 0);
  if (call == NULL) return;
  for (const char* digit = call->rest; *digit != 0; digit++) pri_information(end->pri, call->q931, *digit);
  const size_t length = strlen(call->number);
  snprintf(call->number + length, sizeof call->number - length, "%s", call->rest);
  call->rest[0] = 0;
}

static void on_answer(const pri_event_answer* event) {
  struct call* call = call_of(event->call);
  if (call == NULL) return;
  call_channel(call, event->channel);
  call->answered = true;
  counters.answered++;
  if (!call->automatic) call_voice(call);
  on_progress("answered", event->call, event->channel, 0);
  if (call->automatic) bulk_answered(call);
}

static void on_digits(const pri_event* event) {
  const bool more = event->e == PRI_EVENT_INFO_RECEIVED;
  struct call* call = call_of(more ? event->ring.call : event->digit.call);
  const char* digits = more ? event->ring.callednum : event->digit.digits;
  const bool complete = more && event->ring.complete;
  if (call != NULL && more) {
    const size_t length = strlen(call->number);
    snprintf(call->number + length, sizeof call->number - length, "%s", digits);
  }
  if (call != NULL && call->automatic) return more ? bulk_offered(call, complete) : (void)0;
  emit("\"event\":\"digits\",\"call\":\"%s\",\"digits\":\"%s\",\"complete\":%s", call ? call->id : "",
       quoted(digits), complete ? "true" : "false");
}

void on_event(struct end* end, const pri_event* event) {
  switch (event->e) {
    case PRI_EVENT_DCHAN_UP:
      return emit("\"event\":\"up\",\"end\":%d", end->index);
    case PRI_EVENT_DCHAN_DOWN:
      return emit("\"event\":\"down\",\"end\":%d", end->index);
    case PRI_EVENT_RING:
      return on_ring(end, &event->ring);
    case PRI_EVENT_HANGUP:
    case PRI_EVENT_HANGUP_REQ:
    case PRI_EVENT_HANGUP_ACK:
      return on_hangup(end, event);
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
      return on_setup_ack(end, &event->setup_ack);
    case PRI_EVENT_RINGING:
      return on_progress("alerting", event->ringing.call, event->ringing.channel,
                         event->ringing.progressmask);
    case PRI_EVENT_ANSWER:
      return on_answer(&event->answer);
    case PRI_EVENT_CONNECT_ACK:
      return on_progress("connect-ack", event->connect_ack.call, event->connect_ack.channel, 0);
    case PRI_EVENT_INFO_RECEIVED:
    case PRI_EVENT_KEYPAD_DIGIT:
      return on_digits(event);
    case PRI_EVENT_NOTIFY:
      return emit("\"event\":\"notify\",\"info\":%d", event->notify.info);
    default:
      return emit("\"event\":\"other\",\"what\":\"%s\"", quoted(pri_event2str(event->e)));
  }
}
