// SPDX-License-Identifier: GPL-2.0-only
// What the parts of pri-peer share: its terminals on one D-channel, its calls, and what it counts.
#ifndef LAB_PRI_PEER_H
#define LAB_PRI_PEER_H

#include <libpri.h>

#include "kit.h"

enum { CALLS = 64, ENDS = 2 };

// One libpri: the exchange, or one terminal of the bus. Terminals share the D-channel's descriptor.
struct end {
  struct pri* pri;
  int index;
  // First digits of the called numbers that a terminal takes; empty: all.
  const char* msn;
};

struct call {
  char id[32];
  q931_call* q931;
  struct end* end;
  // The B-channel's position; 0 while an outgoing call waits for the one that its first answer names.
  int channel;
  bool outgoing;
  // We have sent something: until then a hang-up is a RELEASE COMPLETE, after which libpri tells nothing
  // more.
  bool responded;
  bool answered;
  // Why it ends, as far as was said: libpri does not repeat it at the end.
  int cause;
  struct voice* voice;
  // Made or answered by the automaton: it tells nothing as long as all goes well.
  bool automatic;
  // The called number; of an overlap call so far.
  char number[64];
  // Digits that are sent when they are asked for.
  char rest[64];
  int64_t placed_ms;
  // When the automaton hangs up; 0 for not.
  int64_t hangup_ms;
};

struct counters {
  int placed, offered, answered, released, restarts;
  // Calls that met one of ours on their channel.
  int glare;
  // Ended otherwise than they were to.
  int failed;
};

extern struct counters counters;
extern struct end ends[ENDS];
extern int end_count;
extern struct call calls[CALLS];
extern bool network;
extern enum law law;
extern int base;
extern int data_position;

// ---- calls (pri-calls.c) -------------------------------------------------------------------------------

struct call* call_named(const char* id);
struct call* call_of(const q931_call* q931);
// NULL when there are too many.
struct call* call_new(const char* id, struct end* end, q931_call* q931, int channel, bool outgoing);
// Opens the B-channel's audio, once.
void call_voice(struct call* call);
void call_drop(struct call* call, int cause, const char* by);
void call_hangup(struct call* call, int cause);
// What the far side said about the B-channel (the low octet of libpri's encoded channel).
void call_channel(struct call* call, int encoded);
// `end`: of that terminal alone, or of any (NULL).
struct call* call_on(const struct end* end, int position);
// A channel that no call has; -1 when there is none.
int channel_pick(void);
void channels_are(int count);
// Sends a SETUP. `overlap`: the first digit alone goes with it, the others when they are asked for.
struct call* call_place(struct end* end, const struct command* command, const char* id, int position,
                        bool overlap);

// ---- what libpri tells (pri-events.c) ------------------------------------------------------------------

void on_event(struct end* end, const pri_event* event);

// ---- calls by themselves (pri-bulk.c) ------------------------------------------------------------------

// auto on=1 [hold=MS]; bulk calls=N most=N [overlap=1] [audio=N] [hold=MS] [gap=MS]. False: no such command.
bool bulk_command(const struct command* command);
// True when incoming calls are answered by the automaton.
bool bulk_answers(void);
// An automatic call, whose number is `call->number` so far.
void bulk_offered(struct call* call, bool complete);
void bulk_answered(struct call* call);
// The first answer to our SETUP.
void bulk_responded(struct call* call);
void bulk_ended(const struct call* call, int cause);
// Does what is due; milliseconds until something is again.
int bulk_run(void);

// ---- the D-channel (pri-link.c) ------------------------------------------------------------------------

// Opens the D-channel and starts libpri on it, once or for each terminal.
void link_open(const struct command* options);
// cut on=1|0; flood ms=N. False: not such a command.
bool link_command(const struct command* command);
// Waits for the D-channel, for stdin and for timers, and serves them; false when stdin has ended.
bool link_serve(void (*run)(const struct command* command), int wait_ms);
// What libpri itself has open.
int link_open_calls(void);

#endif
